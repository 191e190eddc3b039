#pragma once

#include <array>

// Written by bench/quality/support/train.py from the measures of questions with known sources; do not edit by hand.
namespace kansli::assistants::detail {

inline constexpr double statute_intercept = -8.2371;
inline constexpr std::array<double, 18> statute_weights = {
    1.4885,   // passage
    -0.3598,  // own
    2.9760,   // section
    0.7382,   // exact
    0.4484,   // rarest
    0.0781,   // weakest
    -0.6677,  // unknown
    -0.6755,  // name_missing
    1.0467,   // cue
    -0.3435,  // cue_missing
    0.7521,   // margin
    0.8047,   // first
    0.1745,   // lead
    -0.6265,  // terms
    1.3519,   // document
    2.4196,   // met
    0,        // near
    0,        // found
};
inline constexpr double statute_threshold = 0.36;

inline constexpr double document_intercept = -8.2371;
inline constexpr std::array<double, 18> document_weights = {
    1.4885,   // passage
    -0.3598,  // own
    2.9760,   // section
    0.7382,   // exact
    0.4484,   // rarest
    0.0781,   // weakest
    -0.6677,  // unknown
    -0.6755,  // name_missing
    1.0467,   // cue
    -0.3435,  // cue_missing
    0.7521,   // margin
    0.8047,   // first
    0.1745,   // lead
    -0.6265,  // terms
    1.3519,   // document
    2.4196,   // met
    0,        // near
    0,        // found
};
inline constexpr double document_threshold = 0.36;

}  // namespace kansli::assistants::detail
