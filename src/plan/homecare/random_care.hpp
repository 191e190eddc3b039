#pragma once

#include <algorithm>
#include <utility>

#include "plan/core/shuffle.hpp"
#include "plan/homecare/plan.hpp"
#include "statistics/generator.hpp"

// Problems and plans for tests, with everything in them that the model knows.
namespace kansli::plan::homecare {

inline Time drawn(statistics::Generator& generator, Time least, Time most) {
    return least + static_cast<Time>(generator.below(static_cast<std::size_t>(most - least + 1)));
}

// Some of the carers, two at least.
inline std::vector<Index> random_able(statistics::Generator& generator, std::size_t carers) {
    std::vector<Index> able;
    for (std::size_t carer = 0; carer < carers; ++carer)
        able.push_back(static_cast<Index>(carer));
    shuffle(able, generator);
    able.resize(2 + generator.below(carers - 1));
    std::ranges::sort(able);
    return able;
}

inline Index add_random_task(statistics::Generator& generator, Description& day) {
    Task task{.place = static_cast<Index>(generator.below(day.places)), .service = drawn(generator, 0, 20)};
    task.window.opens = drawn(generator, 0, 150);
    task.window.closes = task.window.opens + drawn(generator, 0, 100);
    task.able = random_able(generator, day.carers.size());
    day.tasks.push_back(std::move(task));
    return static_cast<Index>(day.tasks.size() - 1);
}

inline Problem random_care(statistics::Generator& generator, std::size_t visits, std::size_t carers) {
    Description day{.places = 2 + generator.below(6)};
    for (std::size_t i = 0; i < day.places * day.places; ++i)
        day.travel.push_back(i % (day.places + 1) == 0 ? 0
                                                       : static_cast<std::int32_t>(drawn(generator, 1, 50)));
    for (std::size_t i = 0; i < carers; ++i) {
        day.carers.push_back({static_cast<Index>(generator.below(day.places)),
                              {drawn(generator, 0, 60), drawn(generator, 200, 400)}});
    }
    for (std::size_t i = 0; i < visits; ++i) {
        Visit visit{.first = add_random_task(generator, day)};
        if (generator.below(3) == 0) {
            visit.second = add_random_task(generator, day);
            visit.least_gap = generator.below(2) == 0 ? 0 : drawn(generator, 0, 40);
            visit.most_gap = visit.least_gap + (generator.below(2) == 0 ? 0 : drawn(generator, 0, 30));
        }
        day.visits.push_back(visit);
    }
    day.weights = {drawn(generator, 1, 3), drawn(generator, 0, 3), drawn(generator, 0, 3)};
    day.late_is_allowed = generator.below(2) == 0;
    return Problem(std::move(day));
}

inline Plan random_plan(statistics::Generator& generator, const Problem& problem) {
    Plan plan;
    plan.carer.resize(problem.tasks().size());
    const auto drawn_carer = [&](Index task) {
        const auto& able = problem.tasks()[task].able;
        return able[generator.below(able.size())];
    };
    for (std::size_t i = 0; i < problem.visits().size(); ++i) {
        const Visit& visit = problem.visits()[i];
        plan.order.push_back(static_cast<Index>(i));
        plan.carer[visit.first] = drawn_carer(visit.first);
        if (!visit.is_double()) continue;
        do {
            plan.carer[visit.second] = drawn_carer(visit.second);
        } while (plan.carer[visit.second] == plan.carer[visit.first]);
    }
    shuffle(plan.order, generator);
    return plan;
}

}  // namespace kansli::plan::homecare
