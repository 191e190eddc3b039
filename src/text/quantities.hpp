#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Quantities in Swedish text, however they are written: "30 kvm", "trettio kvadrat" and "30 m²" are the same. Units are never
// converted, since two weeks are not always fourteen days in law. Pure; any bytes are accepted. Threads: any.
namespace kansli::text {

enum class Unit : std::uint8_t {
    none,  // a number alone, or of something that is counted
    millimetre,
    centimetre,
    metre,
    kilometre,
    square_metre,
    hectare,
    cubic_metre,
    litre,
    kilogram,
    minute,
    hour,
    day,
    week,
    month,
    year,
    krona,
    percent,
    date,
};

struct Quantity {
    std::size_t start = 0;  // bytes of the text
    std::size_t end = 0;
    std::int64_t value = 0;  // in thousandths; of a date 20251201
    Unit unit = Unit::none;

    // Whether both say the same, wherever they stand.
    [[nodiscard]] bool same_as(const Quantity& other) const {
        return value == other.value && unit == other.unit;
    }
    friend bool operator==(const Quantity&, const Quantity&) = default;
};

// The quantities of a text, in order, without overlap. "en" and "ett" are numbers only before a unit; numbers of paragraphs and chapters
// ("4 §", "9 kap."), days without a year and figures with more than three decimals are left out.
[[nodiscard]] std::vector<Quantity> quantities(std::string_view text);

// The normal form: "30 m²", "5000 kr", "1,8 m", "2025-12-01". quantities(print(q)) is one quantity that says the same. Requires: value >= 0.
[[nodiscard]] std::string print(const Quantity& quantity);

}  // namespace kansli::text
