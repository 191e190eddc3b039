#include "extract/detail/format.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"
#include "text/language.hpp"

namespace kansli::extract::detail {

namespace {

using namespace std::string_view_literals;

constexpr std::array<std::pair<std::string_view, Format>, 42> file_endings = {{
    {"pdf", Format::pdf},        {"docx", Format::docx},         {"docm", Format::docx},
    {"dotx", Format::docx},      {"xlsx", Format::xlsx},         {"xlsm", Format::xlsx},
    {"pptx", Format::pptx},      {"pptm", Format::pptx},         {"odt", Format::odt},
    {"ods", Format::ods},        {"odp", Format::odp},           {"zip", Format::zip},
    {"html", Format::html},      {"htm", Format::html},          {"xhtml", Format::html},
    {"md", Format::markdown},    {"markdown", Format::markdown}, {"csv", Format::csv},
    {"tsv", Format::csv},        {"txt", Format::text},          {"text", Format::text},
    {"eml", Format::email},      {"doc", Format::old_office},    {"xls", Format::old_office},
    {"ppt", Format::old_office}, {"dot", Format::old_office},    {"rtf", Format::rtf},
    {"png", Format::image},      {"jpg", Format::image},         {"jpeg", Format::image},
    {"gif", Format::image},      {"tif", Format::image},         {"tiff", Format::image},
    {"webp", Format::image},     {"heic", Format::image},        {"rar", Format::archive},
    {"7z", Format::archive},     {"gz", Format::archive},        {"tar", Format::archive},
    {"xz", Format::archive},     {"exe", Format::program},       {"msg", Format::old_office},
}};

constexpr std::array<std::pair<std::string_view, Format>, 20> magics = {{
    {"PK\x03\x04"sv, Format::zip},     {"PK\x05\x06"sv, Format::zip},
    {"PK\x07\x08"sv, Format::zip},     {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, Format::old_office},
    {"{\\rtf"sv, Format::rtf},         {"\x89PNG"sv, Format::image},
    {"\xFF\xD8\xFF"sv, Format::image}, {"GIF8"sv, Format::image},
    {"II*\0"sv, Format::image},        {"MM\0*"sv, Format::image},
    {"BM\x36"sv, Format::image},       {"RIFF"sv, Format::image},
    {"Rar!"sv, Format::archive},       {"7z\xBC\xAF\x27\x1C"sv, Format::archive},
    {"\x1F\x8B"sv, Format::archive},   {"\xFD\x37zXZ"sv, Format::archive},
    {"BZh"sv, Format::archive},        {"\x28\xB5\x2F\xFD"sv, Format::archive},
    {"MZ\x90"sv, Format::program},     {"\x7F\x45LF"sv, Format::program},
}};

bool looks_like_html(std::string_view head) {
    auto lower = to_lower_ascii(head.substr(0, 4096));
    std::string_view start = lower;
    if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
    start = trim(start);
    while (start.starts_with("<!--") || start.starts_with("<?xml")) {
        const auto end = start.find('>');
        if (end == std::string_view::npos) return false;
        start = trim(start.substr(end + 1));
    }
    return start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head") ||
           start.starts_with("<body");
}

bool is_header_name(std::string_view line) {
    constexpr std::array<std::string_view, 14> names = {"from:",           "to:",
                                                        "subject:",        "date:",
                                                        "received:",       "return-path:",
                                                        "message-id:",     "mime-version:",
                                                        "content-type:",   "delivered-to:",
                                                        "reply-to:",       "cc:",
                                                        "dkim-signature:", "x-"};
    const auto lower = to_lower_ascii(line.substr(0, 16));
    return std::ranges::any_of(names, [&](auto name) { return lower.starts_with(name); });
}

// E-mail: header lines from the very first one, at least three of the usual names.
bool looks_like_email(std::string_view head) {
    int known = 0;
    for (const auto line : split_lines(head.substr(0, 8192))) {
        if (line.empty()) break;
        if (line.front() == ' ' || line.front() == '\t') continue;
        const auto colon = line.find(':');
        if (colon == 0 || colon == std::string_view::npos ||
            line.substr(0, colon).find(' ') != std::string_view::npos) {
            return known > 0 && line.starts_with("From ");
        }
        known += is_header_name(line) ? 1 : 0;
    }
    return known >= 3;
}

bool is_binary(std::string_view head) {
    const bool wide = head.starts_with("\xFF\xFE"sv) || head.starts_with("\xFE\xFF"sv);
    if (wide) return false;
    const auto controls = std::ranges::count_if(head, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != 0x1B &&
               c != 0x1A;
    });
    return head.find('\0') != std::string_view::npos ||
           controls * 50 > static_cast<std::ptrdiff_t>(head.size());
}

Format text_format(std::string_view head, std::string_view name) {
    if (looks_like_html(head)) return Format::html;
    const Format promised = promised_by(name);
    if (promised == Format::markdown || promised == Format::csv || promised == Format::html) return promised;
    if (promised == Format::email || looks_like_email(head)) return Format::email;
    return Format::text;
}

}  // namespace

Format promised_by(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos) return Format::unknown;
    const auto ending = to_lower_ascii(name.substr(dot + 1));
    const auto found = std::ranges::find(file_endings, std::string_view(ending),
                                         [](const auto& entry) { return entry.first; });
    return found == file_endings.end() ? Format::unknown : found->second;
}

Format sniff(std::string_view head, std::string_view name) {
    for (const auto& [magic, format] : magics) {
        if (head.starts_with(magic)) return format;
    }
    const auto pdf = head.substr(0, 1024 + 5).find("%PDF-");
    if (pdf == 0 || (pdf != std::string_view::npos && promised_by(name) == Format::pdf)) return Format::pdf;
    return is_binary(head) ? Format::unknown : text_format(head, name);
}

Format format_named(std::string_view name) {
    if (name == "markdown") return Format::markdown;
    return name == "text" ? Format::text : promised_by("." + std::string(name));
}

std::string_view called(Format format) {
    switch (format) {
        case Format::pdf:
            return "PDF";
        case Format::zip:
            return "ZIP-arkiv";
        case Format::html:
            return "webbsida (HTML)";
        case Format::markdown:
            return "Markdown";
        case Format::csv:
            return "CSV";
        case Format::text:
            return "vanlig text";
        case Format::email:
            return "e-post (EML)";
        case Format::docx:
            return "Word-dokument (DOCX)";
        case Format::xlsx:
            return "Excel-kalkylblad (XLSX)";
        case Format::pptx:
            return "PowerPoint-presentation (PPTX)";
        case Format::odt:
            return "OpenDocument-text (ODT)";
        case Format::ods:
            return "OpenDocument-kalkylblad (ODS)";
        case Format::odp:
            return "OpenDocument-presentation (ODP)";
        case Format::old_office:
            return "äldre Office-format";
        case Format::rtf:
            return "RTF";
        case Format::image:
            return "bild";
        case Format::archive:
            return "packat arkiv";
        case Format::program:
            return "program";
        case Format::unknown:
            break;
    }
    return "okänt format";
}

}  // namespace kansli::extract::detail
