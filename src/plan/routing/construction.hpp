#pragma once

#include "plan/routing/solution.hpp"
#include "statistics/generator.hpp"

namespace kansli::plan::routing {

// All required visits, and every other of the rest, dealt out to as many vehicles as their loads need and some more, by lot. It is a bad plan, and no two are
// alike, which is what a population begins with.
[[nodiscard]] Solution random_solution(const Problem& problem, statistics::Generator& generator);

}  // namespace kansli::plan::routing
