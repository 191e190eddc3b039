#pragma once

#include <functional>

#include <CLI/CLI.hpp>

#include "core/result.hpp"

// One function a subcommand: it adds the command with its options, and runs `work` when the command was given.
namespace kansli::app {

// Runs a command's work, prints its failure as one line on standard error, and keeps the exit code for main().
class Runner {
  public:
    void run(const std::function<Result<void>()>& work);
    void set_exit_code(int code) { exit_code_ = code; }
    [[nodiscard]] int exit_code() const { return exit_code_; }

  private:
    int exit_code_ = 0;
};

void add_init(CLI::App& program, Runner& runner);
void add_ingest(CLI::App& program, Runner& runner);
void add_search(CLI::App& program, Runner& runner);
void add_ask(CLI::App& program, Runner& runner);
void add_eval(CLI::App& program, Runner& runner);
void add_record(CLI::App& program, Runner& runner);
void add_desk(CLI::App& program, Runner& runner);
void add_index(CLI::App& program, Runner& runner);
void add_document(CLI::App& program, Runner& runner);
void add_collection(CLI::App& program, Runner& runner);
void add_source(CLI::App& program, Runner& runner);
void add_user(CLI::App& program, Runner& runner);
void add_organisation(CLI::App& program, Runner& runner);
void add_key(CLI::App& program, Runner& runner);
void add_openid(CLI::App& program, Runner& runner);
void add_backup(CLI::App& program, Runner& runner);
void add_restore(CLI::App& program, Runner& runner);
void add_doctor(CLI::App& program, Runner& runner);
void add_serve(CLI::App& program, Runner& runner);
void add_openapi(CLI::App& program, Runner& runner);
void add_workers(CLI::App& program, Runner& runner);
void add_text(CLI::App& program, Runner& runner);
void add_lexicon(CLI::App& program, Runner& runner);
void add_model(CLI::App& program, Runner& runner);
void add_retention(CLI::App& program, Runner& runner);
void add_release(CLI::App& program, Runner& runner);
void add_measures(CLI::App& program, Runner& runner);
void add_subject(CLI::App& program, Runner& runner);
void add_archive(CLI::App& program, Runner& runner);
void add_plan(CLI::App& program, Runner& runner);

// What belongs to `kansli model`.
void add_endpoints(CLI::App& command, Runner& runner);

// --data DIR, which every command but init needs.
void add_data_option(CLI::App& command, std::string& data);

}  // namespace kansli::app
