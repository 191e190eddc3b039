#pragma once

#include "plan/routing/working_plan.hpp"

// The moves of the local search. Each says which parts its one or two routes become; `improve_by` and `change_by` do the
// rest in the same way for all.
//
// Sources: relocating and exchanging of short pieces ("or-opt") Or 1976 and Osman 1993; exchange of tails ("2-opt*") Potvin,
// Rousseau, "An exchange heuristic for routeing problems with time windows", Journal of the Operational Research Society 46
// (1995); reversal ("2-opt") Croes 1958.
namespace kansli::plan::routing {

// The new parts of one route or of two.
template <std::size_t count>
struct OneRoute {
    int route;
    Parts<count> parts;
};
template <std::size_t count, std::size_t other_count>
struct TwoRoutes {
    int route;
    Parts<count> parts;
    int other;
    Parts<other_count> other_parts;
};

// What a move changes the cost by; inexact as change_of() says.
template <bool exact = false, std::size_t count>
[[nodiscard]] Cost change_by(const WorkingPlan& plan, const OneRoute<count>& move) {
    return change_of<exact>(plan.route(move.route), move.parts, plan.penalties());
}
template <bool exact = false, std::size_t count, std::size_t other_count>
[[nodiscard]] Cost change_by(const WorkingPlan& plan, const TwoRoutes<count, other_count>& move) {
    return change_of<exact>(plan.route(move.route), move.parts, plan.route(move.other), move.other_parts,
                            plan.penalties());
}

template <std::size_t count>
void apply(WorkingPlan& plan, const OneRoute<count>& move) {
    plan.rebuild(move.route, move.parts);
}
template <std::size_t count, std::size_t other_count>
void apply(WorkingPlan& plan, const TwoRoutes<count, other_count>& move) {
    plan.rebuild(move.route, move.parts, move.other, move.other_parts);
}

// Makes the move if the plan gets cheaper by it.
template <typename Move>
[[nodiscard]] bool improve_by(WorkingPlan& plan, const Move& move) {
    if (change_by(plan, move) >= 0) return false;
    apply(plan, move);
    return true;
}

// `length` stops from `from` on go behind `to` in another route, in reversed order if `backwards`. `to` may be a start.
inline TwoRoutes<2, 3> relocation(const WorkingPlan& plan, Place from, int length, Place to,
                                  bool backwards = false) {
    const WorkingRoute& out = plan.route(from.route);
    const WorkingRoute& in = plan.route(to.route);
    const int last = from.position + length - 1;
    return {
        from.route,
        {{{&out, 0, from.position - 1}, {&out, last + 1, out.end()}}},
        to.route,
        {{{&in, 0, to.position}, {&out, from.position, last, backwards}, {&in, to.position + 1, in.end()}}}};
}

// The same inside a route. Requires: `to` is not one of the stops, nor the one before them.
inline OneRoute<4> relocation_within(const WorkingPlan& plan, Place from, int length, int to,
                                     bool backwards = false) {
    const WorkingRoute& route = plan.route(from.route);
    const int last = from.position + length - 1;
    const Part moved{&route, from.position, last, backwards};
    if (to < from.position)
        return {
            from.route,
            {{{&route, 0, to}, moved, {&route, to + 1, from.position - 1}, {&route, last + 1, route.end()}}}};
    return {from.route,
            {{{&route, 0, from.position - 1}, {&route, last + 1, to}, moved, {&route, to + 1, route.end()}}}};
}

// Stops of two routes change places: `length` from `one` on, `other_length` from `other` on.
inline TwoRoutes<3, 3> exchange(const WorkingPlan& plan, Place one, int length, Place other,
                                int other_length) {
    const WorkingRoute& a = plan.route(one.route);
    const WorkingRoute& b = plan.route(other.route);
    const Part from_a{&a, one.position, one.position + length - 1};
    const Part from_b{&b, other.position, other.position + other_length - 1};
    return {one.route,
            {{{&a, 0, one.position - 1}, from_b, {&a, from_a.last + 1, a.end()}}},
            other.route,
            {{{&b, 0, other.position - 1}, from_a, {&b, from_b.last + 1, b.end()}}}};
}

// The same inside a route. Requires: the pieces have no stop in common.
inline OneRoute<5> exchange_within(const WorkingPlan& plan, Place one, int length, Place other,
                                   int other_length) {
    const WorkingRoute& route = plan.route(one.route);
    Part early{&route, one.position, one.position + length - 1};
    Part late{&route, other.position, other.position + other_length - 1};
    if (late.first < early.first) std::swap(early, late);
    return {one.route,
            {{{&route, 0, early.first - 1},
              late,
              {&route, early.last + 1, late.first - 1},
              early,
              {&route, late.last + 1, route.end()}}}};
}

// Two routes change what stands behind `one` and from `other` on, so that `other` follows `one`.
inline TwoRoutes<3, 3> tails(const WorkingPlan& plan, Place one, Place other) {
    const WorkingRoute& a = plan.route(one.route);
    const WorkingRoute& b = plan.route(other.route);
    // Vehicles of a kind share even the way to the end; others have their own.
    const bool alike = a.vehicle_type() == b.vehicle_type();
    const Part end_of_a = alike ? Part{} : Part{&a, a.end(), a.end()};
    const Part end_of_b = alike ? Part{} : Part{&b, b.end(), b.end()};
    const int last_of_a = alike ? a.end() : a.size();
    const int last_of_b = alike ? b.end() : b.size();
    return {one.route,
            {{{&a, 0, one.position}, {&b, other.position, last_of_b}, end_of_a}},
            other.route,
            {{{&b, 0, other.position - 1}, {&a, one.position + 1, last_of_a}, end_of_b}}};
}

// The stops from `first` to `last` are visited in reversed order.
inline OneRoute<3> reversal(const WorkingPlan& plan, int route, int first, int last) {
    const WorkingRoute& a = plan.route(route);
    return {route, {{{&a, 0, first - 1}, {&a, first, last, true}, {&a, last + 1, a.end()}}}};
}

}  // namespace kansli::plan::routing
