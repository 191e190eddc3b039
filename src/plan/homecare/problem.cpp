#include "plan/homecare/problem.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"

namespace kansli::plan::homecare {

namespace {

Time mean_of_travel(const Description& day) {
    Time sum = 0;
    Time ways = 0;
    for (const Task& from : day.tasks) {
        for (const Task& to : day.tasks) {
            if (from.place == to.place) continue;
            sum += day.travel[from.place * day.places + to.place];
            ++ways;
        }
    }
    return ways == 0 ? 1 : std::max<Time>(sum / ways, 1);
}

}  // namespace

Problem::Problem(Description description)
    : given_(std::move(description)),
      able_(given_.tasks.size() * given_.carers.size()),
      visit_of_(given_.tasks.size()),
      mean_travel_(mean_of_travel(given_)) {
    CHECK_INVARIANT(given_.travel.size() == given_.places * given_.places);
    std::vector<int> visits_of(given_.tasks.size());
    for (std::size_t i = 0; i < given_.visits.size(); ++i) {
        const Visit& visit = given_.visits[i];
        ++visits_of.at(visit.first);
        visit_of_[visit.first] = static_cast<Index>(i);
        if (visit.is_double()) {
            ++visits_of.at(visit.second);
            visit_of_[visit.second] = static_cast<Index>(i);
        }
        CHECK_INVARIANT(0 <= visit.least_gap && visit.least_gap <= visit.most_gap);
    }
    CHECK_INVARIANT(std::ranges::all_of(visits_of, [](int count) { return count == 1; }));
    for (std::size_t task = 0; task < given_.tasks.size(); ++task) {
        CHECK_INVARIANT(!given_.tasks[task].able.empty());
        for (const Index carer : given_.tasks[task].able)
            able_.at(task * given_.carers.size() + carer) = 1;
    }
}

}  // namespace kansli::plan::homecare
