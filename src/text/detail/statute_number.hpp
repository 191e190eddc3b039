#pragma once

#include <algorithm>
#include <string_view>

#include "core/ascii.hpp"

namespace kansli::text::detail {

// "2010:900": a year and a number in the Swedish Code of Statutes.
[[nodiscard]] inline bool is_statute_number(std::string_view text) {
    constexpr std::size_t colon = 4;
    if (text.size() <= colon + 1 || text[colon] != ':') return false;
    const auto digits = [](std::string_view part) { return std::ranges::all_of(part, is_ascii_digit); };
    return digits(text.substr(0, colon)) && digits(text.substr(colon + 1));
}

}  // namespace kansli::text::detail
