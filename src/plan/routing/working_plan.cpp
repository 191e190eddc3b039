#include "plan/routing/working_plan.hpp"

#include <algorithm>

namespace kansli::plan::routing {

WorkingPlan::WorkingPlan(const Problem& problem)
    : problem_(&problem), places_(static_cast<std::size_t>(problem.nodes())) {
    for (std::size_t type = 0; type < problem.vehicle_types().size(); ++type) {
        const std::size_t useful = std::min(problem.vehicle_type(type).available, problem.visits().size());
        for (std::size_t i = 0; i < useful; ++i)
            routes_.emplace_back(problem, type);
    }
}

void WorkingPlan::load(const Solution& solution, const Penalties& penalties) {
    penalties_ = penalties;
    changes_ = 0;
    std::ranges::fill(places_, Place{});
    std::vector<bool> taken(routes_.size());
    for (const Route& route : solution.routes()) {
        std::size_t index = 0;
        while (taken[index] || routes_[index].vehicle_type() != route.vehicle_type)
            ++index;
        taken[index] = true;
        assign(static_cast<int>(index), route.visits);
    }
    for (std::size_t index = 0; index < routes_.size(); ++index) {
        if (!taken[index] && !routes_[index].empty()) assign(static_cast<int>(index), {});
        routes_[index].changed = 0;
    }
    changes_ = 0;
}

Solution WorkingPlan::solution() const {
    std::vector<Route> routes;
    for (const WorkingRoute& working : routes_) {
        if (working.empty()) continue;
        Route& route = routes.emplace_back();
        route.vehicle_type = working.vehicle_type();
        for (int position = 1; position <= working.size(); ++position)
            route.visits.push_back(working[position]);
    }
    return {*problem_, std::move(routes)};
}

std::vector<int> WorkingPlan::empty_routes() const {
    std::vector<int> found;
    for (int index = 0; index < routes(); ++index) {
        if (!route(index).empty()) continue;
        if (found.empty() || route(found.back()).vehicle_type() != route(index).vehicle_type())
            found.push_back(index);
    }
    return found;
}

// The change when `visit` alone stands between two positions; Solution::no_node for nobody.
Cost WorkingPlan::detour(int index, int before, int after, Node visit) const {
    const WorkingRoute& route = this->route(index);
    const Cost now = route.cost() - route.load_cost();
    const bool nobody = visit == Solution::no_node;
    if (nobody && before == 0 && after == route.end()) return -now;
    const TravelMatrix& travel = route.travel();
    Distance distance = route.distance(0, before) + route.distance(after, route.end());
    TimeSegment time = route.until(before);
    Node last = route[before];
    if (!nobody) {
        const Leg& to = travel.at(last, visit);
        distance += to.distance;
        time = joined(time, problem_->time_of(visit), to.duration);
        last = visit;
    }
    const Leg& on = travel.at(last, route[after]);
    distance += on.distance;
    time = joined(time, route.from(after), on.duration);
    return route.vehicle().fixed + route.vehicle().per_distance * distance +
           cost_of_time(time, route.vehicle(), penalties_) - now;
}

Cost WorkingPlan::load_change(int index, Node leaves, Node comes) const {
    const WorkingRoute& route = this->route(index);
    Cost change = -route.load_cost();
    for (std::size_t d = 0; d < penalties_.load.size(); ++d) {
        Load load = route.load(0, route.end(), d);
        if (leaves != Solution::no_node) load -= problem_->load_of(leaves, d);
        if (comes != Solution::no_node) load += problem_->load_of(comes, d);
        change += cost_of_load(load, route.vehicle(), d, penalties_);
    }
    return change;
}

Cost WorkingPlan::insertion(Node visit, int route, int position) const {
    return detour(route, position, position + 1, visit) + load_change(route, Solution::no_node, visit);
}

Cost WorkingPlan::removal(int route, int position) const {
    return detour(route, position - 1, position + 1, Solution::no_node) +
           load_change(route, this->route(route)[position], Solution::no_node);
}

Cost WorkingPlan::replacement(Node visit, int route, int position) const {
    return detour(route, position - 1, position + 1, visit) +
           load_change(route, this->route(route)[position], visit);
}

void WorkingPlan::insert(Node visit, int index, int position) {
    const WorkingRoute& route = this->route(index);
    scratch_.clear();
    append({&route, 1, position}, scratch_);
    scratch_.push_back(visit);
    append({&route, position + 1, route.size()}, scratch_);
    assign(index, scratch_);
}

void WorkingPlan::remove(Node visit) {
    const Place gone = place(visit);
    const WorkingRoute& route = this->route(gone.route);
    rebuild(gone.route, Parts<2>{{{&route, 0, gone.position - 1}, {&route, gone.position + 1, route.end()}}});
    places_[static_cast<std::size_t>(visit)] = {};
}

void WorkingPlan::replace(Node visit, Node by) {
    const Place there = place(visit);
    remove(visit);
    insert(by, there.route, there.position - 1);
}

WorkingPlan::Insertion WorkingPlan::best_insertion(Node visit) const {
    Insertion best;
    for (int index = 0; index < routes(); ++index) {
        if (route(index).empty()) continue;
        for (int position = 0; position <= route(index).size(); ++position)
            consider(visit, index, position, best);
    }
    for (const int index : empty_routes())
        consider(visit, index, 0, best);
    return best;
}

WorkingPlan::Insertion WorkingPlan::best_insertion(Node visit, const std::vector<Node>& near) const {
    Insertion best;
    for (const Node other : near) {
        if (!place(other).planned()) continue;
        consider(visit, place(other).route, place(other).position, best);
        consider(visit, place(other).route, place(other).position - 1, best);
    }
    for (const int index : empty_routes())
        consider(visit, index, 0, best);
    return best;
}

void WorkingPlan::consider(Node visit, int route, int position, Insertion& best) const {
    const Cost change = insertion(visit, route, position);
    if (best.route < 0 || change < best.change) best = {route, position, change};
}

void WorkingPlan::assign(int index, const std::vector<Node>& visits) {
    WorkingRoute& route = routes_[static_cast<std::size_t>(index)];
    route.assign(visits, penalties_);
    route.changed = ++changes_;
    for (std::size_t i = 0; i < visits.size(); ++i)
        places_[static_cast<std::size_t>(visits[i])] = {index, static_cast<int>(i) + 1};
}

void WorkingPlan::append(const Part& part, std::vector<Node>& visits) const {
    for (int i = part.first; i <= part.last; ++i) {
        const Node node = (*part.route)[part.backwards ? part.first + part.last - i : i];
        if (node >= problem_->first_visit()) visits.push_back(node);
    }
}

}  // namespace kansli::plan::routing
