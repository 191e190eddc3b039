#include "plan/homecare/annealing.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <doctest/doctest.h>

#include "plan/homecare/construction.hpp"
#include "plan/homecare/random_care.hpp"

using namespace kansli::plan::homecare;
using kansli::statistics::Generator;

namespace {

using Worth = std::pair<Time, Cost>;  // what is broken, and what the rest costs

Worth worth(const Problem& problem, const Plan& plan) {
    const Evaluation found = evaluate(problem, plan);
    return {broken(problem, found), cost(problem, found)};
}

// The best of all plans: every order, and everybody who can for each task.
class Everything {
  public:
    explicit Everything(const Problem& problem) : problem_(problem) {
        plan_.carer.resize(problem.tasks().size());
        for (Index visit = 0; visit < problem.visits().size(); ++visit)
            plan_.order.push_back(visit);
    }

    Worth run() {
        do {
            give(0);
        } while (std::ranges::next_permutation(plan_.order).found);
        return *best_;
    }

  private:
    void give(Index task) {  // NOLINT(misc-no-recursion): as deep as there are tasks
        if (task == plan_.carer.size()) {
            const auto same = [&](const Visit& visit) {
                return visit.is_double() && plan_.carer[visit.first] == plan_.carer[visit.second];
            };
            if (std::ranges::any_of(problem_.visits(), same)) return;
            const Worth now = worth(problem_, plan_);
            best_ = best_ ? std::min(*best_, now) : now;
            return;
        }
        for (const Index carer : problem_.tasks()[task].able) {
            plan_.carer[task] = carer;
            give(task + 1);
        }
    }

    const Problem& problem_;
    Plan plan_;
    std::optional<Worth> best_;
};

SearchOptions short_search(std::uint64_t steps) {
    SearchOptions options;
    options.stop.iterations = steps;
    return options;
}

}  // namespace

TEST_CASE("small days are planned as well as trying everything plans them") {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        CAPTURE(seed);
        Generator generator(seed);
        const Problem problem = random_care(generator, 1 + generator.below(3), 2 + generator.below(2));
        const auto found = search(problem, short_search(20'000));
        CHECK(worth(problem, found.best) == Everything(problem).run());
        CHECK(found.keeps_rules == (worth(problem, found.best).first == 0));
    }
}

TEST_CASE("the same seed, steps and threads give the same plan, and another seed may give another") {
    Generator generator(3);
    const Problem problem = random_care(generator, 30, 5);
    SearchOptions options = short_search(3'000);
    options.threads = 3;
    const auto once = search(problem, options);
    const auto again = search(problem, options);
    CHECK(once.best == again.best);
    options.seed = 2;
    CHECK(search(problem, options).best != once.best);
}

TEST_CASE(
    "a search is no worse than what it begins with, and tells of each better plan that keeps the rules") {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        CAPTURE(seed);
        Generator generator(seed);
        const Problem problem = random_care(generator, 25, 5);
        std::vector<Cost> told;
        SearchOptions options = short_search(5'000);
        options.on_improvement = [&](const Plan& plan, Cost cost) {
            CHECK(worth(problem, plan) == Worth{0, cost});
            told.push_back(cost);
        };
        const auto found = search(problem, options);
        CHECK(worth(problem, found.best) <= worth(problem, first_plan(problem)));
        CHECK(std::ranges::is_sorted(told, std::greater<>()));
        CHECK(told.empty() == !found.keeps_rules);
        if (!told.empty()) CHECK(told.back() == worth(problem, found.best).second);
    }
}

TEST_CASE("a search that may not begin, one whose time is out, and a day without visits give a plan") {
    Generator generator(5);
    const Problem problem = random_care(generator, 10, 3);
    CHECK(search(problem, short_search(0)).best == first_plan(problem));
    SearchOptions late;
    late.stop.progress = [] { return 1.0; };
    CHECK(search(problem, late).best == first_plan(problem));
    CHECK(search(random_care(generator, 0, 3), short_search(100)).best.order.empty());
}
