#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The figures of a text with what they are a measure of and how they bound it: "högst 30 m²", "tidigast den 15 mars", "kl. 8". Built on
// text::quantities; here units of one kind are converted, and days without a year, months and weekdays count too.
namespace kansli::grounding::detail {

enum class Kind : std::uint8_t {
    number,    // counted, or without a unit
    length,    // millimetres
    area,      // square metres
    volume,    // litres
    weight,    // kilograms
    minutes,   // minutes and hours
    days,      // days and weeks
    months,    // months and years
    money,     // kronor
    share,     // percent
    date,      // year, month and day: 20260415; without the year 415
    month,     // 1–12
    weekday,   // 1–7
    ordinal,   // "tredje", "vartannat"
    fraction,  // "hälften" is 2, "en fjärdedel" 4
    other,     // a unit that only its name tells: dBA
};

enum class Bound : std::uint8_t { none, at_most, less, at_least, more };

struct Measure {
    std::size_t start = 0;  // bytes of the text
    std::size_t end = 0;
    Kind kind = Kind::number;
    std::int64_t value = 0;  // in thousandths of the kind's unit; a date, month or weekday as it is
    std::string unit{};      // of `other` and of what is counted: the stem of the word after the number
    std::string rate{};      // "per månad", "i veckan": the stem of the unit
    Bound bound = Bound::none;
};

[[nodiscard]] std::vector<Measure> measures(std::string_view text);

// A day, a month or a weekday.
[[nodiscard]] bool is_date(Kind kind);

// Whether both say the same value of the same kind of thing, whatever bounds it.
[[nodiscard]] bool same_value(const Measure& a, const Measure& b);

// Whether one bounds from above what the other bounds from below.
[[nodiscard]] bool opposite_bounds(Bound a, Bound b);

// Whether a figure of one kind can stand in the place of the other's: both are periods, or both sums.
[[nodiscard]] bool comparable(const Measure& a, const Measure& b);

}  // namespace kansli::grounding::detail
