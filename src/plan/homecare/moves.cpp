#include "plan/homecare/moves.hpp"

#include <algorithm>
#include <utility>

namespace kansli::plan::homecare {

namespace {

constexpr std::size_t most_neighbours = 24;
// Of a hundred draws.
constexpr std::size_t relocations = 50;
constexpr std::size_t swaps = 15;
constexpr std::size_t exchanges = 20;
constexpr std::size_t gifts = 10;

// What lies between two tasks of one carer: way, waiting, and coming too late.
Time distance_between(const Problem& problem, const Task& from, const Task& to) {
    const Time way = problem.travel(from.place, to.place);
    const Time wait = std::max<Time>(0, to.window.opens - from.window.closes - from.service - way);
    const Time late = std::max<Time>(0, from.window.opens + from.service + way - to.window.closes);
    return way + wait / 4 + late;
}

Time distance_between(const Problem& problem, const Visit& one, const Visit& other) {
    const Task& a = problem.tasks()[one.first];
    const Task& b = problem.tasks()[other.first];
    return std::min(distance_between(problem, a, b), distance_between(problem, b, a));
}

bool chance(statistics::Generator& generator, std::size_t of_hundred) {
    return generator.below(100) < of_hundred;
}

}  // namespace

Moves::Moves(const Problem& problem) : problem_(problem), neighbours_(problem.visits().size()) {
    for (std::size_t i = 0; i < neighbours_.size(); ++i) {
        std::vector<std::pair<Time, Index>> others;
        for (std::size_t j = 0; j < neighbours_.size(); ++j) {
            if (i == j) continue;
            others.emplace_back(distance_between(problem, problem.visits()[i], problem.visits()[j]),
                                static_cast<Index>(j));
        }
        std::ranges::sort(others);
        if (others.size() > most_neighbours) others.resize(most_neighbours);
        for (const auto& [distance, other] : others)
            neighbours_[i].push_back(other);
    }
}

Index Moves::drawn_neighbour(Index visit, statistics::Generator& generator) const {
    const auto& near = neighbours_[visit];
    if (near.empty() || chance(generator, 5))
        return static_cast<Index>(generator.below(problem_.visits().size()));
    return near[generator.below(near.size())];
}

Index Moves::drawn_task(Index visit, statistics::Generator& generator) const {
    const Visit& given = problem_.visits()[visit];
    return given.is_double() && chance(generator, 50) ? given.second : given.first;
}

Index Moves::drawn_carer(Index task, statistics::Generator& generator) const {
    const auto& able = problem_.tasks()[task].able;
    return able[generator.below(able.size())];
}

bool Moves::carers_differ(const WorkingPlan& plan, Index visit) const {
    const Visit& given = problem_.visits()[visit];
    return !given.is_double() || plan.carer(given.first) != plan.carer(given.second);
}

bool Moves::draw(WorkingPlan& plan, statistics::Generator& generator) const {
    const auto visit = static_cast<Index>(generator.below(problem_.visits().size()));
    std::size_t kind = generator.below(100);
    if (kind < relocations) return relocate(plan, visit, generator);
    kind -= relocations;
    if (kind < swaps) return swap(plan, visit, generator);
    kind -= swaps;
    if (kind < exchanges) return exchange(plan, visit, generator);
    kind -= exchanges;
    return kind < gifts ? give(plan, visit, generator) : reorder(plan, visit, generator);
}

bool Moves::relocate(WorkingPlan& plan, Index visit, statistics::Generator& generator) const {
    const Index other = drawn_neighbour(visit, generator);
    if (other == visit) return false;
    const std::size_t from = plan.position(visit);
    const std::size_t beside = plan.position(other) + generator.below(2);
    plan.move_visit(from, from < beside ? beside - 1 : beside);
    const Visit& given = problem_.visits()[visit];
    const Index task = drawn_task(visit, generator);
    Index carer = plan.carer(drawn_task(other, generator));
    if (!problem_.can(carer, task) || chance(generator, 10)) carer = drawn_carer(task, generator);
    plan.set_carer(task, carer);
    if (given.is_double()) {
        const Index rest = task == given.first ? given.second : given.first;
        if (chance(generator, 50) || plan.carer(rest) == carer)
            plan.set_carer(rest, drawn_carer(rest, generator));
    }
    return carers_differ(plan, visit);
}

bool Moves::swap(WorkingPlan& plan, Index visit, statistics::Generator& generator) const {
    const Index other = drawn_neighbour(visit, generator);
    if (other == visit) return false;
    plan.swap_visits(plan.position(visit), plan.position(other));
    const Index one_task = drawn_task(visit, generator);
    const Index other_task = drawn_task(other, generator);
    const Index one = plan.carer(one_task);
    const Index another = plan.carer(other_task);
    if (!problem_.can(another, one_task) || !problem_.can(one, other_task)) return false;
    plan.set_carer(one_task, another);
    plan.set_carer(other_task, one);
    return carers_differ(plan, visit) && carers_differ(plan, other);
}

bool Moves::exchange(WorkingPlan& plan, Index visit, statistics::Generator& generator) const {
    const Index task = drawn_task(visit, generator);
    const Index one = plan.carer(task);
    const Index other = drawn_carer(task, generator);
    if (one == other) return false;
    const bool to_the_end = chance(generator, 40);
    std::size_t left = to_the_end ? problem_.visits().size() : 1 + generator.below(6);
    const auto& order = plan.plan().order;
    bool changed = false;
    const auto exchanged = [&](Index given) {
        const Index now = plan.carer(given);
        if (now != one && now != other) return true;
        const Index then = now == one ? other : one;
        if (!problem_.can(then, given)) return false;
        plan.set_carer(given, then);
        changed = true;
        --left;
        return true;
    };
    for (std::size_t i = plan.position(visit); i < order.size() && left > 0; ++i) {
        const Visit& next = problem_.visits()[order[i]];
        if (!exchanged(next.first)) return changed && !to_the_end && carers_differ(plan, order[i]);
        if (next.is_double() && left > 0 && !exchanged(next.second))
            return carers_differ(plan, order[i]) && !to_the_end;
        if (!carers_differ(plan, order[i])) return false;
    }
    return changed;
}

bool Moves::give(WorkingPlan& plan, Index visit, statistics::Generator& generator) const {
    const Index task = drawn_task(visit, generator);
    const Index carer = drawn_carer(task, generator);
    if (carer == plan.carer(task)) return false;
    plan.set_carer(task, carer);
    return carers_differ(plan, visit);
}

bool Moves::reorder(WorkingPlan& plan, Index visit, statistics::Generator& generator) const {
    constexpr std::size_t most = 12;
    const std::size_t from = plan.position(visit);
    const std::size_t step = 1 + generator.below(most);
    const std::size_t last = problem_.visits().size() - 1;
    const std::size_t to = chance(generator, 50) ? from - std::min(step, from) : std::min(from + step, last);
    plan.move_visit(from, to);
    return from != to;
}

}  // namespace kansli::plan::homecare
