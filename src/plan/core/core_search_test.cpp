#include <atomic>
#include <memory>
#include <vector>

#include <doctest/doctest.h>

#include "plan/core/adaptive_penalty.hpp"
#include "plan/core/population.hpp"
#include "plan/core/shuffle.hpp"
#include "plan/core/team.hpp"

using namespace kansli::plan;
using kansli::statistics::Generator;

TEST_CASE("a penalty grows while too few plans keep the rule, and shrinks while too many do") {
    AdaptivePenalty penalty(100, {.target_share = 0.5, .window = 4});
    for (int i = 0; i < 4; ++i)
        penalty.note(false);
    CHECK(penalty.weight() == 200);
    for (int i = 0; i < 4; ++i)
        penalty.note(i < 1);
    CHECK(penalty.weight() == 240);
    for (int i = 0; i < 4; ++i)
        penalty.note(i < 2);
    CHECK(penalty.weight() == 240);
    for (int i = 0; i < 400; ++i)
        penalty.note(true);
    CHECK(penalty.weight() == 1);
}

TEST_CASE("a team does every task once, whatever its size") {
    for (const std::size_t threads : {1U, 2U, 5U}) {
        Team team(threads);
        CHECK(team.size() == threads);
        for (int round = 0; round < 50; ++round) {
            std::vector<std::atomic<int>> done(17);
            team.run(done.size(), [&](std::size_t number, std::size_t thread) {
                CHECK(thread < threads);
                ++done[number];
            });
            CHECK(std::ranges::all_of(done, [](const auto& count) { return count == 1; }));
        }
        team.run(0, [](std::size_t, std::size_t) { FAIL("there is no task"); });
    }
}

namespace {

// Plans that are numbers: they cost what they are, and differ as numbers do.
constexpr PopulationOptions small{.least = 4, .generation = 4, .elite = 1, .closest = 1};
double apart(const int& a, const int& b) {
    return std::min(1.0, std::abs(a - b) / 100.0);
}
std::int64_t worth(const int& plan) {
    return plan;
}

}  // namespace

TEST_CASE("copies go first, then what is dear and like others; the cheapest stays") {
    Population<int>::Part::Distance distance = apart;
    PopulationPart<int> part(small, distance);
    for (const int plan : {10, 10, 10, 11, 12, 13, 14, 80})
        part.add(std::make_shared<int>(plan), worth);
    CHECK(part.members().size() == 8);
    part.add(std::make_shared<int>(15), worth);
    CHECK(part.members().size() == 4);
    std::vector<int> left;
    for (const auto& member : part.members())
        left.push_back(*member.plan);
    CHECK(std::ranges::count(left, 10) == 1);
    CHECK(std::ranges::count(left, 80) == 1);
}

TEST_CASE("parents are drawn from both parts, and those that fit are drawn more often") {
    Population<int> population(small, apart);
    for (const int plan : {0, 30, 60, 90})
        population.add(std::make_shared<int>(plan), plan < 50, worth);
    population.rank(worth);
    CHECK(population.size() == 4);
    Generator generator(3);
    int cheap = 0;
    int breaking = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto [one, other] = population.parents(generator);
        if (*one == 0) ++cheap;
        if (*one > 50) ++breaking;
    }
    CHECK(cheap > 250);
    CHECK(breaking > 100);
}

TEST_CASE("the same seed gives the same order") {
    std::vector<int> items{1, 2, 3, 4, 5, 6, 7};
    Generator generator(42);
    shuffle(items, generator);
    std::vector<int> again{1, 2, 3, 4, 5, 6, 7};
    Generator other(42);
    shuffle(again, other);
    CHECK(items == again);
    std::ranges::sort(again);
    CHECK(again == std::vector<int>{1, 2, 3, 4, 5, 6, 7});
}
