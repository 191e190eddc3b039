#include "plan/routing/local_search.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "plan/core/shuffle.hpp"

namespace kansli::plan::routing {

namespace {

// Routes are looked at together by SWAP* when a visit of one has this near a visit of the other.
constexpr std::size_t near_for_routes = 10;

}  // namespace

LocalSearch::LocalSearch(const Problem& problem, const Neighbourhood& neighbourhood, const StopRule& stop)
    : problem_(&problem),
      neighbourhood_(&neighbourhood),
      stop_(&stop),
      plan_(problem),
      swap_star_(plan_),
      origins_(static_cast<std::size_t>(plan_.routes())),
      order_(problem.visits().size()),
      tested_(static_cast<std::size_t>(problem.nodes())),
      tested_routes_(static_cast<std::size_t>(plan_.routes())),
      marks_(static_cast<std::size_t>(plan_.routes())) {
}

void LocalSearch::begin(const Solution& solution, const Penalties& penalties,
                        statistics::Generator& generator) {
    plan_.load(solution, penalties);
    std::iota(order_.begin(), order_.end(), problem_->first_visit());
    shuffle(order_, generator);
    std::ranges::fill(origins_, 0U);
    std::ranges::fill(tested_, -1);
    std::ranges::fill(tested_routes_, -1);
    insert_missing();
}

Solution LocalSearch::complete(const Solution& solution, const Penalties& penalties,
                               statistics::Generator& generator) {
    begin(solution, penalties, generator);
    return plan_.solution();
}

Solution LocalSearch::improve(const Solution& solution, const Penalties& penalties,
                              statistics::Generator& generator, bool thorough, const Parents& parents) {
    begin(solution, penalties, generator);
    find_origins(parents);
    bool with_empty_routes = false;
    while (!stop_->out_of_time()) {
        const bool changed = pass(with_empty_routes);
        if (changed) continue;
        if (std::exchange(with_empty_routes, true) == false) continue;
        if (!thorough || !pass_over_routes()) break;
    }
    return plan_.solution();
}

// Vehicles that are not alike make other routes of the same visits, so then nothing is said to be from a parent.
void LocalSearch::find_origins(const Parents& parents) {
    if (problem_->vehicle_types().size() > 1) return;
    for (int index = 0; index < plan_.routes(); ++index) {
        const WorkingRoute& route = plan_.route(index);
        unsigned& origins = origins_[static_cast<std::size_t>(index)];
        for (std::size_t parent = 0; parent < parents.size(); ++parent) {
            bool same = true;
            for (int position = 1; position <= route.size() && same; ++position) {
                const Node node = route[position];
                same = parents[parent]->before(node) == route[position - 1] &&
                       parents[parent]->after(node) == route[position + 1];
            }
            if (same) origins |= 1U << parent;
        }
    }
}

bool LocalSearch::share_parent(int route, int other) const {
    const auto origins = [&](int index) {
        return plan_.route(index).changed == 0 ? origins_[static_cast<std::size_t>(index)] : 0U;
    };
    return (origins(route) & origins(other)) != 0;
}

void LocalSearch::insert_missing() {
    for (const Node visit : order_) {
        if (plan_.place(visit).planned() || !problem_->visit(visit).required) continue;
        const auto best = plan_.best_insertion(visit);
        if (best.route >= 0) plan_.insert(visit, best.route, best.position);  // or there is no vehicle at all
    }
}

bool LocalSearch::pass(bool with_empty_routes) {
    const auto before = plan_.changes();
    for (const Node visit : order_) {
        if (stop_->out_of_time()) return false;
        if (!problem_->visit(visit).required) try_optional(visit);
        if (plan_.place(visit).planned()) look_around(visit, with_empty_routes);
    }
    return plan_.changes() != before;
}

void LocalSearch::look_around(Node visit, bool with_empty_routes) {
    const auto tested = std::exchange(tested_[static_cast<std::size_t>(visit)], plan_.changes());
    const auto is_new = [&](int route) { return plan_.route(route).changed > tested; };
    for (const Node near : neighbourhood_->of(visit)) {
        const Place& there = plan_.place(near);
        if (!there.planned()) continue;
        if (!is_new(there.route) && !is_new(plan_.place(visit).route)) continue;
        if (share_parent(there.route, plan_.place(visit).route)) continue;
        if (try_pair(visit, near)) continue;
        if (there.position == 1 && there.route != plan_.place(visit).route)
            (void)try_behind_start(visit, there.route);
    }
    if (with_empty_routes) try_empty_routes(visit);
}

bool LocalSearch::try_pair(Node visit, Node near) {
    const Place one = plan_.place(visit);
    const Place other = plan_.place(near);
    return one.route == other.route ? try_within(one, other) : try_between(one, other);
}

bool LocalSearch::try_between(Place one, Place other) {
    const int left = plan_.route(one.route).size() - one.position + 1;  // stops from there on
    const int other_left = plan_.route(other.route).size() - other.position + 1;
    if (improve_by(plan_, relocation(plan_, one, 1, other))) return true;
    if (left >= 2 && improve_by(plan_, relocation(plan_, one, 2, other))) return true;
    if (left >= 2 && improve_by(plan_, relocation(plan_, one, 2, other, true))) return true;
    if (left >= 3 && improve_by(plan_, relocation(plan_, one, 3, other))) return true;
    if (improve_by(plan_, exchange(plan_, one, 1, other, 1))) return true;
    if (left >= 2 && improve_by(plan_, exchange(plan_, one, 2, other, 1))) return true;
    if (left >= 2 && other_left >= 2 && improve_by(plan_, exchange(plan_, one, 2, other, 2))) return true;
    return improve_by(plan_, tails(plan_, one, other));
}

bool LocalSearch::try_within(Place one, Place other) {
    const int size = plan_.route(one.route).size();
    const auto relocates = [&](int length, bool backwards = false) {
        const bool apart = other.position < one.position - 1 || other.position >= one.position + length;
        return apart && one.position + length - 1 <= size &&
               improve_by(plan_, relocation_within(plan_, one, length, other.position, backwards));
    };
    const auto exchanges = [&](int length, int other_length) {
        const bool fits = one.position + length - 1 <= size && other.position + other_length - 1 <= size;
        const bool apart =
            one.position + length <= other.position || other.position + other_length <= one.position;
        return fits && apart && improve_by(plan_, exchange_within(plan_, one, length, other, other_length));
    };
    if (relocates(1) || relocates(2) || relocates(2, true) || relocates(3)) return true;
    if (exchanges(1, 1) || exchanges(2, 1) || exchanges(2, 2)) return true;
    const int first = one.position < other.position ? one.position + 1 : other.position;
    const int last = one.position < other.position ? other.position : one.position - 1;
    return first < last && improve_by(plan_, reversal(plan_, one.route, first, last));
}

bool LocalSearch::try_behind_start(Node visit, int route) {
    const Place one = plan_.place(visit);
    const int left = plan_.route(one.route).size() - one.position + 1;
    const Place start{route, 0};
    if (improve_by(plan_, relocation(plan_, one, 1, start))) return true;
    if (left >= 2 && improve_by(plan_, relocation(plan_, one, 2, start))) return true;
    if (left >= 2 && improve_by(plan_, relocation(plan_, one, 2, start, true))) return true;
    if (left >= 3 && improve_by(plan_, relocation(plan_, one, 3, start))) return true;
    // Two vehicles that are not alike change everything.
    const bool alike = plan_.route(one.route).vehicle_type() == plan_.route(route).vehicle_type();
    return !alike && improve_by(plan_, tails(plan_, {one.route, 0}, {route, 1}));
}

void LocalSearch::try_empty_routes(Node visit) {
    for (const int route : plan_.empty_routes()) {
        if (try_behind_start(visit, route)) continue;
        const Place one = plan_.place(visit);
        (void)improve_by(plan_, tails(plan_, {one.route, one.position - 1}, {route, 1}));
    }
}

void LocalSearch::try_optional(Node visit) {
    const Cost prize = problem_->visit(visit).prize;
    const Place& place = plan_.place(visit);
    if (place.planned()) {
        if (plan_.removal(place.route, place.position) + prize < 0) plan_.remove(visit);
        return;
    }
    const auto best = plan_.best_insertion(visit, neighbourhood_->of(visit));
    if (best.route >= 0 && best.change < prize) return plan_.insert(visit, best.route, best.position);
    for (const Node near : neighbourhood_->of(visit)) {
        if (problem_->visit(near).required || !plan_.place(near).planned()) continue;
        const auto [route, position] = plan_.place(near);
        if (plan_.replacement(visit, route, position) + problem_->visit(near).prize < prize)
            return plan_.replace(near, visit);
    }
}

bool LocalSearch::pass_over_routes() {
    const auto before = plan_.changes();
    for (int one = 0; one < plan_.routes(); ++one) {
        if (plan_.route(one).empty()) continue;
        const auto tested = std::exchange(tested_routes_[static_cast<std::size_t>(one)], plan_.changes());
        for (const int other : routes_near(one)) {
            if (stop_->out_of_time()) return false;
            if (plan_.route(one).changed <= tested && plan_.route(other).changed <= tested) continue;
            if (plan_.route(one).empty() || plan_.route(other).empty()) continue;
            if (share_parent(one, other)) continue;
            (void)swap_star_.improve(one, other);
        }
    }
    return plan_.changes() != before;
}

// The routes with a greater number that have a visit near one of this route's.
std::vector<int> LocalSearch::routes_near(int route) {
    std::vector<int> found;
    const WorkingRoute& from = plan_.route(route);
    for (int position = 1; position <= from.size(); ++position) {
        const auto& near = neighbourhood_->of(from[position]);
        for (std::size_t i = 0; i < std::min(near_for_routes, near.size()); ++i) {
            const Place& place = plan_.place(near[i]);
            if (place.route > route && std::exchange(marks_[static_cast<std::size_t>(place.route)], 1) == 0)
                found.push_back(place.route);
        }
    }
    for (const int other : found)
        marks_[static_cast<std::size_t>(other)] = 0;
    return found;
}

}  // namespace kansli::plan::routing
