#include "plan/routing/crossover.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace kansli::plan::routing {

namespace {

// The routes in the order in which a hand of a clock passes them, seen from the middle of all visits.
std::vector<Route> around_the_middle(const Problem& problem, const Solution& solution) {
    const auto middle_of = [&](const auto& nodes) {
        Position sum;
        for (const Node node : nodes) {
            sum.x += problem.position(node).x;
            sum.y += problem.position(node).y;
        }
        const auto count = static_cast<double>(nodes.size());
        return Position{sum.x / count, sum.y / count};
    };
    std::vector<Node> all;
    for (const Route& route : solution.routes())
        all.insert(all.end(), route.visits.begin(), route.visits.end());
    const Position middle = middle_of(all);
    std::vector<std::pair<double, Route>> by_angle;
    for (const Route& route : solution.routes()) {
        const Position there = middle_of(route.visits);
        by_angle.emplace_back(std::atan2(there.y - middle.y, there.x - middle.x), route);
    }
    std::ranges::stable_sort(by_angle, {}, [](const auto& item) { return item.first; });
    std::vector<Route> routes;
    for (auto& [angle, route] : by_angle)
        routes.push_back(std::move(route));
    return routes;
}

// A parent, and which of its routes take part: `count` from `first` on, around the clock.
struct Selection {
    std::vector<Route> routes;
    std::size_t first = 0;
    std::size_t count = 0;
    std::vector<bool> has{};  // by node

    [[nodiscard]] const Route& at(std::size_t i) const { return routes[(first + i) % routes.size()]; }
    [[nodiscard]] const Route& before() const { return at(routes.size() - 1); }
    [[nodiscard]] const Route& last() const { return at(count - 1); }
    [[nodiscard]] const Route& behind() const { return at(count); }

    void mark(const Route& route, bool value) {
        for (const Node node : route.visits)
            has[static_cast<std::size_t>(node)] = value;
    }
    void select(std::size_t nodes) {
        has.assign(nodes, false);
        for (std::size_t i = 0; i < count; ++i)
            mark(at(i), true);
    }
    void shift(bool right) {
        mark(right ? at(0) : last(), false);
        mark(right ? behind() : before(), true);
        first = (first + (right ? 1 : routes.size() - 1)) % routes.size();
    }
};

int shared(const Route& route, const Selection& selection) {
    return static_cast<int>(std::ranges::count_if(
        route.visits, [&](Node node) { return selection.has[static_cast<std::size_t>(node)]; }));
}

int not_shared(const Route& route, const Selection& selection) {
    return static_cast<int>(route.visits.size()) - shared(route, selection);
}

// Moves the two selections around until the first holds as few visits as can be that the second does not hold.
void bring_together(Selection& a, Selection& b) {
    for (;;) {
        const std::array<int, 4> change{
            a.count == a.routes.size() ? 0 : not_shared(a.before(), b) - not_shared(a.last(), b),
            a.count == a.routes.size() ? 0 : not_shared(a.behind(), b) - not_shared(a.at(0), b),
            b.count == b.routes.size() ? 0 : shared(b.last(), a) - shared(b.before(), a),
            b.count == b.routes.size() ? 0 : shared(b.at(0), a) - shared(b.behind(), a)};
        const auto best = std::ranges::min_element(change);
        if (*best >= 0) return;
        const auto which = best - change.begin();
        (which < 2 ? a : b).shift(which % 2 == 1);
    }
}

}  // namespace

std::pair<Solution, Solution> selective_route_exchange(const Problem& problem, const Solution& one,
                                                       const Solution& other,
                                                       statistics::Generator& generator) {
    if (one.routes().empty() || other.routes().empty()) return {one, other};
    Selection a{around_the_middle(problem, one)};
    Selection b{around_the_middle(problem, other)};
    const auto nodes = static_cast<std::size_t>(problem.nodes());
    a.first = generator.below(a.routes.size());
    b.first = a.first < b.routes.size() ? a.first : 0;
    a.count = b.count = 1 + generator.below(std::min(a.routes.size(), b.routes.size()));
    a.select(nodes);
    b.select(nodes);
    bring_together(a, b);

    std::vector<Route> taking(a.routes.size());   // who came decides
    std::vector<Route> keeping(a.routes.size());  // who stayed decides
    for (std::size_t i = 0; i < a.routes.size(); ++i) {
        taking[i].vehicle_type = keeping[i].vehicle_type = a.at(i).vehicle_type;
        for (const Node node : i < a.count ? b.at(i).visits : a.at(i).visits) {
            const auto index = static_cast<std::size_t>(node);
            const bool only_in_b = b.has[index] && !a.has[index];
            if (i < a.count || !only_in_b) taking[i].visits.push_back(node);
            if (i >= a.count || !only_in_b) keeping[i].visits.push_back(node);
        }
    }
    return {Solution(problem, std::move(taking)), Solution(problem, std::move(keeping))};
}

}  // namespace kansli::plan::routing
