#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "statistics/generator.hpp"
#include "statistics/interval.hpp"

namespace kansli::statistics {

// The median of the first sample less that of the second, with the percentile bootstrap's interval: the middle 95 % of the differences
// of `rounds` pairs of samples, each drawn from its own with replacement. Nothing when one has fewer than two values.
[[nodiscard]] std::optional<Estimate> median_difference(const std::vector<double>& first,
                                                        const std::vector<double>& second, std::uint64_t seed,
                                                        int rounds = 2000);

}  // namespace kansli::statistics
