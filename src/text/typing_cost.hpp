#pragma once

#include <string_view>

// How likely a word is another one typed wrong, by how people type Swedish. Pure; threads: any.
namespace kansli::text {

// What a slip costs. Slips that people make often cost less.
inline constexpr double of_lost_dots = 0.1;     // å, ä, ö and é typed as a, o, e, or as aa, ae, oe
inline constexpr double of_doubling = 0.3;      // one letter typed twice, or two typed once
inline constexpr double of_exchange = 0.5;      // two letters in the other order
inline constexpr double of_near_key = 0.5;      // the key beside
inline constexpr double of_letter = 0.7;        // a letter too many or too few
inline constexpr double of_other_letter = 1.0;  // any other letter
inline constexpr double of_first_letter = 0.3;  // more, for the first letter, which is seldom wrong
inline constexpr double not_a_slip = 1e9;       // too far apart

// What it takes that somebody who meant `meant` typed `typed`, both folded: 0 for the same word, `not_a_slip` above `most`.
// The way is the cheapest of an optimal string alignment (Damerau 1964) with costs by slip. Cost: letters × letters.
[[nodiscard]] double typing_cost(std::string_view typed, std::string_view meant, double most);

}  // namespace kansli::text
