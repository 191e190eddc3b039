#pragma once

#include <array>

// Written by bench/quality/support/train.py from the measures of questions with known sources; do not edit by hand.
namespace kansli::assistants::detail {

inline constexpr double statute_intercept = -5.1787;
inline constexpr std::array<double, 31> statute_weights = {
    0.1911,   // passage
    0.2418,   // own
    0.1138,   // section
    -0.3633,  // exact
    0.3386,   // rarest
    0.2806,   // weakest
    -1.0456,  // unknown
    -1.0152,  // name_missing
    1.0573,   // cue
    -0.0990,  // cue_missing
    0.6385,   // margin
    0.0157,   // first
    0.7038,   // lead
    0.8861,   // terms
    -0.0785,  // document
    1.3859,   // met
    1.1893,   // near
    0.1889,   // found
    0.3253,   // known
    0.3211,   // votes
    -0.1539,  // heading
    0.5763,   // heading_near
    0.6551,   // rule
    0.5648,   // surety
    -0.7476,  // runner_up
    1.1477,   // nearest
    0.3019,   // nearest_few
    -0.9906,  // known_best
    -0.3025,  // votes_all
    0.1969,   // uncovered
    0.2983,   // fullest
};

inline constexpr double document_intercept = -4.3192;
inline constexpr std::array<double, 31> document_weights = {
    0.1819,   // passage
    0.2301,   // own
    0.1083,   // section
    -0.3458,  // exact
    0.3222,   // rarest
    0.2670,   // weakest
    -0.9950,  // unknown
    -0.9661,  // name_missing
    1.0061,   // cue
    -0.0942,  // cue_missing
    0.6076,   // margin
    0.0149,   // first
    0.6697,   // lead
    0.8433,   // terms
    -0.0747,  // document
    1.3188,   // met
    1.1317,   // near
    0.1797,   // found
    0.3095,   // known
    0.3056,   // votes
    -0.1465,  // heading
    0.5484,   // heading_near
    0.6234,   // rule
    0.5375,   // surety
    -0.7114,  // runner_up
    1.0921,   // nearest
    0.2873,   // nearest_few
    -0.9426,  // known_best
    -0.2879,  // votes_all
    0.1873,   // uncovered
    0.2839,   // fullest
};

}  // namespace kansli::assistants::detail
