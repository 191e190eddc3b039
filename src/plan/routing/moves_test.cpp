#include "plan/routing/moves.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "plan/routing/random_problem.hpp"
#include "plan/routing/swap_star.hpp"

using namespace kansli::plan::routing;
using kansli::statistics::Generator;

namespace {

// What the prizes of visits that are left out add to a plan's cost is no concern of a move's.
Cost cost_without_prizes(const WorkingPlan& plan) {
    const Solution solution = plan.solution();
    Cost prizes = 0;
    for (Node node = plan.problem().first_visit(); node < plan.problem().nodes(); ++node) {
        if (!plan.place(node).planned()) prizes += plan.problem().visit(node).prize;
    }
    return solution.penalised_cost(plan.penalties()) - prizes;
}

// Requires that the move changes the plan by what it says, and that a hasty look is never wrong about the sign.
template <typename Move>
void require_exact(WorkingPlan& plan, const Move& move) {
    const Cost before = cost_without_prizes(plan);
    const Cost hasty = change_by(plan, move);
    const Cost change = change_by<true>(plan, move);
    RC_ASSERT((hasty < 0) == (change < 0));
    apply(plan, move);
    RC_ASSERT(cost_without_prizes(plan) == before + change);
}

Penalties random_penalties(Generator& generator) {
    return {{drawn(generator, 0, 40), drawn(generator, 0, 40)}, drawn(generator, 0, 20)};
}

std::vector<Node> planned_visits(const WorkingPlan& plan) {
    std::vector<Node> planned;
    for (Node node = plan.problem().first_visit(); node < plan.problem().nodes(); ++node) {
        if (plan.place(node).planned()) planned.push_back(node);
    }
    return planned;
}

void try_between(WorkingPlan& plan, Generator& generator, Place one, Place other) {
    const int left = plan.route(one.route).size() - one.position + 1;
    const int other_left = plan.route(other.route).size() - other.position + 1;
    const int length = static_cast<int>(drawn(generator, 1, std::min(left, 3)));
    const int other_length = static_cast<int>(drawn(generator, 1, std::min(other_left, 3)));
    const bool backwards = generator.below(2) == 0;
    switch (generator.below(4)) {
        case 0:
            return require_exact(plan, relocation(plan, one, length, other, backwards));
        case 1:
            return require_exact(plan, relocation(plan, one, length, {other.route, 0}, backwards));
        case 2:
            return require_exact(plan, exchange(plan, one, length, other, other_length));
        default:
            return require_exact(plan, tails(plan, one, other));
    }
}

void try_within(WorkingPlan& plan, Generator& generator, Place one, Place other) {
    const int size = plan.route(one.route).size();
    const int length = static_cast<int>(drawn(generator, 1, std::min(size - one.position + 1, 3)));
    const int other_length = static_cast<int>(drawn(generator, 1, std::min(size - other.position + 1, 3)));
    const bool outside = other.position < one.position - 1 || other.position >= one.position + length;
    const bool apart =
        one.position + length <= other.position || other.position + other_length <= one.position;
    const int choice = static_cast<int>(generator.below(3));
    if (choice == 0 && outside)
        require_exact(plan, relocation_within(plan, one, length, other.position, generator.below(2) == 0));
    if (choice == 1 && apart) require_exact(plan, exchange_within(plan, one, length, other, other_length));
    if (choice == 2 && one.position <= other.position)
        require_exact(plan, reversal(plan, one.route, one.position, other.position));
}

}  // namespace

TEST_CASE("every move changes the cost by what it says") {
    CHECK(rc::check("moves", [](std::uint64_t seed) {
        Generator generator(seed);
        const Problem problem = random_problem(generator, 2 + generator.below(14));
        WorkingPlan plan(problem);
        plan.load(random_plan(generator, problem), random_penalties(generator));
        for (int i = 0; i < 60; ++i) {
            const auto visits = planned_visits(plan);
            if (visits.size() < 2) return;
            const Place one = plan.place(visits[generator.below(visits.size())]);
            const Place other = plan.place(visits[generator.below(visits.size())]);
            if (one.route == other.route) {
                try_within(plan, generator, one, other);
            } else {
                try_between(plan, generator, one, other);
            }
        }
    }));
}

TEST_CASE("moving to a vehicle that stands still changes the cost by what it says") {
    CHECK(rc::check("empty routes", [](std::uint64_t seed) {
        Generator generator(seed);
        const Problem problem = random_problem(generator, 2 + generator.below(6));
        WorkingPlan plan(problem);
        plan.load(random_plan(generator, problem), random_penalties(generator));
        for (const Node visit : planned_visits(plan)) {
            for (const int route : plan.empty_routes()) {
                if (!plan.route(route).empty()) continue;
                if (generator.below(2) == 0) {
                    require_exact(plan, relocation(plan, plan.place(visit), 1, {route, 0}));
                } else {
                    require_exact(plan, tails(plan, plan.place(visit), {route, 1}));
                }
            }
        }
    }));
}

TEST_CASE("inserting, removing and replacing change the cost by what they say") {
    CHECK(rc::check("insertions", [](std::uint64_t seed) {
        Generator generator(seed);
        const Problem problem = random_problem(generator, 1 + generator.below(10));
        WorkingPlan plan(problem);
        plan.load(random_plan(generator, problem), random_penalties(generator));
        for (Node node = problem.first_visit(); node < problem.nodes(); ++node) {
            const Cost before = cost_without_prizes(plan);
            Cost change = 0;
            const Node other =
                problem.first_visit() + static_cast<Node>(generator.below(problem.visits().size()));
            if (!plan.place(node).planned() && plan.place(other).planned()) {
                change = plan.replacement(node, plan.place(other).route, plan.place(other).position);
                plan.replace(other, node);
            } else if (plan.place(node).planned()) {
                change = plan.removal(plan.place(node).route, plan.place(node).position);
                plan.remove(node);
            } else {
                const auto best = plan.best_insertion(node);
                change = best.change;
                plan.insert(node, best.route, best.position);
            }
            RC_ASSERT(cost_without_prizes(plan) == before + change);
        }
    }));
}

TEST_CASE("SWAP* never makes a plan dearer") {
    CHECK(rc::check("swap star", [](std::uint64_t seed) {
        Generator generator(seed);
        const Problem problem = random_problem(generator, 2 + generator.below(14));
        WorkingPlan plan(problem);
        plan.load(random_plan(generator, problem), random_penalties(generator));
        SwapStar swap_star(plan);
        for (int one = 0; one < plan.routes(); ++one) {
            for (int other = one + 1; other < plan.routes(); ++other) {
                if (plan.route(one).empty() || plan.route(other).empty()) continue;
                const Cost before = cost_without_prizes(plan);
                const bool improved = swap_star.improve(one, other);
                RC_ASSERT((cost_without_prizes(plan) < before) == improved);
            }
        }
    }));
}
