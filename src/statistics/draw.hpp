#pragma once

#include <string_view>

namespace kansli::statistics {

// A number 0 ≤ x < 1 that is even over items: the first 52 bits of SHA-256 of "seed:experiment:item". Nobody who lacks the seed can foresee
// it, and anybody who has it can compute it again, with nothing but `sha256sum`.
[[nodiscard]] double drawn_number(std::string_view seed, std::string_view experiment, std::string_view item);

}  // namespace kansli::statistics
