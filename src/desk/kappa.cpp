#include "desk/kappa.hpp"

#include <cstddef>

#include "core/check.hpp"

namespace kansli::desk {

Agreement cohens_kappa(const std::vector<std::vector<std::int64_t>>& counts) {
    const std::size_t classes = counts.size();
    std::vector<std::int64_t> first(classes, 0);
    std::vector<std::int64_t> second(classes, 0);
    Agreement result;
    std::int64_t agreeing = 0;
    for (std::size_t a = 0; a < classes; ++a) {
        CHECK_INVARIANT(counts[a].size() == classes);
        agreeing += counts[a][a];
        for (std::size_t b = 0; b < classes; ++b) {
            first[a] += counts[a][b];
            second[b] += counts[a][b];
            result.pairs += counts[a][b];
        }
    }
    if (result.pairs == 0) return result;
    const auto all = static_cast<double>(result.pairs);
    bool varied_first = false;
    bool varied_second = false;
    for (std::size_t c = 0; c < classes; ++c) {
        result.expected += static_cast<double>(first[c]) / all * static_cast<double>(second[c]) / all;
        varied_first = varied_first || (first[c] > 0 && first[c] < result.pairs);
        varied_second = varied_second || (second[c] > 0 && second[c] < result.pairs);
    }
    result.observed = static_cast<double>(agreeing) / all;
    if (varied_first && varied_second)
        result.kappa = (result.observed - result.expected) / (1 - result.expected);
    return result;
}

}  // namespace kansli::desk
