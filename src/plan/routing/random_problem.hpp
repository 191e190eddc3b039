#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "plan/core/shuffle.hpp"
#include "plan/routing/solution.hpp"
#include "statistics/generator.hpp"

// Problems and plans for tests, with everything in them that the model knows.
namespace kansli::plan::routing {

inline Time drawn(statistics::Generator& generator, Time least, Time most) {
    return least + static_cast<Time>(generator.below(static_cast<std::size_t>(most - least + 1)));
}

inline TravelMatrix random_travel(statistics::Generator& generator, std::size_t nodes) {
    TravelMatrix matrix(nodes);
    for (Node from = 0; from < static_cast<Node>(nodes); ++from) {
        for (Node to = 0; to < static_cast<Node>(nodes); ++to) {
            if (from == to) continue;
            matrix.at(from, to) = {static_cast<std::int32_t>(drawn(generator, 1, 60)),
                                   static_cast<std::int32_t>(drawn(generator, 1, 60))};
        }
    }
    return matrix;
}

inline Visit random_visit(statistics::Generator& generator) {
    Visit visit{.position = {generator.share(), generator.share()}};
    visit.load = {drawn(generator, 0, 5), drawn(generator, 0, 5)};
    visit.service = drawn(generator, 0, 20);
    visit.window.opens = drawn(generator, 0, 200);
    visit.window.closes = visit.window.opens + drawn(generator, 20, 200);
    visit.release = drawn(generator, 0, 30);
    visit.required = generator.below(4) != 0;
    visit.prize = drawn(generator, 0, 200);
    return visit;
}

inline VehicleType random_vehicle(statistics::Generator& generator, std::size_t depots,
                                  std::size_t profiles) {
    VehicleType type;
    type.available = generator.below(2) + 1;
    type.capacity = {drawn(generator, 5, 20), drawn(generator, 5, 20)};
    type.start = generator.below(depots);
    type.end = generator.below(depots);
    type.shift = {drawn(generator, 0, 40), drawn(generator, 300, 500)};
    type.longest = drawn(generator, 150, 500);
    type.fixed = drawn(generator, 0, 50);
    type.per_distance = drawn(generator, 0, 3);
    type.per_duration = drawn(generator, 0, 2);
    type.profile = generator.below(profiles);
    return type;
}

// Two depots, two kinds of travel, two dimensions, three types of vehicles.
inline Problem random_problem(statistics::Generator& generator, std::size_t visits) {
    Description day;
    for (int i = 0; i < 2; ++i)
        day.depots.push_back({{generator.share(), generator.share()}, {0, 450}});
    for (std::size_t i = 0; i < visits; ++i)
        day.visits.push_back(random_visit(generator));
    for (int i = 0; i < 2; ++i)
        day.profiles.push_back(random_travel(generator, day.depots.size() + visits));
    for (int i = 0; i < 3; ++i)
        day.vehicle_types.push_back(random_vehicle(generator, day.depots.size(), day.profiles.size()));
    return Problem(std::move(day));
}

// A plan that breaks whatever rules it likes.
inline Solution random_plan(statistics::Generator& generator, const Problem& problem) {
    std::vector<Route> routes;
    for (std::size_t type = 0; type < problem.vehicle_types().size(); ++type)
        routes.insert(routes.end(), std::min(problem.vehicle_type(type).available, problem.visits().size()),
                      Route{type, {}});
    std::vector<Node> order;
    for (Node node = problem.first_visit(); node < problem.nodes(); ++node)
        order.push_back(node);
    shuffle(order, generator);
    for (const Node node : order) {
        if (problem.visit(node).required || generator.below(2) == 0)
            routes[generator.below(routes.size())].visits.push_back(node);
    }
    return {problem, std::move(routes)};
}

}  // namespace kansli::plan::routing
