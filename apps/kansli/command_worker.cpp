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
    const auto add = [&](const char* name,
                         int (*work)(const std::filesystem::path&, const std::filesystem::path&)) {
        auto* command = program.add_subcommand(name, "")->group("");
        auto files = std::make_shared<std::filesystem::path>();
        auto folder = std::make_shared<std::filesystem::path>();
        command->add_option("FILES", *files)->required();
        command->add_option("FOLDER", *folder)->required();
        command->callback([files, folder, work, &runner] {
            runner.run([&]() -> Result<void> {
                runner.set_exit_code(work(*files, *folder));
                return {};
            });
        });
    };
    add("read-worker", documents::run_read_worker);
    add("page-worker", documents::run_page_worker);
}

}  // namespace kansli::app
