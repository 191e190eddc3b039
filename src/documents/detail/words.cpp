#include "documents/detail/words.hpp"

#include <algorithm>
#include <chrono>

#include "documents/attributes.hpp"

namespace kansli::documents::detail {

namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Equal without regard to case for ASCII and for the letters U+00C0 … U+00DE, whose lower case is 0x20 further on.
bool same_letter(char a, char b, bool second_byte) {
    const auto lower = [second_byte](char c) {
        const auto value = static_cast<unsigned char>(c);
        if (value >= 'A' && value <= 'Z') return static_cast<unsigned char>(value + 0x20);
        if (second_byte && value >= 0x80 && value <= 0x9E) return static_cast<unsigned char>(value + 0x20);
        return value;
    };
    return lower(a) == lower(b);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string_view after(std::string_view text, std::string_view phrase) {
    if (phrase.size() > text.size()) return {};
    for (std::size_t at = 0; at + phrase.size() <= text.size(); ++at) {
        bool same = true;
        for (std::size_t i = 0; same && i < phrase.size(); ++i) {
            const bool second_byte = i > 0 && phrase[i - 1] == '\xC3';
            same = same_letter(text[at + i], phrase[i], second_byte);
        }
        if (same) return text.substr(at + phrase.size());
    }
    return {};
}

bool one_slip_apart(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty() && a.front() == b.front()) {
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
        a.remove_suffix(1);
        b.remove_suffix(1);
    }
    if (a.size() + b.size() == 1 || (a.size() == 1 && b.size() == 1)) return true;
    return a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
}

std::optional<Date> date_in(std::string_view text, std::string_view phrase) {
    return read_date(after(text, phrase).substr(0, 40));
}

Date day_before(Date day) {
    return std::chrono::sys_days(day) - std::chrono::days(1);
}
Date day_after(Date day) {
    return std::chrono::sys_days(day) + std::chrono::days(1);
}

}  // namespace kansli::documents::detail
