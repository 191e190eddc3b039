#pragma once

#include <cstddef>
#include <vector>

#include "plan/routing/problem.hpp"

namespace kansli::plan::routing {

// For each visit those that are worth having beside it in a route, the best first.
//
// Source: Toth, Vigo, "The granular tabu search and its application to the vehicle routing problem", INFORMS Journal on
// Computing 15 (2003), with the measure of Vidal, Crainic, Gendreau, Prins (2013), section 4.5: travel, and some of the time
// that one must wait, or comes too late, even if all is arranged at its best. A move that would put two visits beside
// each other which are not near is not looked at, so a round of the local search is linear in the number of visits.
class Neighbourhood {
  public:
    Neighbourhood(const Problem& problem, std::size_t size);

    [[nodiscard]] const std::vector<Node>& of(Node visit) const {
        return near_[static_cast<std::size_t>(visit)];
    }

  private:
    std::vector<std::vector<Node>> near_;  // by node
};

}  // namespace kansli::plan::routing
