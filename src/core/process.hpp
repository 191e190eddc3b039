#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace kansli {

// A program to run to its end. No shell is involved: arguments reach the program as they are.
struct ProcessRequest {
    std::vector<std::string> arguments{};  // the first names the program and is looked up in PATH
    std::filesystem::path input{};         // the file it reads as standard input; empty: nothing to read
    std::filesystem::path output{};        // the file its standard output goes to; empty: kept in the outcome
    std::filesystem::path folder{};        // where it runs; empty: where we are
    std::vector<std::string> environment{};             // "NAME=value", on top of ours
    std::size_t output_limit = std::size_t{64} << 20U;  // bytes of standard output
    std::size_t errors_limit = std::size_t{16}
                               << 10U;  // bytes of standard error that are kept; the rest is dropped
    std::chrono::milliseconds time_limit{60'000};  // by the clock on the wall
};

struct ProcessOutcome {
    int exit_status = 0;  // as a shell counts: 128 + N when signal N ended it
    std::string output{};
    std::string errors{};
};

// Runs the program in a process group of its own and waits for it; nothing of the group is left when this
// returns. unavailable: the program is not installed or cannot start. too_large: more output or more time
// than allowed. A program that ends with a status other than 0 is an outcome, not an error. Threads: any.
[[nodiscard]] Result<ProcessOutcome> run_process(const ProcessRequest& request);

}  // namespace kansli
