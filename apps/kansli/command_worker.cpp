#include <filesystem>
#include <memory>
#include <string>

#include "commands.hpp"
#include "documents/page_images.hpp"
#include "documents/sandboxed_reader.hpp"

namespace kansli::app {

// The limited processes that handle foreign bytes are this same program; people have no use for these commands, so help does not
// list them.
void add_workers(CLI::App& program, Runner& runner) {
    auto* reading = program.add_subcommand("read-worker", "")->group("");
    reading->callback([&runner] {
        runner.run([&]() -> Result<void> {
            runner.set_exit_code(TRY(documents::run_read_worker()));
            return {};
        });
    });

    auto* drawing = program.add_subcommand("page-worker", "")->group("");
    auto files = std::make_shared<std::filesystem::path>();
    auto folder = std::make_shared<std::filesystem::path>();
    drawing->add_option("FILES", *files)->required();
    drawing->add_option("FOLDER", *folder)->required();
    drawing->callback([files, folder, &runner] {
        runner.run([&]() -> Result<void> {
            runner.set_exit_code(TRY(documents::run_page_worker(*files, *folder)));
            return {};
        });
    });
}

}  // namespace kansli::app
