#include "plan/routing/neighbourhood.hpp"

#include <algorithm>
#include <utility>

namespace kansli::plan::routing {

namespace {

constexpr double waiting_weight = 0.2;
constexpr double lateness_weight = 1.0;

// What it costs to drive a leg, for the vehicle type that does it cheapest.
double leg_cost(const Problem& problem, Node from, Node to) {
    double least = std::numeric_limits<double>::max();
    for (const VehicleType& type : problem.vehicle_types()) {
        const Leg& leg = problem.travel(type.profile).at(from, to);
        least = std::min(least, static_cast<double>(type.per_distance) * leg.distance +
                                    static_cast<double>(type.per_duration) * leg.duration);
    }
    return least;
}

// What a unit of time is worth beside distance: what is paid on average while driving for one.
double worth_of_time(const Problem& problem) {
    double cost = 0;
    double duration = 0;
    for (Node from = 0; from < problem.nodes(); ++from) {
        for (Node to = 0; to < problem.nodes(); ++to) {
            const Leg& leg = problem.travel(problem.vehicle_type(0).profile).at(from, to);
            if (leg.distance >= no_way) continue;
            cost += leg_cost(problem, from, to);
            duration += leg.duration;
        }
    }
    return duration > 0 ? cost / duration : 1;
}

double proximity(const Problem& problem, Node from, Node to, double worth) {
    const Visit& first = problem.visit(from);
    const Visit& second = problem.visit(to);
    const Time between =
        first.service + problem.travel(problem.vehicle_type(0).profile).at(from, to).duration;
    const Time wait = std::max<Time>(second.window.opens - between - first.window.closes, 0);
    const Time late = std::max<Time>(first.window.opens + between - second.window.closes, 0);
    return leg_cost(problem, from, to) +
           worth * (waiting_weight * static_cast<double>(wait) + lateness_weight * static_cast<double>(late));
}

}  // namespace

Neighbourhood::Neighbourhood(const Problem& problem, std::size_t size)
    : near_(static_cast<std::size_t>(problem.nodes())) {
    const double worth = worth_of_time(problem);
    std::vector<std::pair<double, Node>> others;
    for (Node node = problem.first_visit(); node < problem.nodes(); ++node) {
        others.clear();
        for (Node other = problem.first_visit(); other < problem.nodes(); ++other) {
            if (other == node) continue;
            others.emplace_back(
                std::min(proximity(problem, node, other, worth), proximity(problem, other, node, worth)),
                other);
        }
        const auto kept = static_cast<std::ptrdiff_t>(std::min(size, others.size()));
        std::partial_sort(others.begin(), others.begin() + kept, others.end());
        for (std::ptrdiff_t i = 0; i < kept; ++i)
            near_[static_cast<std::size_t>(node)].push_back(others[static_cast<std::size_t>(i)].second);
    }
}

}  // namespace kansli::plan::routing
