#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "grounding/detail/alignment.hpp"

namespace kansli::grounding::detail {

inline constexpr std::array<std::string_view, 12> support_measure_names = {
    "coverage",   // share of the sentence's weight that is met
    "uncovered",  // number of telling words that are not found, 4 or more being 1
    "weakest",    // likeness of the two words that are met worst
    "clause",     // the worst met clause's share
    "one",        // share that the fullest sentence of the quotes holds
    "adjacent",   // share of neighbours that are neighbours in the quotes too
    "near",       // cosine of the sentence and the nearest sentence of the quotes
    "near_all",   // cosine of the sentence and all quotes
    "length",     // telling words, 20 or more being 1
    "exact",      // share that is met by the same word
    "run",        // longest run of telling words that are not found, 4 or more being 1
    "condition",  // share of the counterpart's condition that the sentence leaves out
};
using SupportMeasures = std::array<double, support_measure_names.size()>;

[[nodiscard]] SupportMeasures measure_support(const Comparison& comparison, const CheckContext& context);

}  // namespace kansli::grounding::detail
