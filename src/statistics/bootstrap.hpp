#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "statistics/interval.hpp"

namespace kansli::statistics {

// Numbers that look random and are the same for the same seed on every machine (SplitMix64, Steele & al., OOPSLA 2014).
class Generator {
  public:
    explicit Generator(std::uint64_t seed) : state_(seed) {}
    [[nodiscard]] std::uint64_t next();
    [[nodiscard]] std::size_t below(std::size_t limit);  // 0 ≤ x < limit, which is positive
    [[nodiscard]] double share();                        // 0 ≤ x < 1

  private:
    std::uint64_t state_;
};

// The median of the first sample less that of the second, with the percentile bootstrap's interval: the middle 95 % of the differences
// of `rounds` pairs of samples, each drawn from its own with replacement. Nothing when one has fewer than two values.
[[nodiscard]] std::optional<Estimate> median_difference(const std::vector<double>& first,
                                                        const std::vector<double>& second, std::uint64_t seed,
                                                        int rounds = 2000);

}  // namespace kansli::statistics
