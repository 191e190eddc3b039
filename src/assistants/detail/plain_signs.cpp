#include "assistants/detail/plain_signs.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/ascii.hpp"

namespace kansli::assistants::detail {

namespace {

constexpr std::size_t longest_sentence = 700;

struct Sign {
    char32_t code = 0;
    std::size_t length = 1;
};

Sign sign_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t place) {
        return place < text.size() ? static_cast<unsigned char>(text[place]) : 0U;
    };
    const auto first = byte(at);
    if (first < 0x80U) return {first, 1};
    const std::size_t length = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
    char32_t code = first & (0xFFU >> (length + 1));
    for (std::size_t next = 1; next < length; ++next)
        code = code << 6U | (byte(at + next) & 0x3FU);
    return {code, length};
}

struct Range {
    char32_t first;
    char32_t last;
};

constexpr std::array<Range, 11> hidden{{{0xAD, 0xAD},
                                        {0x34F, 0x34F},
                                        {0x61C, 0x61C},
                                        {0x115F, 0x1160},
                                        {0x180B, 0x180F},
                                        {0x200B, 0x200F},
                                        {0x202A, 0x202E},
                                        {0x2060, 0x206F},
                                        {0xFE00, 0xFE0F},
                                        {0xFEFF, 0xFEFF},
                                        {0xE0000, 0xE0FFF}}};

// Letters and signs of Swedish and its neighbours, punctuation, fractions, the euro and the minus.
constexpr std::array<Range, 8> plain{{{0x20, 0x7E},
                                      {0xA0, 0x24F},
                                      {0x2010, 0x2027},
                                      {0x202F, 0x205E},
                                      {0x20AC, 0x20AC},
                                      {0x2150, 0x218F},
                                      {0x2212, 0x2212},
                                      {0x2260, 0x2265}}};

template <std::size_t count>
bool lies_in(const std::array<Range, count>& ranges, char32_t code) {
    return std::ranges::any_of(ranges,
                               [&](const Range& range) { return code >= range.first && code <= range.last; });
}

bool is_control(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x2028 || code == 0x2029;
}

bool is_name_sign(char c) {
    const char lower = to_lower_ascii(c);
    return is_ascii_digit(c) || (lower >= 'a' && lower <= 'z') || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool is_ascii_letter(char c) {
    const char lower = to_lower_ascii(c);
    return lower >= 'a' && lower <= 'z';
}

// "evil.example", which programs for mail make a link of; not "t.ex." or "12.30".
bool has_host_name(std::string_view text) {
    for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1)) {
        std::size_t begin = dot;
        while (begin > 0 && is_name_sign(text[begin - 1]))
            --begin;
        std::size_t end = dot + 1;
        while (end < text.size() && is_ascii_letter(text[end]))
            ++end;
        if (dot - begin >= 2 && end - dot > 2 && !is_ascii_digit(text[dot - 1])) return true;
    }
    return false;
}

bool contains_any(std::string_view text, const auto& parts) {
    return std::ranges::any_of(
        parts, [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

}  // namespace

std::string visible_line(std::string_view text) {
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        const auto sign = sign_at(text, at);
        if (is_control(sign.code)) {
            if (!line.ends_with(' ')) line += ' ';
        } else if (!lies_in(hidden, sign.code)) {
            line += text.substr(at, sign.length);
        }
        at += sign.length;
    }
    return line;
}

std::optional<std::string> fault_of(std::string_view sentence) {
    constexpr std::array<std::string_view, 5> links{"://", "www.", "mailto:", "javascript:", "@"};
    constexpr std::array<std::string_view, 10> markup{"<", ">", "](", "![", "[[", "`", "{", "}", "\\", "**"};
    if (sentence.find_first_not_of(' ') == std::string_view::npos) return "meningen är tom";
    if (sentence.size() > longest_sentence) return "meningen är för lång";
    for (std::size_t at = 0; at < sentence.size();) {
        const auto sign = sign_at(sentence, at);
        if (!lies_in(plain, sign.code) || lies_in(hidden, sign.code))
            return "meningen har dolda eller främmande tecken";
        at += sign.length;
    }
    const auto lower = to_lower_ascii(sentence);
    if (contains_any(lower, links) || has_host_name(lower)) return "meningen har en länk eller adress";
    if (contains_any(lower, markup)) return "meningen har kod eller formatering";
    return std::nullopt;
}

}  // namespace kansli::assistants::detail
