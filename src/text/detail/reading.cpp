#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/detail/personal_finders.hpp"
#include "text/detail/utf8.hpp"

namespace kansli::text::detail {

bool Reading::near_before(std::size_t at, std::uint32_t roles, std::size_t distance) const {
    for (std::size_t back = 1; back <= distance && back <= at; ++back) {
        if (before(at - back + 1).find('\n') != std::string_view::npos) return false;
        const auto start = word(at - back).start;
        if (start > 0 && text_[start - 1] == '[') return false;  // "[bankkonto]" says nothing of what follows
        if (word(at - back).is(roles)) return true;
    }
    return false;
}

bool Reading::cut_out_of_number(std::size_t start, std::size_t end) const {
    const auto joins = [](std::uint8_t mark) {
        return mark == '-' || mark == '/' || mark == '.' || mark == ':' || mark == '_';
    };
    if (start > 1 && joins(byte_at(text_, start - 1)) && is_digit(byte_at(text_, start - 2))) return true;
    return joins(byte_at(text_, end)) && is_digit(byte_at(text_, end + 1));
}

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (is_digit(static_cast<std::uint8_t>(c))) digits += c;
    }
    return digits;
}

bool has_luhn_digit(std::string_view digits) {
    int sum = 0;
    bool twice = false;
    for (auto at = digits.size(); at > 0; --at, twice = !twice) {
        const int digit = (digits[at - 1] - '0') * (twice ? 2 : 1);
        sum += digit / 10 + digit % 10;
    }
    return !digits.empty() && sum % 10 == 0;
}

int value_of(std::string_view digits) {
    int value = 0;
    for (const char c : digits.substr(0, 9))
        value = value * 10 + (c - '0');
    return value;
}

}  // namespace kansli::text::detail
