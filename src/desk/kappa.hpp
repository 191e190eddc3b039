#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace kansli::desk {

// How far two raters agree beyond chance: Cohen's kappa (Educational and Psychological Measurement 20, 1960).
struct Agreement {
    std::int64_t pairs = 0;
    double observed = 0;  // share of the pairs that agree
    double expected = 0;  // the share that would agree if both chose by their own habits alone
    std::optional<double>
        kappa{};  // (observed − expected) / (1 − expected); none without pairs, or when a rater's choice
                  // is the same throughout, for then agreement says nothing
};

// `counts[a][b]`: how many pairs the first rater put into class a and the second into class b. Requires a square table.
[[nodiscard]] Agreement cohens_kappa(const std::vector<std::vector<std::int64_t>>& counts);

}  // namespace kansli::desk
