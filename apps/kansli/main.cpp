// The composition root. Each subcommand is a file of its own; what they share is built in house.cpp.

#include <csignal>
#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "usage.hpp"

namespace {

int run(int argc, char** argv) {
    using namespace kansli::app;
    // A reader that closes its end of a pipe is an error to handle where it happens, not the end of the program.
    std::signal(SIGPIPE, SIG_IGN);
    CLI::App program("Kansli: svar ur kommunens egna dokument, med citat för varje mening.", "kansli");
    program.option_defaults()->group("Val");
    program.group("Kommandon");  // inherited by the subcommands
    program.set_help_flag("-h,--help", "Visa den här hjälpen");
    program.set_version_flag("--version", KANSLI_VERSION, "Visa programmets version");
    program.require_subcommand(1);
    Runner runner;
    for (const auto add :
         {add_init,         add_ingest,  add_search,   add_ask,        add_eval,    add_record,
          add_desk,         add_index,   add_document, add_collection, add_source,  add_user,
          add_organisation, add_key,     add_openid,   add_backup,     add_restore, add_doctor,
          add_serve,        add_openapi, add_workers,  add_text,       add_lexicon, add_model,
          add_retention,    add_release, add_archive,  add_measures,   add_subject, add_plan}) {
        add(program, runner);
    }
    speak_swedish(program);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return program.exit(problem) == 0 ? 0 : 2;
    }
    return runner.exit_code();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& problem) {
        // Expected failures are values; what comes here is memory that ran out, or a fault of ours.
        std::fprintf(stderr, "kansli: %s\n", problem.what());
        return 1;
    }
}
