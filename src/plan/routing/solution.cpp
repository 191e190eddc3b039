#include "plan/routing/solution.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/check.hpp"

namespace kansli::plan::routing {

Solution::Solution(const Problem& problem, std::vector<Route> routes)
    : routes_(std::move(routes)),
      excess_(problem.dimensions()),
      before_(static_cast<std::size_t>(problem.nodes()), no_node),
      after_(static_cast<std::size_t>(problem.nodes()), no_node) {
    std::erase_if(routes_, [](const Route& route) { return route.visits.empty(); });
    std::vector<std::size_t> used(problem.vehicle_types().size());
    for (const Route& route : routes_) {
        ++used[route.vehicle_type];
        add(problem, route);
        link(problem, route);
    }
    for (std::size_t type = 0; type < used.size(); ++type)
        CHECK_INVARIANT(used[type] <= problem.vehicle_type(type).available);
    for (Node node = problem.first_visit(); node < problem.nodes(); ++node) {
        if (before(node) != no_node) continue;
        cost_ += problem.visit(node).prize;
        if (problem.visit(node).required) ++missing_;
    }
}

void Solution::add(const Problem& problem, const Route& route) {
    const VehicleType& type = problem.vehicle_type(route.vehicle_type);
    const TravelMatrix& travel = problem.travel_of(route.vehicle_type);
    TimeSegment time = problem.start_of(route.vehicle_type);
    Distance distance = 0;
    Node last = static_cast<Node>(type.start);
    const auto go = [&](Node node, const TimeSegment& there) {
        const Leg& leg = travel.at(last, node);
        distance += leg.distance;
        time = joined(time, there, leg.duration);
        passable_ = passable_ && leg.distance < no_way && leg.duration < no_way;
        last = node;
    };
    for (const Node node : route.visits)
        go(node, problem.time_of(node));
    go(static_cast<Node>(type.end), problem.end_of(route.vehicle_type));
    cost_ += type.fixed + type.per_distance * distance + type.per_duration * time.duration;
    time_warp_ += time_warp_of(time, type.longest);
    for (std::size_t dimension = 0; dimension < excess_.size(); ++dimension) {
        Load load = 0;
        for (const Node node : route.visits)
            load += problem.load_of(node, dimension);
        excess_[dimension] += std::max<Load>(load - type.capacity[dimension], 0);
    }
}

void Solution::link(const Problem& problem, const Route& route) {
    const VehicleType& type = problem.vehicle_type(route.vehicle_type);
    Node last = static_cast<Node>(type.start);
    for (const Node node : route.visits) {
        CHECK_INVARIANT(before(node) == no_node);
        before_[static_cast<std::size_t>(node)] = last;
        if (last >= problem.first_visit()) after_[static_cast<std::size_t>(last)] = node;
        last = node;
    }
    after_[static_cast<std::size_t>(last)] = static_cast<Node>(type.end);
}

Cost Solution::penalised_cost(const Penalties& penalties) const {
    return cost_ + penalties.time_warp * time_warp_ +
           std::inner_product(excess_.begin(), excess_.end(), penalties.load.begin(), Cost{0});
}

bool Solution::keeps_loads() const {
    return std::ranges::all_of(excess_, [](Load excess) { return excess == 0; });
}

double broken_pairs(const Solution& one, const Solution& other, const Problem& problem) {
    int broken = 0;
    for (Node node = problem.first_visit(); node < problem.nodes(); ++node) {
        if (one.before(node) != other.before(node)) ++broken;
        if (one.after(node) != other.after(node)) ++broken;
    }
    return broken / (2.0 * std::max<double>(problem.nodes() - problem.first_visit(), 1));
}

}  // namespace kansli::plan::routing
