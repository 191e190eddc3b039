#pragma once

#include <array>

// Written by bench/quality/support/train.py from the measures of questions with known sources; do not edit by hand.
namespace kansli::assistants::detail {

inline constexpr double support_intercept = -6.1053;
inline constexpr std::array<double, 14> support_weights = {
    0.6953,  // passage
    0.3925,  // own
    1.1694,  // section
    1.3023,  // exact
    0.4143,  // rarest
    -0.4430,  // unknown
    -0.7241,  // name_missing
    0.4505,  // cue
    -0.2099,  // cue_missing
    0.9057,  // margin
    1.3699,  // first
    1.4975,  // lead
    0.8606,  // terms
    1.8536,  // met
};
inline constexpr double support_threshold = 0.5;

}  // namespace kansli::assistants::detail
