#pragma once

#include <functional>

#include "plan/core/adaptive_penalty.hpp"
#include "plan/core/stop_rule.hpp"
#include "plan/homecare/plan.hpp"

namespace kansli::plan::homecare {

struct SearchOptions {
    StopRule stop{};  // iterations: of each thread
    std::uint64_t seed = 1;
    std::size_t threads = 1;
    // Temperatures as shares of the mean way between two tasks.
    double hot = 2.5;
    double cold = 0.004;
    PenaltyOptions penalty{.target_share = 0.4, .window = 20};
    // A better plan that keeps the rules, with its cost. Not called by two threads at a time.
    std::function<void(const Plan&, Cost)> on_improvement{};
};

struct SearchResult {
    Plan best{};
    Evaluation evaluation{};
    bool keeps_rules = false;
};

// Simulated annealing over a whole plan: since whoever waits for a colleague is late for all that follows, no route can be
// judged alone, and a change is judged by its effect on everybody. One thread, one walk; the walks cool together, and begin
// again from the best of them, less hot. Same problem, seed, number of threads and of iterations: same plan.
[[nodiscard]] SearchResult search(const Problem& problem, const SearchOptions& options);

}  // namespace kansli::plan::homecare
