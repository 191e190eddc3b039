#include "extract/detail/unicode.hpp"

#include <algorithm>

namespace kansli::extract::detail {

namespace {

constexpr char32_t replacement = 0xFFFD;

unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

bool is_continuation(std::string_view text, std::size_t at) {
    return at < text.size() && (byte_at(text, at) & 0xC0U) == 0x80U;
}

std::size_t sequence_length(unsigned lead) {
    if (lead < 0x80U) return 1;
    if (lead >= 0xC2U && lead < 0xE0U) return 2;
    if (lead >= 0xE0U && lead < 0xF0U) return 3;
    if (lead >= 0xF0U && lead < 0xF5U) return 4;
    return 0;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const unsigned lead = byte_at(text, at);
    const std::size_t length = sequence_length(lead);
    if (length == 1) {
        ++at;
        return lead;
    }
    char32_t code_point = length == 2 ? lead & 0x1FU : length == 3 ? lead & 0x0FU : lead & 0x07U;
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(text, at + i)) {
            ++at;
            return replacement;
        }
        code_point = (code_point << 6U) | (byte_at(text, at + i) & 0x3FU);
    }
    at += length == 0 ? 1 : length;
    return length == 0 ? replacement : code_point;
}

char32_t last_code_point(std::string_view text) {
    if (text.empty()) return 0;
    std::size_t at = text.size() - 1;
    for (int i = 0; i < 3 && at > 0 && (byte_at(text, at) & 0xC0U) == 0x80U; ++i)
        --at;
    return next_code_point(text, at);
}

char32_t first_code_point(std::string_view text) {
    std::size_t at = 0;
    return text.empty() ? 0 : next_code_point(text, at);
}

void append_code_point(std::string& text, char32_t code_point) {
    const auto add = [&](char32_t value) {
        text.push_back(static_cast<char>(static_cast<unsigned char>(value)));
    };
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = replacement;
    if (code_point < 0x80) {
        add(code_point);
    } else if (code_point < 0x800) {
        add(0xC0U | (code_point >> 6U));
        add(0x80U | (code_point & 0x3FU));
    } else if (code_point < 0x10000) {
        add(0xE0U | (code_point >> 12U));
        add(0x80U | ((code_point >> 6U) & 0x3FU));
        add(0x80U | (code_point & 0x3FU));
    } else {
        add(0xF0U | (code_point >> 18U));
        add(0x80U | ((code_point >> 12U) & 0x3FU));
        add(0x80U | ((code_point >> 6U) & 0x3FU));
        add(0x80U | (code_point & 0x3FU));
    }
}

bool is_upper(char32_t c) {
    if (c < 0x80) return c >= U'A' && c <= U'Z';
    if (c < 0x100) return c >= 0xC0 && c <= 0xDE && c != 0xD7;
    if (c < 0x180) return (c <= 0x137 || c >= 0x14A) ? c % 2 == 0 : c % 2 == 1;
    return (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F);
}

bool is_lower(char32_t c) {
    if (c < 0x80) return c >= U'a' && c <= U'z';
    if (c < 0x100) return c >= 0xDF && c != 0xF7;
    if (c < 0x180) return !is_upper(c);
    return (c >= 0x3AC && c <= 0x3CE) || (c >= 0x430 && c <= 0x44F);
}

bool is_letter(char32_t c) {
    return is_upper(c) || is_lower(c) || (c >= 0x180 && c < 0x250) || (c >= 0x370 && c < 0x530);
}

std::size_t count_code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string to_lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view cut(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && is_continuation(text, bytes))
        --bytes;
    return text.substr(0, bytes);
}

}  // namespace kansli::extract::detail
