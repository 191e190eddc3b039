#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "plan/routing/working_route.hpp"

// What a route would cost that is put together from pieces of others.
//
// Every move of the local search is told in this one way: "this route becomes these parts, and that one those". What a
// part brings is known without walking along it when it begins at a start, ends at an end, or is a single stop; other
// parts are short in all moves but those inside one route, where their length bounds the work.
namespace kansli::plan::routing {

// The stops from first to last of a route, or from last back to first. None when first > last.
struct Part {
    const WorkingRoute* route = nullptr;
    int first = 0;
    int last = -1;
    bool backwards = false;

    [[nodiscard]] bool empty() const { return first > last; }
    [[nodiscard]] int size() const { return last - first + 1; }
    [[nodiscard]] Node head() const { return (*route)[backwards ? last : first]; }
    [[nodiscard]] Node tail() const { return (*route)[backwards ? first : last]; }
};

// The first part begins at the start of the route that is put together, and the last one that is not empty ends at its end.
template <std::size_t count>
using Parts = std::array<Part, count>;

// The distance along a part when it is travelled by another vehicle or backwards.
[[nodiscard]] Distance walked_distance(const Part& part, const TravelMatrix& travel);
// The part as a segment, stop by stop.
[[nodiscard]] TimeSegment walked_time(const Part& part, const TravelMatrix& travel);

[[nodiscard]] inline bool is_travelled_alike(const Part& part, const WorkingRoute& into) {
    return !part.backwards && &part.route->travel() == &into.travel();
}

[[nodiscard]] inline Distance distance_of(const Part& part, const WorkingRoute& into) {
    return is_travelled_alike(part, into) ? part.route->distance(part.first, part.last)
                                          : walked_distance(part, into.travel());
}

[[nodiscard]] inline TimeSegment time_of(const Part& part, const WorkingRoute& into) {
    if (part.first == part.last) return part.route->at(part.first);
    if (is_travelled_alike(part, into)) {
        if (part.first == 0) return part.route->until(part.last);
        if (part.last == part.route->end()) return part.route->from(part.first);
    }
    return walked_time(part, into.travel());
}

// Cost of the distance, and of the vehicle. Most moves are refused on this alone, so it is unrolled.
template <std::size_t count>
[[nodiscard]] Cost distance_cost(const WorkingRoute& into, const Parts<count>& parts) {
    const TravelMatrix& travel = into.travel();
    Distance distance = distance_of(parts[0], into);
    Node last = parts[0].tail();
    int stops = parts[0].size();
    const auto go_on = [&](const Part& part) {
        if (part.empty()) return;
        distance += travel.at(last, part.head()).distance + distance_of(part, into);
        last = part.tail();
        stops += part.size();
    };
    [&]<std::size_t... index>(std::index_sequence<index...>) {
        (go_on(parts[index + 1]), ...);
    }(std::make_index_sequence<count - 1>{});
    return stops == 2 ? 0 : into.vehicle().fixed + into.vehicle().per_distance * distance;
}

template <std::size_t count>
[[nodiscard]] Cost load_cost(const WorkingRoute& into, const Parts<count>& parts,
                             const Penalties& penalties) {
    Cost cost = 0;
    for (std::size_t dimension = 0; dimension < penalties.load.size(); ++dimension) {
        Load load = 0;
        for (const Part& part : parts) {
            if (!part.empty()) load += part.route->load(part.first, part.last, dimension);
        }
        cost += cost_of_load(load, into.vehicle(), dimension, penalties);
    }
    return cost;
}

template <std::size_t count>
[[nodiscard]] Cost time_cost(const WorkingRoute& into, const Parts<count>& parts,
                             const Penalties& penalties) {
    const TravelMatrix& travel = into.travel();
    TimeSegment time = time_of(parts[0], into);
    Node last = parts[0].tail();
    int stops = parts[0].size();
    for (std::size_t i = 1; i < count; ++i) {
        if (parts[i].empty()) continue;
        time = joined(time, time_of(parts[i], into), travel.at(last, parts[i].head()).duration);
        last = parts[i].tail();
        stops += parts[i].size();
    }
    return stops == 2 ? 0 : cost_of_time(time, into.vehicle(), penalties);
}

// The change of cost when a route becomes these parts. Not `exact`: may stop as soon as it is sure that it is none for the
// better, and then gives any number that is not negative.
template <bool exact = false, std::size_t count>
[[nodiscard]] Cost change_of(const WorkingRoute& route, const Parts<count>& parts,
                             const Penalties& penalties) {
    Cost change = distance_cost(route, parts) - route.cost();
    if (!exact && change >= 0) return change;
    change += load_cost(route, parts, penalties);
    if (!exact && change >= 0) return change;
    return change + time_cost(route, parts, penalties);
}

// The same for two routes at once.
template <bool exact = false, std::size_t count, std::size_t other_count>
[[nodiscard]] Cost change_of(const WorkingRoute& route, const Parts<count>& parts, const WorkingRoute& other,
                             const Parts<other_count>& other_parts, const Penalties& penalties) {
    Cost change =
        distance_cost(route, parts) + distance_cost(other, other_parts) - route.cost() - other.cost();
    if (!exact && change >= 0) return change;
    change += load_cost(route, parts, penalties) + load_cost(other, other_parts, penalties);
    if (!exact && change >= 0) return change;
    change += time_cost(route, parts, penalties);
    if (!exact && change >= 0) return change;
    return change + time_cost(other, other_parts, penalties);
}

}  // namespace kansli::plan::routing
