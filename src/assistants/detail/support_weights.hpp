#pragma once

#include <array>

// Written by bench/quality/support/train.py from the measures of questions with known sources; do not edit by hand.
namespace kansli::assistants::detail {

inline constexpr double support_intercept = -4.0;
inline constexpr std::array<double, 14> support_weights = {
    2.0,   // passage
    1.0,   // own
    1.0,   // section
    1.0,   // exact
    1.0,   // rarest
    -2.0,  // unknown
    -1.0,  // name_missing
    0.5,   // cue
    -0.5,  // cue_missing
    1.0,   // margin
    0.5,   // first
    0.5,   // lead
    0.0,   // terms
    0.5,   // met
};
inline constexpr double support_threshold = 0.5;

}  // namespace kansli::assistants::detail
