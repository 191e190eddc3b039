#include "plan/homecare/construction.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace kansli::plan::homecare {

namespace {

// Gives visits to carers one after the other, who stay where the last one ended.
class Construction {
  public:
    explicit Construction(const Problem& problem) : problem_(problem) {
        for (const Carer& carer : problem.carers())
            carers_.push_back({carer.base, carer.shift.opens});
        plan_.carer.resize(problem.tasks().size(), no_carer);
        plan_.order.resize(problem.visits().size());
        std::iota(plan_.order.begin(), plan_.order.end(), Index{0});
        std::ranges::stable_sort(plan_.order, {}, [&](Index visit) {
            return problem.tasks()[problem.visits()[visit].first].window.closes;
        });
    }

    Plan run() {
        for (const Index visit : plan_.order)
            give(problem_.visits()[visit]);
        return std::move(plan_);
    }

  private:
    struct Whereabouts {
        Index place;
        Time free;
    };

    [[nodiscard]] Time begin(Index task, Index carer) const {
        const Task& next = problem_.tasks()[task];
        const Time way = problem_.travel(carers_[carer].place, next.place);
        return std::max(carers_[carer].free + way, next.window.opens);
    }

    // The way there, and what the task begins too late.
    [[nodiscard]] Time price(Index task, Index carer, Time begin) const {
        const Task& next = problem_.tasks()[task];
        return problem_.travel(carers_[carer].place, next.place) +
               std::max<Time>(0, begin - next.window.closes);
    }

    void set(Index task, Index carer, Time begin) {
        const Task& done = problem_.tasks()[task];
        plan_.carer[task] = carer;
        carers_[carer] = {done.place, begin + done.service};
    }

    void give(const Visit& visit) {
        Time least = std::numeric_limits<Time>::max();
        Index best_first = no_carer;
        Index best_second = no_carer;
        const auto consider = [&](Time price, Index first, Index second) {
            if (price >= least) return;
            least = price;
            best_first = first;
            best_second = second;
        };
        for (const Index first : problem_.tasks()[visit.first].able) {
            const Time begins = begin(visit.first, first);
            if (!visit.is_double()) {
                consider(price(visit.first, first, begins), first, no_carer);
                continue;
            }
            for (const Index second : problem_.tasks()[visit.second].able) {
                if (second == first) continue;
                const Time then = std::max(begin(visit.second, second), begins + visit.least_gap);
                consider(price(visit.first, first, std::max(begins, then - visit.most_gap)) +
                             price(visit.second, second, then),
                         first, second);
            }
        }
        Time begins = begin(visit.first, best_first);
        if (visit.is_double()) {
            const Time then = std::max(begin(visit.second, best_second), begins + visit.least_gap);
            begins = std::max(begins, then - visit.most_gap);
            set(visit.second, best_second, then);
        }
        set(visit.first, best_first, begins);
    }

    const Problem& problem_;
    std::vector<Whereabouts> carers_;
    Plan plan_;
};

}  // namespace

Plan first_plan(const Problem& problem) {
    return Construction(problem).run();
}

}  // namespace kansli::plan::homecare
