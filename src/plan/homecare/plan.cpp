#include "plan/homecare/plan.hpp"

#include <algorithm>

namespace kansli::plan::homecare {

namespace {

// Where each carer is, and from when on.
struct Whereabouts {
    Index place;
    Time free;
};

std::vector<Index> tasks_of(const Visit& visit) {
    return visit.is_double() ? std::vector{visit.first, visit.second} : std::vector{visit.first};
}

}  // namespace

Evaluation evaluate(const Problem& problem, const Plan& plan) {
    Evaluation result;
    result.begins.resize(problem.tasks().size());
    result.arrives.resize(problem.tasks().size());
    std::vector<Whereabouts> carers;
    for (const Carer& carer : problem.carers())
        carers.push_back({carer.base, carer.shift.opens});
    for (const Index number : plan.order) {
        const Visit& visit = problem.visits()[number];
        for (const Index task : tasks_of(visit)) {
            const Whereabouts& from = carers[plan.carer[task]];
            const Time way = problem.travel(from.place, problem.tasks()[task].place);
            result.travel += way;
            result.arrives[task] = from.free + way;
            result.begins[task] = std::max(result.arrives[task], problem.tasks()[task].window.opens);
        }
        if (visit.is_double()) {
            Time& first = result.begins[visit.first];
            Time& second = result.begins[visit.second];
            second = std::max(second, first + visit.least_gap);
            first = std::max(first, second - visit.most_gap);
        }
        for (const Index task : tasks_of(visit)) {
            const Task& done = problem.tasks()[task];
            const Time late = std::max<Time>(0, result.begins[task] - done.window.closes);
            result.lateness += late;
            result.worst_lateness = std::max(result.worst_lateness, late);
            carers[plan.carer[task]] = {done.place, result.begins[task] + done.service};
        }
    }
    for (std::size_t i = 0; i < carers.size(); ++i) {
        const Carer& carer = problem.carers()[i];
        const Time way = problem.travel(carers[i].place, carer.base);
        result.travel += way;
        result.returns.push_back(carers[i].free + way);
        result.overtime += std::max<Time>(0, result.returns.back() - carer.shift.closes);
    }
    return result;
}

Time broken(const Problem& problem, const Evaluation& evaluation) {
    return evaluation.overtime + (problem.late_is_allowed() ? 0 : evaluation.lateness);
}

Cost cost(const Problem& problem, const Evaluation& evaluation) {
    const Weights& weights = problem.weights();
    const Cost travel = weights.travel * evaluation.travel;
    if (!problem.late_is_allowed()) return travel;
    return travel + weights.lateness * evaluation.lateness +
           weights.worst_lateness * evaluation.worst_lateness;
}

std::vector<std::vector<Index>> routes(const Problem& problem, const Plan& plan) {
    std::vector<std::vector<Index>> routes(problem.carers().size());
    for (const Index visit : plan.order) {
        for (const Index task : tasks_of(problem.visits()[visit]))
            routes[plan.carer[task]].push_back(task);
    }
    return routes;
}

}  // namespace kansli::plan::homecare
