#pragma once

#include <array>

// Written by bench/quality/support/train.py from the measures of questions with known sources; do not edit by hand.
namespace kansli::assistants::detail {

inline constexpr double support_intercept = -6.2931;
inline constexpr std::array<double, 14> support_weights = {
    0.6938,   // passage
    0.2778,   // own
    1.2120,   // section
    1.4270,   // exact
    0.5913,   // rarest
    -0.4752,  // unknown
    -0.7398,  // name_missing
    0.5368,   // cue
    -0.1858,  // cue_missing
    0.9915,   // margin
    1.6329,   // first
    1.5495,   // lead
    0.5799,   // terms
    1.5978,   // met
};
inline constexpr double support_threshold = 0.5;

}  // namespace kansli::assistants::detail
