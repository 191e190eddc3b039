#include "plan/routing/construction.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "plan/core/shuffle.hpp"

namespace kansli::plan::routing {

namespace {

std::vector<Route> every_vehicle(const Problem& problem) {
    std::vector<Route> routes;
    for (std::size_t type = 0; type < problem.vehicle_types().size(); ++type) {
        const std::size_t useful = std::min(problem.vehicle_type(type).available, problem.visits().size());
        routes.insert(routes.end(), useful, Route{type, {}});
    }
    return routes;
}

// How many of the vehicles, on average, carry all those visits, and a third more, since nothing fits exactly.
std::size_t vehicles_needed(const Problem& problem, const std::vector<Node>& visits, std::size_t vehicles) {
    double needed = 1;
    for (std::size_t dimension = 0; dimension < problem.dimensions(); ++dimension) {
        double load = 0;
        double capacity = 0;
        for (const Node visit : visits)
            load += static_cast<double>(problem.load_of(visit, dimension));
        for (const VehicleType& type : problem.vehicle_types()) {
            const auto useful = static_cast<double>(std::min(type.available, problem.visits().size()));
            capacity += useful * static_cast<double>(type.capacity[dimension]);
        }
        if (capacity > 0) needed = std::max(needed, load / capacity * static_cast<double>(vehicles));
    }
    const auto some_more = static_cast<std::size_t>(std::ceil(needed * 1.3)) + 3;
    return std::min(some_more, vehicles);
}

}  // namespace

Solution random_solution(const Problem& problem, double share, statistics::Generator& generator) {
    std::vector<Node> visits;
    for (Node node = problem.first_visit(); node < problem.nodes(); ++node) {
        if (problem.visit(node).required || generator.below(2) == 0) visits.push_back(node);
    }
    shuffle(visits, generator);
    std::vector<Route> routes = every_vehicle(problem);
    if (routes.empty()) return {problem, {}};
    shuffle(routes, generator);
    routes.resize(vehicles_needed(problem, visits, routes.size()));
    for (std::size_t i = 0; i < visits.size(); ++i) {
        if (!problem.visit(visits[i]).required || generator.share() < share)
            routes[i % routes.size()].visits.push_back(visits[i]);
    }
    return {problem, std::move(routes)};
}

}  // namespace kansli::plan::routing
