#include <memory>
#include <string>

#include <fmt/format.h>

#include "commands.hpp"
#include "house.hpp"
#include "settings.hpp"

namespace kansli::app {

void add_init(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("init", "Skapa en tom datamapp");
    auto folder = std::make_shared<std::string>();
    command->add_option("DIR", *folder, "Mappen som ska skapas")->required();
    command->callback([folder, &runner] {
        runner.run([&]() -> Result<void> {
            TRY(store::DataFolder::create(*folder, settings_template()));
            const auto house = TRY(House::open(*folder));
            TRY(house->checkpoints.public_key());
            fmt::print("Datamappen {} är skapad. Inställningarna står i {}/kansli.toml.\n", *folder, *folder);
            return {};
        });
    });
}

}  // namespace kansli::app
