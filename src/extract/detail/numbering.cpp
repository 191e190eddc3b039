#include "extract/detail/numbering.hpp"

#include <algorithm>
#include <utility>

#include "extract/detail/tidy.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::size_t longest_mark = 24;

std::string roman(long number) {
    constexpr std::array<std::pair<long, std::string_view>, 13> steps = {{{1000, "m"},
                                                                          {900, "cm"},
                                                                          {500, "d"},
                                                                          {400, "cd"},
                                                                          {100, "c"},
                                                                          {90, "xc"},
                                                                          {50, "l"},
                                                                          {40, "xl"},
                                                                          {10, "x"},
                                                                          {9, "ix"},
                                                                          {5, "v"},
                                                                          {4, "iv"},
                                                                          {1, "i"}}};
    std::string text;
    for (const auto& [value, letters] : steps) {
        for (; number >= value && text.size() < longest_mark; number -= value)
            text.append(letters);
    }
    return text;
}

std::string letters(long number) {
    std::string text;
    for (; number > 0; number = (number - 1) / 26)
        text.insert(text.begin(), static_cast<char>('a' + (number - 1) % 26));
    return text;
}

std::string in_capitals(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return text;
}

}  // namespace

std::string in_style(long number, NumberStyle style) {
    if (number > 0 && number < 100'000) {
        switch (style) {
            case NumberStyle::lower_letter:
                return letters(number);
            case NumberStyle::upper_letter:
                return in_capitals(letters(number));
            case NumberStyle::lower_roman:
                return roman(number);
            case NumberStyle::upper_roman:
                return in_capitals(roman(number));
            case NumberStyle::decimal_zero:
                return (number < 10 ? "0" : "") + std::to_string(number);
            default:
                break;
        }
    }
    return std::to_string(number);
}

std::string shown_bullet(std::string_view text) {
    auto mark = tidy(text);
    if (mark == "-") return "–";
    if (mark == "o") return "◦";
    return mark.empty() || mark.size() > 8 ? "•" : mark;
}

std::string ListCounter::next(const std::array<ListLevel, depth>& levels, std::size_t level) {
    level = std::min(level, depth - 1);
    const auto& own = levels.at(level);
    auto& number = numbers_.at(level);
    number = number ? *number + 1 : own.start;
    for (std::size_t below = level + 1; below < depth; ++below)
        numbers_.at(below).reset();
    if (own.style == NumberStyle::bullet) return shown_bullet(own.pattern);
    std::string mark;
    for (std::size_t i = 0; i < own.pattern.size() && mark.size() < longest_mark * 4; ++i) {
        const char digit = own.pattern[i] == '%' && i + 1 < own.pattern.size() ? own.pattern[i + 1] : '\0';
        if (digit < '1' || digit > '9') {
            mark.push_back(own.pattern[i]);
            continue;
        }
        ++i;
        const auto at = static_cast<std::size_t>(digit - '1');
        const auto& part = levels.at(at);
        if (!numbers_.at(at)) numbers_.at(at) = part.start;
        if (part.style != NumberStyle::none && part.style != NumberStyle::bullet) {
            mark.append(in_style(*numbers_.at(at), own.legal ? NumberStyle::decimal : part.style));
        }
    }
    return mark;
}

void ListCounter::restart(std::size_t level, long start) {
    if (level < depth) numbers_.at(level) = start - 1;
}

}  // namespace kansli::extract::detail
