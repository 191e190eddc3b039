// Many reviewers at once: each proposal is decided once, by one of them, and nothing is lost.
#include <atomic>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "desk/test_desk.hpp"

using namespace kansli;
using namespace kansli::desk;

TEST_CASE("no decision is lost or made twice when many work at once") {
    constexpr int reviewers = 12;
    constexpr int proposals = 30;
    DeskFixture fixture;
    std::vector<Proposal> laid;
    for (int i = 0; i < proposals; ++i)
        laid.push_back(fixture.laid());
    std::atomic<int> decided{0};
    std::atomic<int> refused{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < reviewers; ++i) {
            threads.emplace_back([&, i] {
                const auto who = fixture.as(person("P" + std::to_string(i), {"answer"}));
                for (int n = 0; n < proposals; ++n) {
                    const auto& one = laid[static_cast<std::size_t>((n + i * 7) % proposals)];
                    const auto done = fixture.desk.review(who, one.id, one.version, {});
                    if (done) ++decided;
                    if (!done && done.error().code == ErrorCode::conflict) ++refused;
                }
            });
        }
    }
    CHECK(decided == proposals);
    CHECK(refused == proposals * (reviewers - 1));
    CHECK(fixture.desk.waiting(fixture.eva, {}).value().empty());
    for (const auto& one : laid)
        CHECK(fixture.desk.history(fixture.rut, one.id).value().size() == 1);
    CHECK(fixture.record.entries({.kind = "proposal_reviewed", .limit = 1000}).value().size() == proposals);
    CHECK_FALSE(fixture.record.verify().value().first_broken.has_value());
}
