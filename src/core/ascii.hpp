#pragma once

#include <algorithm>
#include <string>
#include <string_view>

// Letters, digits and spaces of ASCII, whatever the locale says. Bytes of other characters in UTF-8 are none of them.
namespace kansli {

[[nodiscard]] constexpr bool is_ascii_digit(char c) {
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool is_ascii_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

[[nodiscard]] constexpr bool has_ascii_digit(std::string_view text) {
    return std::ranges::any_of(text, is_ascii_digit);
}

[[nodiscard]] constexpr char to_lower_ascii(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline std::string to_lower_ascii(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) { return to_lower_ascii(c); });
    return lower;
}

}  // namespace kansli
