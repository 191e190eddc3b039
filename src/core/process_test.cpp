#include "core/process.hpp"

#include <chrono>
#include <csignal>
#include <string>

#include <doctest/doctest.h>

#include "core/file.hpp"

using namespace kansli;

TEST_CASE("a program gets its arguments as they are and its output comes back") {
    const auto outcome = run_process({.arguments = {"printf", "%s|", "två ord", "$HOME", "*"}}).value();
    CHECK(outcome.exit_status == 0);
    CHECK(outcome.output == "två ord|$HOME|*|");
}

TEST_CASE("a program reads a file, writes a file and tells its troubles") {
    const auto folder = TemporaryFolder::create().value();
    const auto in = folder.path() / "in";
    const auto out = folder.path() / "out";
    REQUIRE(write_file(in, "rader"));
    ProcessRequest request{.arguments = {"sh", "-c", "cat; pwd; echo fel >&2; echo $KANSLI_X; exit 3"}};
    request.input = in;
    request.output = out;
    request.folder = "/";
    request.environment = {"KANSLI_X=satt"};
    const auto outcome = run_process(request).value();
    CHECK(outcome.exit_status == 3);
    CHECK(outcome.output.empty());
    CHECK(outcome.errors == "fel\n");
    CHECK(read_file(out).value() == "rader/\nsatt\n");
}

TEST_CASE("without a file there is nothing to read") {
    CHECK(run_process({.arguments = {"cat"}}).value().output.empty());
}

TEST_CASE("a program that is missing says so") {
    const auto outcome = run_process({.arguments = {"kansli-finns-inte"}});
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == ErrorCode::unavailable);
    CHECK(outcome.error().message == "Programmet kansli-finns-inte saknas på servern.");
    CHECK(run_process({}).error().code == ErrorCode::internal);
    CHECK(run_process({.arguments = {"cat"}, .input = "/finns/inte"}).error().code == ErrorCode::not_found);
}

TEST_CASE("output over the limit stops the program, errors over the limit are cut") {
    ProcessRequest request{.arguments = {"sh", "-c", "yes"}};
    request.output_limit = 100'000;
    CHECK(run_process(request).error().code == ErrorCode::too_large);
    request.arguments = {"sh", "-c", "head -c 100000 /dev/zero >&2; echo klar"};
    request.errors_limit = 1000;
    const auto outcome = run_process(request).value();
    CHECK(outcome.errors.size() == 1000);
    CHECK(outcome.output == "klar\n");
}

TEST_CASE("a program out of time is ended with all it started") {
    const auto folder = TemporaryFolder::create().value();
    const auto number = folder.path() / "number";
    ProcessRequest request{.arguments = {"sh", "-c", "sleep 30 & echo $! > " + number.string() + "; wait"}};
    request.time_limit = std::chrono::milliseconds{300};
    const auto begin = std::chrono::steady_clock::now();
    CHECK(run_process(request).error().code == ErrorCode::too_large);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{10});
    const int left_over = std::stoi(read_file(number).value());
    // The kernel may need a moment, and a zombie whose parent is gone may wait for init.
    const auto alive = [&] {
        const auto state =
            run_process({.arguments = {"cat", "/proc/" + std::to_string(left_over) + "/stat"}}).value();
        return state.exit_status == 0 && state.output.find(") Z") == std::string::npos;
    };
    for (int i = 0; i < 100 && alive(); ++i)
        (void)run_process({.arguments = {"sleep", "0.05"}});
    CHECK_FALSE(alive());
}

TEST_CASE("a signal counts as 128 and its number") {
    CHECK(run_process({.arguments = {"sh", "-c", "kill -9 $$"}}).value().exit_status == 128 + SIGKILL);
}
