#pragma once

#include <array>

// Written by bench/quality/support/train.py from the measures of questions with known sources; do not edit by hand.
namespace kansli::assistants::detail {

inline constexpr double support_intercept = -7.9779;
inline constexpr std::array<double, 16> support_weights = {
    1.2765,   // passage
    -0.6496,  // own
    2.7771,   // section
    0.6358,   // exact
    0.4004,   // rarest
    0.1771,   // weakest
    -0.9465,  // unknown
    -0.7676,  // name_missing
    1.3742,   // cue
    -0.1305,  // cue_missing
    0.7769,   // margin
    0.9387,   // first
    0.1473,   // lead
    -0.6427,  // terms
    1.0832,   // document
    2.6727,   // met
};
inline constexpr double support_threshold = 0.36;

}  // namespace kansli::assistants::detail
