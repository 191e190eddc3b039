#pragma once

#include <array>

// Written by bench/quality/grounding/train.py from sentences of which it is known whether they hold; do not edit by hand.
namespace kansli::grounding::detail {

inline constexpr double support_threshold = 0.6062;
inline constexpr double support_intercept = -4.4712;
inline constexpr std::array<double, 12> support_weights = {
    1.0688,   // coverage
    -0.6462,  // uncovered
    0.9108,   // weakest
    0.4557,   // clause
    2.7531,   // one
    -0.1048,  // adjacent
    3.2276,   // near
    1.8194,   // near_all
    0.3684,   // length
    0.4607,   // exact
    -0.9439,  // run
    -0.4069,  // condition
};

}  // namespace kansli::grounding::detail
