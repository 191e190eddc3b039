#include <memory>
#include <string>

#include <fmt/format.h>

#include "commands.hpp"
#include "house.hpp"

namespace kansli::app {

void add_index(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("index", "Sökregistret");
    command->require_subcommand(1);
    auto* rebuild = command->add_subcommand(
        "rebuild", "Bygg om registret ur det lagrade; det gamla svarar tills det nya är klart");
    auto data = std::make_shared<std::string>();
    add_data_option(*rebuild, *data);
    rebuild->callback([data, &runner] {
        runner.run([&]() -> Result<void> {
            const auto house = TRY(House::open(*data));
            TRY(house->index->rebuild());
            const auto sections = TRY(house->index->statistics()).sections;
            fmt::print("Registret är ombyggt: {} avsnitt.\n", sections);
            return {};
        });
    });
}

}  // namespace kansli::app
