#include <cstdio>
#include <exception>
#include <string>

#include "commands.hpp"

namespace kansli::app {

namespace {

// What scripts can tell apart. 2 is a mistake on the command line, as usual.
int exit_code_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_input:
        case ErrorCode::too_large:
        case ErrorCode::unsupported:
            return 3;
        case ErrorCode::not_found:
            return 4;
        case ErrorCode::not_authenticated:
        case ErrorCode::forbidden:
            return 5;
        case ErrorCode::conflict:
        case ErrorCode::busy:
            return 6;
        case ErrorCode::corrupt:
            return 7;
        case ErrorCode::cancelled:
            return 8;
        case ErrorCode::unavailable:
        case ErrorCode::internal:
            return 1;
    }
    return 1;
}

}  // namespace

void Runner::run(const std::function<Result<void>()>& work) {
    try {
        if (const auto done = work(); !done) {
            std::fprintf(stderr, "kansli: %s\n", to_line(done.error()).c_str());
            exit_code_ = exit_code_of(done.error().code);
        }
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "kansli: ett fel i programmet: %s\n", problem.what());
        exit_code_ = 1;
    }
    std::fflush(stdout);
}

void add_data_option(CLI::App& command, std::string& data) {
    command.add_option("--data", data, "Datamappen")->required()->type_name("DIR");
}

}  // namespace kansli::app
