#pragma once

#include <vector>

#include "plan/core/adaptive_penalty.hpp"
#include "plan/routing/solution.hpp"

namespace kansli::plan::routing {

// What excess load, one price a dimension, and time warp cost at this point of a search.
class RulePrices {
  public:
    RulePrices(const Problem& problem, const PenaltyOptions& options);

    void note(const Solution& plan);
    [[nodiscard]] Penalties now() const;
    // So dear that a local search keeps all rules where it can.
    [[nodiscard]] Penalties raised() const;

  private:
    std::vector<AdaptivePenalty> load_;
    AdaptivePenalty time_;
};

}  // namespace kansli::plan::routing
