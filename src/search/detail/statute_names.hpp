#pragma once

#include <string_view>

namespace kansli::search::detail {

// The SFS number that a lawyer's short name stands for: "PBL" is 2010:900. Short names that also are words ("KL", "SoL",
// "FL") count only in the letters that lawyers write. Empty when it is none.
[[nodiscard]] std::string_view statute_named(std::string_view written);

// True for "2010:900" and the like.
[[nodiscard]] bool is_statute_number(std::string_view word);

}  // namespace kansli::search::detail
