// The composition root. Each subcommand is a file of its own; what they share is built in house.cpp.

#include <csignal>

#include <CLI/CLI.hpp>

#include "commands.hpp"

int main(int argc, char** argv) {
    using namespace kansli::app;
    // A reader that closes its end of a pipe is an error to handle where it happens, not the end of the program.
    std::signal(SIGPIPE, SIG_IGN);
    CLI::App program("Kansli: svar ur kommunens egna dokument, med citat för varje mening.", "kansli");
    program.set_version_flag("--version", KANSLI_VERSION);
    program.require_subcommand(1);
    Runner runner;
    for (const auto add :
         {add_init, add_ingest, add_search, add_ask, add_eval, add_record, add_index, add_document,
          add_source, add_user, add_backup, add_serve, add_openapi, add_workers}) {
        add(program, runner);
    }
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return program.exit(problem) == 0 ? 0 : 2;
    }
    return runner.exit_code();
}
