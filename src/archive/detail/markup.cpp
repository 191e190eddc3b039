#include "archive/detail/markup.hpp"

#include "core/check.hpp"

namespace kansli::archive::detail {

namespace {

constexpr std::string_view style =
    "body{font:1rem/1.5 serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
    "h1{font-size:1.5rem}h2{font-size:1.1rem}pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}"
    "table{border-collapse:collapse}td,th{padding:.25rem .75rem .25rem 0;text-align:left;vertical-align:top}";

}  // namespace

std::string escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '&') {
            result += "&amp;";
        } else if (c == '<') {
            result += "&lt;";
        } else if (c == '>') {
            result += "&gt;";
        } else if (c == '"') {
            result += "&quot;";
        } else if (code >= 0x20 || c == '\n' || c == '\t') {
            result += c;
        }
    }
    return result;
}

std::string page(std::string_view title, std::string_view body) {
    std::string html =
        "<!doctype html>\n<html lang=\"sv\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width\">\n<title>";
    html += escaped(title);
    html.append("</title>\n<style>").append(style).append("</style>\n</head>\n<body>\n<main>\n");
    html.append(body).append("</main>\n</body>\n</html>\n");
    return html;
}

XmlWriter::XmlWriter() : text_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {
}

void XmlWriter::begin(std::string_view name, const Attributes& attributes) {
    text_.append(2 * open_.size(), ' ').append("<").append(name);
    for (const auto& [attribute, value] : attributes)
        text_.append(" ").append(attribute).append("=\"").append(escaped(value)).append("\"");
}

void XmlWriter::open(std::string_view name, const Attributes& attributes) {
    begin(name, attributes);
    text_ += ">\n";
    open_.emplace_back(name);
}

void XmlWriter::close() {
    CHECK_INVARIANT(!open_.empty());
    const auto name = std::move(open_.back());
    open_.pop_back();
    text_.append(2 * open_.size(), ' ').append("</").append(name).append(">\n");
}

void XmlWriter::empty(std::string_view name, const Attributes& attributes) {
    begin(name, attributes);
    text_ += "/>\n";
}

void XmlWriter::text(std::string_view name, std::string_view text, const Attributes& attributes) {
    begin(name, attributes);
    text_.append(">").append(escaped(text)).append("</").append(name).append(">\n");
}

std::string XmlWriter::take() {
    CHECK_INVARIANT(open_.empty());
    return std::move(text_);
}

}  // namespace kansli::archive::detail
