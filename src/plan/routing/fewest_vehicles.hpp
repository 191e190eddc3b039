#pragma once

#include "plan/routing/hybrid_genetic.hpp"

namespace kansli::plan::routing {

// The cheapest plan found among those with the fewest vehicles. Requires: there is one type of vehicles.
//
// Source: Vidal, Crainic, Gendreau, Prins (2013), section 5.2: the search for a plan that keeps the rules is begun anew with
// one vehicle less each time that one is found, until none is found in its share of the time; then the cheapest is looked
// for with as many vehicles as are left. `on_improvement` is called for fewer vehicles and for less cost with as many.
[[nodiscard]] SearchResult search_fewest_vehicles(const Problem& problem, const SearchOptions& options);

}  // namespace kansli::plan::routing
