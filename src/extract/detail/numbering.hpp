#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kansli::extract::detail {

enum class NumberStyle {
    decimal,
    decimal_zero,
    lower_letter,
    upper_letter,
    lower_roman,
    upper_roman,
    bullet,
    none
};

// A number as lists show it: 3 as "3", "c", "iii".
[[nodiscard]] std::string in_style(long number, NumberStyle style);

// The mark that readers see for what a file calls its bullet: Word's "o" of the second level, symbols of symbol fonts.
[[nodiscard]] std::string shown_bullet(std::string_view text);

// One list of up to nine levels, as word processors number it: a level counts on until a level above it counts.
struct ListLevel {
    NumberStyle style = NumberStyle::decimal;
    long start = 1;
    std::string pattern = "%1.";  // "%1.%2" stands for the numbers of levels 1 and 2
    bool legal = false;           // all numbers as decimals
    std::string paragraph_style{};
};

class ListCounter {
  public:
    static constexpr std::size_t depth = 9;

    // The mark of the next item at `level` (from 0).
    [[nodiscard]] std::string next(const std::array<ListLevel, depth>& levels, std::size_t level);

    void restart(std::size_t level, long start);

  private:
    std::array<std::optional<long>, depth> numbers_{};
};

}  // namespace kansli::extract::detail
