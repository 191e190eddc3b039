#include "documents/detail/json_lines.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "documents/detail/words.hpp"
#include "documents/outline.hpp"
#include "json/value.hpp"
#include "text/language.hpp"

namespace kansli::documents::detail {

namespace {

std::string as_text(const json::Value& value) {
    if (const std::string* text = value.as_string()) return *text;
    if (const auto* list = value.as_array()) {
        std::string joined;
        for (const json::Value& item : *list) {
            if (const std::string* text = item.as_string()) joined += (joined.empty() ? "" : ", ") + *text;
        }
        return joined;
    }
    return value.is_null() || value.as_object() != nullptr ? std::string{} : json::write(value);
}

// Every line of the text is a paragraph.
std::vector<extract::Block> paragraphs(const std::string& text) {
    const std::string whole = text::normalise(text);
    std::vector<extract::Block> blocks;
    std::string_view rest = whole;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!line.empty())
            blocks.push_back({.kind = extract::BlockKind::paragraph, .text = std::string(line)});
    }
    return blocks;
}

}  // namespace

// As std::getline, but a file that is one endless line does not fill the memory.
bool LineFeed::read_line(std::string& line) {
    std::array<char, std::size_t{1} << 16U> piece{};
    for (bool begun = false;; begun = true) {
        stream_.getline(piece.data(), piece.size());
        const auto taken = static_cast<std::size_t>(stream_.gcount());
        if (taken == 0) return begun;
        const bool ended = !stream_.fail();
        const auto length = ended && !stream_.eof() ? taken - 1 : taken;  // without the line's end
        line.append(piece.data(), std::min(length, longest - line.size()));
        if (ended) return true;
        stream_.clear();
    }
}

std::optional<LineFeed::NumberedLine> LineFeed::next() {
    NumberedLine line;
    while (read_line(line.text)) {
        line.number = ++number_;
        if (!trimmed(line.text).empty()) return line;
        line.text.clear();
    }
    return std::nullopt;
}

Result<ReadDocument> read_json_line(std::string_view line, std::string_view where) {
    if (line.size() >= LineFeed::longest) {
        return fail(ErrorCode::too_large, "Raden är orimligt lång.", std::string(where),
                    "En rad får vara högst 16 MiB. Dela upp texten i flera rader.");
    }
    auto value = json::parse(trimmed(line));
    if (!value || value->as_object() == nullptr) {
        return fail(ErrorCode::invalid_input, "Raden är inget JSON-objekt.", std::string(where),
                    value ? std::string{} : value.error().message);
    }
    extract::Extract extract;
    extract.format = "jsonl";
    for (const auto& [key, member] : *value->as_object()) {
        if (key == "text") {
            extract.blocks = paragraphs(as_text(member));
        } else if (auto text = as_text(member); !text.empty()) {
            extract.metadata[text::fold(key)] = std::move(text);
        }
    }
    const auto id = extract.metadata.contains("id") ? extract.metadata["id"] : extract.metadata["pid"];
    if (id.empty())
        return fail(ErrorCode::invalid_input, "Raden saknar ”id” eller ”pid”.", std::string(where));
    if (extract.blocks.empty())
        return fail(ErrorCode::invalid_input, "Raden saknar ”text”.", std::string(where));
    extract.title = extract.metadata["title"];
    ReadDocument document = outline(std::move(extract), id);
    document.stated.id = id;
    return document;
}

}  // namespace kansli::documents::detail
