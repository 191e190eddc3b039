#include "core/detail/log_line.hpp"

#include <array>
#include <cstddef>

#include <fmt/format.h>

namespace kansli::log::detail {

namespace {

std::string_view name_of(Level level) {
    constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
    return names.at(static_cast<std::size_t>(level));
}

// How many bytes of well-formed UTF-8 of more than one byte begin here; 0 when they are not.
std::size_t sequence_length(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    std::size_t length = 0;
    if (first >= 0xC2 && first <= 0xDF) length = 2;
    if (first >= 0xE0 && first <= 0xEF) length = 3;
    if (first >= 0xF0 && first <= 0xF4) length = 4;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) return 0;
    }
    const auto second = static_cast<unsigned char>(text[1]);
    const bool too_long = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool no_letter = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return too_long || no_letter ? 0 : length;
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const char letter = text.front();
        std::size_t used = 1;
        if (letter == '"' || letter == '\\') {
            out += '\\';
            out += letter;
        } else if (static_cast<unsigned char>(letter) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(letter));
        } else if (static_cast<unsigned char>(letter) < 0x80) {
            out += letter;
        } else if (const auto length = sequence_length(text); length > 0) {
            out += text.substr(0, length);
            used = length;
        } else {
            out += "\\ufffd";
        }
        text.remove_prefix(used);
    }
    out += '"';
}

void append_value(std::string& out, const Field& field, bool quoted) {
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
        if (quoted) {
            append_quoted(out, *text);
        } else {
            out += *text;
        }
    } else if (const auto* whole = std::get_if<std::int64_t>(&field.value)) {
        out += std::to_string(*whole);
    } else {
        out += fmt::format("{:.3f}", std::get<double>(field.value));
    }
}

std::string as_json(const Line& line) {
    std::string out = "{";
    const auto add = [&](const Field& field) {
        if (out.size() > 1) out += ',';
        append_quoted(out, field.name);
        out += ':';
        append_value(out, field, true);
    };
    add({"time", line.time});
    add({"level", name_of(line.level)});
    add({"message", line.message});
    if (!line.request.empty()) add({"request", line.request});
    for (const auto& field : line.fields)
        add(field);
    return out + "}";
}

std::string as_text(const Line& line) {
    auto out = fmt::format("{} {} {}", line.time, name_of(line.level), line.message);
    const auto add = [&](const Field& field) {
        out += fmt::format(" {}=", field.name);
        append_value(out, field, false);
    };
    for (const auto& field : line.fields)
        add(field);
    if (!line.request.empty()) add({"request", line.request});
    for (auto& letter : out) {
        if (static_cast<unsigned char>(letter) < 0x20) letter = ' ';
    }
    return out;
}

}  // namespace

std::string lay_out(const Line& line, Format format) {
    return format == Format::json ? as_json(line) : as_text(line);
}

}  // namespace kansli::log::detail
