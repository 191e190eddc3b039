#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Code points of UTF-8 that text::decode or text::normalise has already made well-formed; a stray byte reads
// as U+FFFD.
namespace kansli::extract::detail {

// The code point at `at`, which moves past it. Requires: at < text.size().
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& at);

// The last code point of a text, 0 when it is empty.
[[nodiscard]] char32_t last_code_point(std::string_view text);
[[nodiscard]] char32_t first_code_point(std::string_view text);

void append_code_point(std::string& text, char32_t code_point);

// Letters as Swedish and its neighbours write them: Latin, Greek and Cyrillic. Enough to judge layout by.
[[nodiscard]] bool is_letter(char32_t code_point);
[[nodiscard]] bool is_upper(char32_t code_point);
[[nodiscard]] bool is_lower(char32_t code_point);
[[nodiscard]] constexpr bool is_digit(char32_t code_point) {
    return code_point >= U'0' && code_point <= U'9';
}

[[nodiscard]] std::size_t count_code_points(std::string_view text);

// ASCII only: tag names, keys, file endings.
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] std::string_view trim(std::string_view text);

// At most `bytes` of a text, never half a character.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t bytes);

}  // namespace kansli::extract::detail
