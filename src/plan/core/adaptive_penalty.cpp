#include "plan/core/adaptive_penalty.hpp"

#include <algorithm>
#include <cmath>

namespace kansli::plan {

namespace {

// As near to the target as this, the weight is left alone, or it would never come to rest.
constexpr double tolerance = 0.05;

}  // namespace

AdaptivePenalty::AdaptivePenalty(std::int64_t initial, const PenaltyOptions& options)
    : options_(options), weight_(std::clamp(initial, options.least, options.most)) {
}

void AdaptivePenalty::note(bool kept) {
    ++seen_;
    if (kept) ++kept_;
    if (seen_ < options_.window) return;
    const double share = static_cast<double>(kept_) / seen_;
    const auto weight = static_cast<double>(weight_);
    if (kept_ == 0) {
        weight_ = static_cast<std::int64_t>(std::ceil(weight * options_.boost));
    } else if (share < options_.target_share - tolerance) {
        weight_ = static_cast<std::int64_t>(std::ceil(weight * options_.growth));
    } else if (share > options_.target_share + tolerance) {
        weight_ = static_cast<std::int64_t>(std::floor(weight * options_.shrinkage));
    }
    weight_ = std::clamp(weight_, options_.least, options_.most);
    seen_ = 0;
    kept_ = 0;
}

}  // namespace kansli::plan
