#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "plan/core/adaptive_penalty.hpp"
#include "plan/core/population.hpp"
#include "plan/core/stop_rule.hpp"
#include "plan/routing/solution.hpp"

namespace kansli::plan::routing {

struct SearchOptions {
    std::uint64_t seed = 1;
    std::size_t threads = 1;
    StopRule stop{};
    // Called with each plan that keeps all rules and is cheaper than those before, by the thread that called search().
    std::function<void(const Solution&)> on_improvement{};

    std::size_t neighbours = 20;   // of each visit
    double dealt_share = 0.5;      // of the visits of a first plan that stand where chance put them
    double thorough_share = 0.15;  // of the children that are improved with SWAP* too
    double repair_share =
        0.5;  // of the children which break rules that get a second try with dearer penalties
    std::uint64_t restart_after = 6'000;  // children without a better plan
    PopulationOptions population{};
    PenaltyOptions penalties{};
};

struct SearchResult {
    Solution best;
    std::uint64_t iterations = 0;  // children made
};

// The cheapest plan found that keeps all rules, or, when none was found, the one that breaks them least.
//
// Source: Vidal, Crainic, Gendreau, Prins (2013) and Vidal (2022), in the form of Kool & al. (2022). Plans are crossed, the
// child goes through the local search, and a population keeps what is good or different. Children are made in batches,
// all from the population as it was when the batch began, and put into it in the order of their numbers: so the same seed
// and number of iterations give the same plan, whatever the number of threads.
[[nodiscard]] SearchResult search(const Problem& problem, const SearchOptions& options);

}  // namespace kansli::plan::routing
