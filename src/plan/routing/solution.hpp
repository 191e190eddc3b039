#pragma once

#include <cstddef>
#include <vector>

#include "plan/routing/problem.hpp"

namespace kansli::plan::routing {

// The visits of one vehicle, in order.
struct Route {
    std::size_t vehicle_type = 0;
    std::vector<Node> visits{};

    friend bool operator==(const Route&, const Route&) = default;
};

// What a unit of a broken rule costs at the moment.
struct Penalties {
    std::vector<Cost> load{};  // one a dimension
    Cost time_warp = 0;
};

// A plan that may break rules, and what it costs. Immutable. Empty routes are left out.
class Solution {
  public:
    // Requires: no visit stands twice, and no more routes of a type than there are vehicles.
    Solution(const Problem& problem, std::vector<Route> routes);

    [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

    // Distance, duration, vehicles, and the prizes of visits that are left out.
    [[nodiscard]] Cost cost() const { return cost_; }
    [[nodiscard]] Cost penalised_cost(const Penalties& penalties) const;

    [[nodiscard]] bool feasible() const {
        return keeps_loads() && keeps_times() && missing_ == 0 && passable_;
    }
    [[nodiscard]] bool keeps_load(std::size_t dimension) const { return excess_[dimension] == 0; }
    [[nodiscard]] bool keeps_loads() const;
    [[nodiscard]] bool keeps_times() const { return time_warp_ == 0; }

    // Who is visited before and after a visit: a node, or the depot at that end of the route; no_node when it is left out.
    static constexpr Node no_node = -1;
    [[nodiscard]] Node before(Node visit) const { return before_[static_cast<std::size_t>(visit)]; }
    [[nodiscard]] Node after(Node visit) const { return after_[static_cast<std::size_t>(visit)]; }

  private:
    void add(const Problem& problem, const Route& route);
    void link(const Problem& problem, const Route& route);

    std::vector<Route> routes_;
    Cost cost_ = 0;
    std::vector<Load> excess_;  // one a dimension
    Time time_warp_ = 0;
    std::size_t missing_ = 0;  // required visits
    bool passable_ = true;     // there is a way for every leg
    std::vector<Node> before_;
    std::vector<Node> after_;
};

// The share of the links between visits that only one of the two has (Prins 2009: "broken pairs").
[[nodiscard]] double broken_pairs(const Solution& one, const Solution& other, const Problem& problem);

}  // namespace kansli::plan::routing
