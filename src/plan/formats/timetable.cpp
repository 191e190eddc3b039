#include "plan/formats/timetable.hpp"

#include <algorithm>

namespace kansli::plan::formats {

namespace {

using routing::Node;
using routing::Problem;
using routing::Route;
using routing::Time;

Walk from_start(const Problem& problem, const Route& route, Time start) {
    const routing::VehicleType& type = problem.vehicle_type(route.vehicle_type);
    const routing::TravelMatrix& travel = problem.travel_of(route.vehicle_type);
    Walk walk{.starts = start};
    Time now = start;
    auto last = static_cast<Node>(type.start);
    for (const Node node : route.visits) {
        const routing::Visit& visit = problem.visit(node);
        now += travel.at(last, node).duration;
        walk.arrives.push_back(now);
        now = std::max(now, visit.window.opens);
        walk.begins.push_back(now);
        now += visit.service;
        last = node;
    }
    now += travel.at(last, static_cast<Node>(type.end)).duration;
    walk.ends = std::max({now, problem.depots()[type.end].window.opens, type.shift.opens});
    return walk;
}

// The first moment at which the vehicle may leave.
Time first_start(const Problem& problem, const Route& route) {
    const routing::VehicleType& type = problem.vehicle_type(route.vehicle_type);
    Time start = std::max(problem.depots()[type.start].window.opens, type.shift.opens);
    for (const Node node : route.visits)
        start = std::max(start, problem.visit(node).release);
    return start;
}

// The latest start from which no visit begins after its window, or, when it does so anyway, after what it did in `walk`.
Time latest_start(const Problem& problem, const Route& route, const Walk& walk) {
    const routing::VehicleType& type = problem.vehicle_type(route.vehicle_type);
    const routing::TravelMatrix& travel = problem.travel_of(route.vehicle_type);
    Time latest = walk.ends;
    auto next = static_cast<Node>(type.end);
    for (std::size_t i = route.visits.size(); i-- > 0;) {
        const routing::Visit& visit = problem.visit(route.visits[i]);
        latest -= travel.at(route.visits[i], next).duration + visit.service;
        latest = std::min(latest, std::max(visit.window.closes, walk.begins[i]));
        next = route.visits[i];
    }
    latest -= travel.at(static_cast<Node>(type.start), next).duration;
    const Time closes = std::min(problem.depots()[type.start].window.closes, type.shift.closes);
    return std::max(walk.starts, std::min(latest, closes));
}

}  // namespace

Walk walk_along(const Problem& problem, const Route& route) {
    const Walk early = from_start(problem, route, first_start(problem, route));
    return from_start(problem, route, latest_start(problem, route, early));
}

Timetable timetable_of(const Instance& instance, const Route& route) {
    const Walk walk = walk_along(instance.problem, route);
    const auto told = [&](Time time) { return static_cast<double>(time) / instance.time_unit; };
    Timetable table{instance.vehicle_ids[route.vehicle_type], told(walk.starts), told(walk.ends), {}};
    for (std::size_t i = 0; i < route.visits.size(); ++i) {
        const Node node = route.visits[i];
        const auto index = static_cast<std::size_t>(node - instance.problem.first_visit());
        table.visits.push_back({instance.visit_ids[index], told(walk.arrives[i]), told(walk.begins[i]),
                                told(walk.begins[i] + instance.problem.visit(node).service)});
    }
    return table;
}

}  // namespace kansli::plan::formats
