#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "text/quantities.hpp"

// The words that units, multiples and months have in Swedish, folded.
namespace kansli::text::detail {

struct NamedUnit {
    std::string_view word{};
    Unit unit = Unit::none;
};

inline constexpr auto unit_words = std::to_array<NamedUnit>({
    {"millimeter", Unit::millimetre},
    {"centimeter", Unit::centimetre},
    {"meter", Unit::metre},
    {"meters", Unit::metre},
    {"kilometer", Unit::kilometre},
    {"kvadrat", Unit::square_metre},
    {"kvadratmeter", Unit::square_metre},
    {"kvadratmeters", Unit::square_metre},
    {"hektar", Unit::hectare},
    {"hektars", Unit::hectare},
    {"kubikmeter", Unit::cubic_metre},
    {"liter", Unit::litre},
    {"liters", Unit::litre},
    {"kilo", Unit::kilogram},
    {"kilogram", Unit::kilogram},
    {"minut", Unit::minute},
    {"minuter", Unit::minute},
    {"minuters", Unit::minute},
    {"timme", Unit::hour},
    {"timmar", Unit::hour},
    {"timmars", Unit::hour},
    {"dag", Unit::day},
    {"dagar", Unit::day},
    {"dagars", Unit::day},
    {"vecka", Unit::week},
    {"veckor", Unit::week},
    {"veckors", Unit::week},
    {"månad", Unit::month},
    {"månader", Unit::month},
    {"månaders", Unit::month},
    {"år", Unit::year},
    {"års", Unit::year},
    {"krona", Unit::krona},
    {"kronor", Unit::krona},
    {"kronors", Unit::krona},
    {"procent", Unit::percent},
    {"procents", Unit::percent},
});

// Not after an article: "en min" is not a minute.
inline constexpr auto short_units = std::to_array<NamedUnit>({
    {"mm", Unit::millimetre},
    {"cm", Unit::centimetre},
    {"m", Unit::metre},
    {"km", Unit::kilometre},
    {"kvm", Unit::square_metre},
    {"m2", Unit::square_metre},
    {"ha", Unit::hectare},
    {"kbm", Unit::cubic_metre},
    {"m3", Unit::cubic_metre},
    {"l", Unit::litre},
    {"kg", Unit::kilogram},
    {"min", Unit::minute},
    {"tim", Unit::hour},
    {"h", Unit::hour},
    {"mån", Unit::month},
    {"kr", Unit::krona},
});

struct Multiple {
    std::string_view word{};
    std::int64_t factor = 1;
    Unit unit = Unit::none;
};
inline constexpr auto multiples = std::to_array<Multiple>({
    {"tusen", 1'000, Unit::none},
    {"miljon", 1'000'000, Unit::none},
    {"miljoner", 1'000'000, Unit::none},
    {"miljard", 1'000'000'000, Unit::none},
    {"miljarder", 1'000'000'000, Unit::none},
    {"tkr", 1'000, Unit::krona},
    {"mkr", 1'000'000, Unit::krona},
    {"mnkr", 1'000'000, Unit::krona},
});

inline constexpr auto months = std::to_array<std::string_view>(
    {"jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"});
inline constexpr auto full_months =
    std::to_array<std::string_view>({"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
                                     "september", "oktober", "november", "december"});

inline Unit unit_among(std::span<const NamedUnit> units, std::string_view word) {
    const auto found = std::ranges::find(units, word, &NamedUnit::word);
    return found == units.end() ? Unit::none : found->unit;
}

// 1–12; 0 for what is no month.
inline unsigned month_named(std::string_view word) {
    for (std::size_t at = 0; at < months.size(); ++at) {
        if (word == months[at] || word == full_months[at] || (word == "sept" && months[at] == "sep"))
            return static_cast<unsigned>(at + 1);
    }
    return 0;
}

}  // namespace kansli::text::detail
