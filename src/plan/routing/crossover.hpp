#pragma once

#include <utility>

#include "plan/routing/solution.hpp"
#include "statistics/generator.hpp"

namespace kansli::plan::routing {

// Two children of two plans. Visits that neither got are missing in both.
//
// Source: Nagata, Kobayashi, "A memetic algorithm for the pickup and delivery problem with time windows using selective route
// exchange crossover", PPSN XI (2010), as used in Kool & al. (2022) and Wouda, Lan, Kool, "PyVRP: a high-performance VRP
// solver package", INFORMS Journal on Computing 36 (2024). Some routes of the first parent, which lie beside each other,
// give way to as many of the second that hold nearly the same visits. Whole routes are inherited, so what is
// good about a route is not broken up. The children differ in who decides about a visit that is in both: the routes that
// came, or those that stayed.
[[nodiscard]] std::pair<Solution, Solution> selective_route_exchange(const Problem& problem,
                                                                     const Solution& one,
                                                                     const Solution& other,
                                                                     statistics::Generator& generator);

}  // namespace kansli::plan::routing
