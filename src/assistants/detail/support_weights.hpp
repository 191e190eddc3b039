#pragma once

#include <array>

// Written by bench/quality/support/train.py from the measures of questions with known sources; do not edit by hand.
namespace kansli::assistants::detail {

inline constexpr double support_intercept = -7.8931;
inline constexpr std::array<double, 16> support_weights = {
    1.2029,   // passage
    -0.6068,  // own
    2.5885,   // section
    0.6294,   // exact
    0.5157,   // rarest
    0.1231,   // weakest
    0.1010,   // unknown
    -0.9194,  // name_missing
    1.3793,   // cue
    -0.1650,  // cue_missing
    0.7724,   // margin
    0.9269,   // first
    0.1055,   // lead
    -0.5901,  // terms
    1.2195,   // document
    2.6239,   // met
};
inline constexpr double support_threshold = 0.4;

}  // namespace kansli::assistants::detail
