#include "grounding/clean_output.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/ascii.hpp"
#include "text/language.hpp"

namespace kansli::grounding {

namespace {

struct Range {
    char32_t first = 0;
    char32_t last = 0;
};

// Characters that nobody sees, or that change how others are read.
constexpr auto unseen = std::to_array<Range>({
    {0x7F, 0x9F},         // DEL and the second set of controls
    {0xAD, 0xAD},         // soft hyphen
    {0x34F, 0x34F},       // grapheme joiner
    {0x61C, 0x61C},       // Arabic letter mark
    {0x115F, 0x1160},     // Hangul fillers
    {0x17B4, 0x17B5},     // Khmer inherent vowels
    {0x180B, 0x180F},     // Mongolian selectors
    {0x200B, 0x200F},     // of no width; left-to-right and right-to-left marks
    {0x202A, 0x202E},     // embeddings and overrides
    {0x2060, 0x206F},     // word joiner, isolates, deprecated formats
    {0x3164, 0x3164},     // Hangul filler
    {0xE000, 0xF8FF},     // private use
    {0xFE00, 0xFE0F},     // variation selectors
    {0xFEFF, 0xFEFF},     // byte order mark
    {0xFFA0, 0xFFA0},     // Hangul filler
    {0xFFF0, 0xFFFF},     // annotations, replacement character
    {0xE0000, 0x10FFFF},  // tags, selectors, private use
});

constexpr auto opening_brackets =
    std::to_array<char32_t>({0x2039, 0x2329, 0x27E8, 0x3008, 0xFE64, 0xFF1C, 0x276C, 0x276E, 0x02C2});
constexpr auto closing_brackets =
    std::to_array<char32_t>({0x203A, 0x232A, 0x27E9, 0x3009, 0xFE65, 0xFF1E, 0x276D, 0x276F, 0x02C3});

struct Character {
    char32_t code = 0;
    std::size_t length = 1;
};

// Of well-formed UTF-8.
Character character_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t place) {
        return at + place < text.size() ? static_cast<std::uint8_t>(text[at + place]) : std::uint8_t{0};
    };
    constexpr std::uint8_t six_bits = 0x3F;
    const auto first = byte(0);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length == 1) return {first, 1};
    char32_t code = first & (0xFFU >> (length + 1));
    for (std::size_t place = 1; place < length; ++place)
        code = code << 6U | (byte(place) & six_bits);
    return {code, length};
}

bool is_unseen(char32_t code) {
    return std::ranges::any_of(unseen,
                               [&](const Range& range) { return code >= range.first && code <= range.last; });
}

bool is_blank(char32_t code) {
    return code <= 0x20 || code == 0x85 || code == 0xA0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 || code == 0x202F ||
           code == 0x205F || code == 0x3000;
}

// Seen characters only, look-alike brackets as the real ones, blanks as one space.
std::string plain_characters(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto character = character_at(text, at);
        if (is_blank(character.code)) {
            if (!out.empty() && out.back() != ' ') out += ' ';
        } else if (std::ranges::find(opening_brackets, character.code) != opening_brackets.end()) {
            out += '<';
        } else if (std::ranges::find(closing_brackets, character.code) != closing_brackets.end()) {
            out += '>';
        } else if (!is_unseen(character.code)) {
            out.append(text.substr(at, character.length));
        }
        at += character.length;
    }
    while (out.ends_with(' '))
        out.pop_back();
    return out;
}

bool is_scheme_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_ascii_digit(c) || c == '+' || c == '-' ||
           c == '.';
}

bool begins_with(std::string_view text, std::string_view beginning) {
    return to_lower_ascii(text.substr(0, beginning.size())) == beginning;
}

// Whether an address of a link begins here: "https://", "www.", "mailto:", "javascript:".
bool begins_address(std::string_view text, std::size_t at) {
    if (at > 0 && is_scheme_letter(text[at - 1])) return false;
    const auto rest = text.substr(at);
    if (begins_with(rest, "www.")) return true;
    for (const std::string_view scheme : {"mailto:", "javascript:", "data:", "vbscript:", "file:", "tel:"})
        if (begins_with(rest, scheme) && rest.size() > scheme.size() && rest[scheme.size()] != ' ')
            return true;
    std::size_t end = 0;
    while (end < rest.size() && is_scheme_letter(rest[end]))
        ++end;
    return rest.substr(end).starts_with("://") ||
           (end == 0 && rest.starts_with("//") && rest.size() > 2 && rest[2] != ' ');
}

// Without addresses, up to the blank after them; a full stop at their end stays.
std::string without_addresses(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (!begins_address(text, at)) {
            out += text[at++];
            continue;
        }
        const auto end = std::min(text.find_first_of(" )]<>\"", at), text.size());
        if (text[end - 1] == '.') out += '.';
        at = end;
    }
    return out;
}

// "<b>" goes; a sign that is no tag goes too, since a page could be made to read it as one.
std::string without_tags(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const bool opens = text[at] == '<';
        const auto close = opens ? text.find('>', at) : std::string_view::npos;
        const bool named = opens && at + 1 < text.size() &&
                           (is_scheme_letter(text[at + 1]) || text[at + 1] == '/' || text[at + 1] == '!' ||
                            text[at + 1] == '?');
        if (named && close != std::string_view::npos)
            at = close + 1;
        else if (opens || text[at] == '>')
            ++at;
        else
            out += text[at++];
    }
    return out;
}

// "[text](address)" and "![text](address)" as "text"; marks of emphasis, code and headings go. "[2]" stays.
std::string without_markdown(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const bool doubled = at + 1 < text.size() && text[at + 1] == c;
        if (c == '`' || c == '*' || (c == '_' && doubled) || (c == '#' && (doubled || at == 0)) ||
            (c == '~' && doubled)) {
            ++at;
        } else if (c == '!' && text.substr(at + 1).starts_with('[')) {
            ++at;
        } else if (text.substr(at).starts_with("](")) {
            const auto start = out.rfind('[');
            if (start != std::string::npos) out.erase(start, 1);
            at = std::min(text.find(')', at), text.size() - 1) + 1;
        } else {
            out += c;
            ++at;
        }
    }
    return out;
}

}  // namespace

std::string clean_output(std::string_view generated) {
    auto text = text::normalise(generated.substr(0, longest_output));
    for (;;) {
        auto cleaned =
            plain_characters(without_addresses(without_markdown(without_tags(plain_characters(text)))));
        cleaned = text::normalise(cleaned);
        if (cleaned == text) return text;
        text = std::move(cleaned);
    }
}

}  // namespace kansli::grounding
