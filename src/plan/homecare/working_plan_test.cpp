#include "plan/homecare/working_plan.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "plan/homecare/moves.hpp"
#include "plan/homecare/random_care.hpp"

using namespace kansli::plan::homecare;
using kansli::statistics::Generator;

TEST_CASE("what a change is said to come to is what the plan evaluated from nothing comes to") {
    CHECK(rc::check("changes", [](std::uint64_t seed) {
        Generator generator(seed);
        const Problem problem = random_care(generator, 1 + generator.below(40), 2 + generator.below(5));
        const Moves moves(problem);
        WorkingPlan plan(problem, random_plan(generator, problem));
        for (int i = 0; i < 60; ++i) {
            const Plan before = plan.plan();
            const bool possible = moves.draw(plan, generator);
            if (possible) {
                const auto proposal = plan.propose();
                const Evaluation whole = evaluate(problem, plan.plan());
                RC_ASSERT(proposal.cost == cost(problem, whole));
                RC_ASSERT(proposal.broken == broken(problem, whole));
            }
            if (possible && generator.below(2) == 0) {
                plan.accept();
            } else {
                plan.reject();
                RC_ASSERT(plan.plan() == before);
            }
            const Evaluation now = evaluate(problem, plan.plan());
            RC_ASSERT(plan.cost() == cost(problem, now));
            RC_ASSERT(plan.broken() == broken(problem, now));
            for (std::size_t position = 0; position < plan.plan().order.size(); ++position)
                RC_ASSERT(plan.position(plan.plan().order[position]) == position);
        }
    }));
}

TEST_CASE("a move gives tasks only to who can do them, and the two of a double visit to two") {
    CHECK(rc::check("carers", [](std::uint64_t seed) {
        Generator generator(seed);
        const Problem problem = random_care(generator, 2 + generator.below(12), 2 + generator.below(4));
        const Moves moves(problem);
        WorkingPlan plan(problem, random_plan(generator, problem));
        for (int i = 0; i < 60; ++i) {
            if (!moves.draw(plan, generator)) {
                plan.reject();
                continue;
            }
            (void)plan.propose();
            plan.accept();
            for (Index task = 0; task < problem.tasks().size(); ++task)
                RC_ASSERT(problem.can(plan.carer(task), task));
            for (const Visit& visit : problem.visits()) {
                if (visit.is_double()) RC_ASSERT(plan.carer(visit.first) != plan.carer(visit.second));
            }
        }
    }));
}

namespace {

// Two carers at place 0; place 1 is 10 away, place 2 is 30 away, and 20 from each other.
Description two_carers() {
    return {.places = 3, .travel = {0, 10, 30, 10, 0, 20, 30, 20, 0}, .carers = {{}, {}}};
}

}  // namespace

TEST_CASE(
    "whoever is first waits for the other, and the first of two for the second when the gap would be too "
    "long") {
    Description day = two_carers();
    day.tasks = {{.place = 1, .service = 5, .window = {0, 15}, .able = {0}},
                 {.place = 1, .service = 7, .window = {0, 15}, .able = {1}},
                 {.place = 2, .service = 40, .window = {0, 100}, .able = {1}}};
    day.visits = {{.first = 0, .second = 1}, {.first = 2}};
    const Plan late{.order = {1, 0}, .carer = {0, 1, 1}};
    SUBCASE("at the same time") {
        const Evaluation found = evaluate(Problem(day), late);
        CHECK(found.begins == std::vector<Time>{90, 90, 30});  // 30 to place 2, 40 there, 20 to place 1
        CHECK(found.arrives == std::vector<Time>{10, 90, 30});
        CHECK(found.lateness == 150);
        CHECK(found.worst_lateness == 75);
        CHECK(found.travel == 10 + 10 + 30 + 20 + 10);
        CHECK(found.returns == std::vector<Time>{105, 107});
    }
    SUBCASE("one after the other") {
        day.visits[0].least_gap = 20;
        day.visits[0].most_gap = 50;
        CHECK(evaluate(Problem(day), late).begins == std::vector<Time>{40, 90, 30});
        const Plan early{.order = {0, 1}, .carer = {0, 1, 1}};
        CHECK(evaluate(Problem(day), early).begins == std::vector<Time>{10, 30, 57});
    }
    SUBCASE("a shift that ends too early is overtime, and lateness breaks a rule where it is not allowed") {
        day.carers[1].shift.closes = 100;
        day.late_is_allowed = false;
        const Problem problem(day);
        const Evaluation found = evaluate(problem, late);
        CHECK(found.overtime == 7);
        CHECK(broken(problem, found) == 157);
        CHECK(cost(problem, found) == 80);
    }
}
