#include "statistics/blocks.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "statistics/draw.hpp"

using namespace kansli::statistics;

namespace {

std::vector<Observation> some_observations() {
    return *rc::gen::resize(120, rc::gen::container<std::vector<Observation>>(rc::gen::exec([] {
                                Observation one{.period = *rc::gen::inRange(0, 12),
                                                .value = 1.0 * *rc::gen::inRange(1, 100)};
                                for (int people = *rc::gen::inRange(1, 3); people > 0; --people)
                                    one.people.push_back("p" + std::to_string(*rc::gen::inRange(0, 9)));
                                return one;
                            })));
}

// What is told when somebody asks for the periods from one to another.
std::set<std::size_t> told(const std::vector<Block>& blocks, int from, int to) {
    std::set<std::size_t> members;
    for (const auto& block : blocks)
        if (block.first >= from && block.last <= to)
            members.insert(block.members.begin(), block.members.end());
    return members;
}

}  // namespace

TEST_CASE("no figure and no difference of two figures is about fewer than five things or five people") {
    CHECK(rc::check("for any observations and any two questions", [] {
        const auto observations = some_observations();
        const auto blocks = blocks_of(observations, 11);
        const int from = *rc::gen::inRange(0, 12);
        const auto first = told(blocks, from, *rc::gen::inRange(from, 13));
        const auto second = told(blocks, *rc::gen::inRange(0, 12), *rc::gen::inRange(0, 12));
        std::vector<std::size_t> rest;
        std::ranges::set_difference(first, second, std::back_inserter(rest));
        const bool figure_is_safe = first.empty() || enough(observations, {first.begin(), first.end()});
        const bool difference_is_safe = rest.empty() || enough(observations, rest);
        RC_ASSERT(figure_is_safe);
        RC_ASSERT(difference_is_safe);
    }));
}

TEST_CASE("what was told yesterday and what is told today differ by nothing or by a whole block") {
    CHECK(rc::check("when observations of later periods come", [] {
        const auto all = some_observations();
        const int yesterday = *rc::gen::inRange(0, 11);
        std::vector<Observation> known;
        for (const auto& one : all)
            if (one.period <= yesterday + 1) known.push_back(one);  // the period that goes on is half there
        const auto before = blocks_of(known, yesterday);
        const auto after = blocks_of(all, 11);
        RC_ASSERT(before.size() <= after.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            RC_ASSERT(before[i].first == after[i].first && before[i].last == after[i].last);
            RC_ASSERT(before[i].members.size() == after[i].members.size());
        }
    }));
}

TEST_CASE("blocks hold whole periods, each observation at most once, and all that is closed and enough") {
    CHECK(rc::check("for any observations", [] {
        const auto observations = some_observations();
        const auto blocks = blocks_of(observations, 8);
        std::set<std::size_t> seen;
        for (const auto& block : blocks) {
            for (const auto member : block.members)
                RC_ASSERT(seen.insert(member).second);
            RC_ASSERT(block.last <= 8);
        }
        std::vector<std::size_t> waiting;
        for (std::size_t i = 0; i < observations.size(); ++i) {
            if (observations[i].period > 8)
                RC_ASSERT(!seen.contains(i));
            else if (!seen.contains(i))
                waiting.push_back(i);
            for (const auto& block : blocks)
                if (observations[i].period >= block.first && observations[i].period <= block.last)
                    RC_ASSERT(seen.contains(i));
        }
        RC_ASSERT(!enough(observations, waiting));
    }));
}

TEST_CASE("a group of five by one person is one person's group") {
    std::vector<Observation> observations;
    for (int i = 0; i < 20; ++i)
        observations.push_back({.period = 1, .value = 1, .people = {"anna"}});
    CHECK(blocks_of(observations, 1).empty());
    for (const auto* name : {"bo", "cia", "dan", "eva"})
        observations.push_back({.period = 1, .value = 1, .people = {name}});
    CHECK(blocks_of(observations, 1).empty());  // anna has done five sixths of it
    observations.push_back({.period = 2, .value = 1, .people = {"bo"}});
    CHECK(blocks_of(observations, 2).size() == 1);
}

TEST_CASE("draws are even, differ between experiments, and can be made again with sha256sum") {
    // printf 'seed:experiment:item' | sha256sum begins with 11e77a7e3baf3.
    int below = 0;
    int both = 0;
    for (int i = 0; i < 20000; ++i) {
        const auto item = std::to_string(i);
        const bool first = drawn_number("s", "one", item) < 0.3;
        below += first ? 1 : 0;
        both += first && drawn_number("s", "two", item) < 0.3 ? 1 : 0;
    }
    CHECK(below == doctest::Approx(6000).epsilon(0.03));
    CHECK(both == doctest::Approx(1800).epsilon(0.08));
    CHECK(drawn_number("seed", "experiment", "item") == 0.06993833143104378);
}
