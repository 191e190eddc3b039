#pragma once

#include <array>

// Written by bench/quality/support/train.py from the measures of questions with known sources; do not edit by hand.
namespace kansli::assistants::detail {

inline constexpr double statute_intercept = -6.5015;
inline constexpr std::array<double, 31> statute_weights = {
    0.2729,   // passage
    0.4917,   // own
    0.1279,   // section
    -0.1330,  // exact
    0.2672,   // rarest
    -0.0962,  // weakest
    -0.9870,  // unknown
    -0.6694,  // name_missing
    0.8660,   // cue
    -0.2940,  // cue_missing
    0.6313,   // margin
    0.2789,   // first
    0.8332,   // lead
    1.0680,   // terms
    0.6546,   // document
    1.5924,   // met
    1.1404,   // near
    0.3385,   // found
    0.2307,   // known
    0.2794,   // votes
    0.1093,   // heading
    0.6760,   // heading_near
    0.3150,   // rule
    0.9423,   // surety
    -0.6732,  // runner_up
    1.1639,   // nearest
    0.2438,   // nearest_few
    -0.7970,  // known_best
    -0.0158,  // votes_all
    0.0523,   // uncovered
    0.1755,   // fullest
};

inline constexpr double document_intercept = -7.0606;
inline constexpr std::array<double, 31> document_weights = {
    0.3192,   // passage
    0.5752,   // own
    0.1496,   // section
    -0.1556,  // exact
    0.3126,   // rarest
    -0.1125,  // weakest
    -1.1547,  // unknown
    -0.7831,  // name_missing
    1.0132,   // cue
    -0.3440,  // cue_missing
    0.7385,   // margin
    0.3263,   // first
    0.9747,   // lead
    1.2494,   // terms
    0.7658,   // document
    1.8629,   // met
    1.3341,   // near
    0.3961,   // found
    0.2699,   // known
    0.3269,   // votes
    0.1278,   // heading
    0.7909,   // heading_near
    0.3686,   // rule
    1.1024,   // surety
    -0.7876,  // runner_up
    1.3617,   // nearest
    0.2852,   // nearest_few
    -0.9324,  // known_best
    -0.0185,  // votes_all
    0.0612,   // uncovered
    0.2053,   // fullest
};

}  // namespace kansli::assistants::detail
