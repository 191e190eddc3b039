#pragma once

#include <array>

// Written by bench/quality/grounding/train.py from sentences of which it is known whether they hold; do not edit by hand.
namespace kansli::grounding::detail {

inline constexpr double support_threshold = 0.6075;
inline constexpr double support_intercept = -4.4454;
inline constexpr std::array<double, 12> support_weights = {
    1.0922,   // coverage
    -0.6772,  // uncovered
    0.9157,   // weakest
    0.4481,   // clause
    2.7088,   // one
    -0.1384,  // adjacent
    3.2297,   // near
    1.8319,   // near_all
    0.3678,   // length
    0.4757,   // exact
    -0.9493,  // run
    -0.4606,  // condition
};

}  // namespace kansli::grounding::detail
