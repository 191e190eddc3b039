#include "documents/detail/text_budget.hpp"

#include <atomic>
#include <deque>
#include <semaphore>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

using kansli::documents::detail::TextBudget;

TEST_CASE("readers wait when the budget is full, all but the one whose turn is next") {
    TextBudget budget(100);
    const std::stop_source never;
    REQUIRE(budget.enter(1, never.get_token()));
    budget.hold(100);
    CHECK_FALSE(budget.has_room());
    std::binary_semaphore entered(0);
    std::atomic<bool> inside = false;
    const std::jthread waiting([&] {
        CHECK(budget.enter(2, never.get_token()));
        inside = true;
        entered.release();
    });
    // Turn 0 comes in although there is no room: turn 1 cannot be taken before it.
    CHECK(budget.enter(0, never.get_token()));
    budget.hold(50);
    CHECK_FALSE(inside);
    budget.take(50);  // turn 0
    CHECK_FALSE(inside);
    budget.take(100);  // turn 1
    entered.acquire();
    CHECK(budget.has_room());
}

TEST_CASE("however many read ahead, no more is held than the budget and what those inside bring") {
    constexpr std::size_t limit = 1000;
    constexpr std::size_t each = 100;
    constexpr std::size_t readers = 4;
    constexpr std::size_t turns = 200;
    TextBudget budget(limit);
    const std::stop_source never;
    std::atomic<std::size_t> held = 0;
    std::atomic<std::size_t> most = 0;
    std::atomic<std::size_t> next = 0;
    std::deque<std::binary_semaphore> ready;
    for (std::size_t i = 0; i < turns; ++i)
        ready.emplace_back(0);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < readers; ++i) {
            threads.emplace_back([&] {
                for (std::size_t turn = next++; turn < turns; turn = next++) {
                    CHECK(budget.enter(turn, never.get_token()));
                    budget.hold(each);
                    const auto now = held += each;
                    for (auto before = most.load();
                         before < now && !most.compare_exchange_weak(before, now);) {
                    }
                    ready[turn].release();
                }
            });
        }
        for (std::size_t turn = 0; turn < turns; ++turn) {
            ready[turn].acquire();
            held -= each;
            budget.take(each);
        }
    }
    CHECK(most <= limit + readers * each);
}

TEST_CASE("nobody waits when told to stop or when it is closed") {
    TextBudget budget(1);
    budget.hold(1);
    std::stop_source stop;
    std::jthread first([&] { CHECK_FALSE(budget.enter(5, stop.get_token())); });
    stop.request_stop();
    first.join();
    const std::stop_source never;
    std::jthread second([&] { CHECK_FALSE(budget.enter(5, never.get_token())); });
    budget.close();
    second.join();
    CHECK_FALSE(budget.enter(0, never.get_token()));
}
