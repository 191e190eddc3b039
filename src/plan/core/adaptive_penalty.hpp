#pragma once

#include <cstdint>

namespace kansli::plan {

struct PenaltyOptions {
    double target_share = 0.3;  // of the plans that are to keep the rule
    double growth = 1.2;
    double boost = 2;  // instead of growth, when no plan has kept the rule
    double shrinkage = 0.85;
    int window = 64;  // plans seen between two changes
    std::int64_t least = 1;
    std::int64_t most = 1'000'000'000;
};

// What a unit of a broken rule costs while a search walks through plans that break it.
//
// Source: Vidal, Crainic, Gendreau, Lahrichi, Rei, "A hybrid genetic algorithm for multidepot and periodic vehicle routing
// problems", Operations Research 60 (2012), section 4.6. A search that sees only plans which keep all rules cannot pass
// from one good region to another; one that sees none finds nothing to use. So the price of each rule is moved until a
// set share of the plans keep it.
class AdaptivePenalty {
  public:
    explicit AdaptivePenalty(std::int64_t initial, const PenaltyOptions& options = {});

    // A new plan of the search kept the rule, or broke it.
    void note(bool kept);
    // Cost a unit; always positive.
    [[nodiscard]] std::int64_t weight() const { return weight_; }

  private:
    PenaltyOptions options_;
    std::int64_t weight_;
    int seen_ = 0;
    int kept_ = 0;
};

}  // namespace kansli::plan
