#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <unicode/uchar.h>

// Code points out of bytes that may be anything. Swedish letters are decided without a library call.
namespace kansli::text::detail {

inline constexpr char32_t no_character = 0xFFFFFFFF;

// One code point and the bytes it takes. Bytes that are not UTF-8 give `no_character` of length 1.
struct Character {
    char32_t code = no_character;
    std::size_t length = 1;
};

inline std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<std::uint8_t>(text[at]) : std::uint8_t{0};
}

inline bool is_continuation(std::uint8_t byte) {
    return (byte & 0xC0U) == 0x80U;
}

// Requires: at < text.size(). Overlong forms, surrogates and values above U+10FFFF are refused (Unicode 15,
// table 3-7).
inline Character character_at(std::string_view text, std::size_t at) {
    const auto first = byte_at(text, at);
    if (first < 0x80U) return {first, 1};
    const auto second = byte_at(text, at + 1);
    if (first < 0xC2U || first > 0xF4U || !is_continuation(second)) return {};
    if (first < 0xE0U) return {static_cast<char32_t>((first & 0x1FU) << 6U | (second & 0x3FU)), 2};
    const auto third = byte_at(text, at + 2);
    if (!is_continuation(third)) return {};
    if (first < 0xF0U) {
        const auto code =
            static_cast<char32_t>((first & 0x0FU) << 12U | (second & 0x3FU) << 6U | (third & 0x3FU));
        if (code < 0x800U || (code >= 0xD800U && code <= 0xDFFFU)) return {};
        return {code, 3};
    }
    const auto fourth = byte_at(text, at + 3);
    if (!is_continuation(fourth)) return {};
    const auto code = static_cast<char32_t>((first & 0x07U) << 18U | (second & 0x3FU) << 12U |
                                            (third & 0x3FU) << 6U | (fourth & 0x3FU));
    if (code < 0x10000U || code > 0x10FFFFU) return {};
    return {code, 4};
}

// The code point that ends at byte `end`. Requires: end > 0.
inline Character character_before(std::string_view text, std::size_t end) {
    for (std::size_t length = 1; length <= 4 && length <= end; ++length) {
        if (is_continuation(byte_at(text, end - length))) continue;
        const auto character = character_at(text, end - length);
        if (character.length == length) return character;
        break;
    }
    return {};
}

inline bool is_digit(char32_t code) {
    return code >= U'0' && code <= U'9';
}

inline bool is_blank(char32_t code) {
    if (code <= 0x20U) return code == U' ' || (code >= 0x09U && code <= 0x0DU);
    if (code < 0x80U) return false;
    return code == 0x85U || code == 0xA0U || code == 0x1680U || (code >= 0x2000U && code <= 0x200AU) ||
           code == 0x2028U || code == 0x2029U || code == 0x202FU || code == 0x205FU || code == 0x3000U ||
           code == 0xFEFFU;
}

inline bool is_lower(char32_t code) {
    if (code < 0x80U) return code >= U'a' && code <= U'z';
    if (code < 0x100U) return code >= 0xDFU && code != 0xF7U;
    return code != no_character && u_islower(static_cast<UChar32>(code)) != 0;
}

inline bool is_upper(char32_t code) {
    if (code < 0x80U) return code >= U'A' && code <= U'Z';
    if (code < 0x100U) return code >= 0xC0U && code <= 0xDEU && code != 0xD7U;
    return code != no_character &&
           (u_isupper(static_cast<UChar32>(code)) != 0 || u_istitle(static_cast<UChar32>(code)) != 0);
}

inline bool is_letter(char32_t code) {
    if (code < 0x80U) return (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z');
    if (code < 0x100U)
        return (code >= 0xC0U && code != 0xD7U && code != 0xF7U) || code == 0xAAU || code == 0xB5U ||
               code == 0xBAU;
    return code != no_character && u_isalpha(static_cast<UChar32>(code)) != 0;
}

inline bool is_letter_or_digit(char32_t code) {
    if (code < 0x100U) return is_digit(code) || is_letter(code);
    return code != no_character && u_isalnum(static_cast<UChar32>(code)) != 0;
}

// Marks that combine with the letter before them.
inline bool is_combining(char32_t code) {
    if (code < 0x300U || code == no_character) return false;
    return (U_GET_GC_MASK(static_cast<UChar32>(code)) & U_GC_M_MASK) != 0;
}

}  // namespace kansli::text::detail
