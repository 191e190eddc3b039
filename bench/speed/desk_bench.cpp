// 200 reviewers at one desk: every one tries to decide on every proposal, each on a connection of its own as the server's threads
// have it. Prints how many decisions a second are made and refused, and whether any was lost or made twice; the exit status says
// so, too. Beside it, what the same transactions cost without anybody else.
//     build/bench/desk_bench [reviewers] [proposals]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "desk/test_desk.hpp"

namespace {

using namespace kansli;
using namespace kansli::desk;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point began) {
    return std::chrono::duration<double>(Clock::now() - began).count();
}

int number(int argc, char** argv, int at, int otherwise) {
    return argc > at ? std::max(1, std::atoi(argv[at])) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
    const int reviewers = number(argc, argv, 1, 200);
    const int proposals = number(argc, argv, 2, 500);
    DeskFixture fixture;
    std::vector<Proposal> laid;
    for (int i = 0; i < 2 * proposals; ++i)
        laid.push_back(fixture.laid());

    const auto alone = Clock::now();
    for (int n = 0; n < proposals; ++n)
        static_cast<void>(fixture.desk.review(fixture.as(fixture.eva), laid[static_cast<std::size_t>(n)].id,
                                              laid[0].version, {}));
    const double alone_seconds = seconds_since(alone);

    std::atomic<long> decided{0};
    std::atomic<long> refused{0};
    std::atomic<long> failed{0};
    const auto together = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < reviewers; ++i) {
            threads.emplace_back([&, i] {
                const auto who = fixture.as(person("P" + std::to_string(i), {"answer"}));
                for (int n = 0; n < proposals; ++n) {
                    const auto& one = laid[static_cast<std::size_t>(proposals + (n + i * 7) % proposals)];
                    const auto seen = fixture.desk.proposal(who.caller(), one.id);
                    const auto done = seen && is_waiting(seen->state)
                                          ? fixture.desk.review(who, one.id, seen->version, {})
                                          : Result<Proposal>(fail(ErrorCode::conflict, "decided already"));
                    ++(done ? decided : done.error().code == ErrorCode::conflict ? refused : failed);
                }
            });
        }
    }
    const double together_seconds = seconds_since(together);
    std::int64_t doubled = 0;
    for (int n = proposals; n < 2 * proposals; ++n)
        doubled += fixture.desk.history(fixture.rut, laid[static_cast<std::size_t>(n)].id).value().size() == 1
                       ? 0
                       : 1;
    const auto chain = fixture.record.verify().value();
    fmt::print("one reviewer alone:   {:8.0f} decisions/s\n", proposals / alone_seconds);
    fmt::print("{} reviewers at once: {:8.0f} decisions/s, {:.0f} attempts/s\n", reviewers,
               proposals / together_seconds, static_cast<double>(reviewers) * proposals / together_seconds);
    fmt::print("decided {} of {}, refused {}, failed {}, lost or doubled {}, chain {}\n", decided.load(),
               proposals, refused.load(), failed.load(), doubled, chain.first_broken ? "broken" : "whole");
    const bool good = decided == proposals && failed == 0 && doubled == 0 && !chain.first_broken;
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
