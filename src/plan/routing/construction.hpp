#pragma once

#include "plan/routing/solution.hpp"
#include "statistics/generator.hpp"

namespace kansli::plan::routing {

// Visits dealt out to as many vehicles as their loads need and some more, by lot: this share of the required ones, and every
// other of the rest. It is a bad plan, and no two are alike, which is what a population begins with. What is left can be put
// where it costs least, which makes a better beginning, and a less random one.
[[nodiscard]] Solution random_solution(const Problem& problem, double share,
                                       statistics::Generator& generator);

}  // namespace kansli::plan::routing
