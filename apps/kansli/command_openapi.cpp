#include <fmt/format.h>

#include "api/routes.hpp"
#include "commands.hpp"

namespace kansli::app {

void add_openapi(CLI::App& program, Runner& runner) {
    auto* command =
        program.add_subcommand("openapi", "Skriv beskrivningen av HTTP-gränssnittet (OpenAPI 3.1)");
    command->callback([&runner] {
        runner.run([]() -> Result<void> {
            fmt::print("{}", api::openapi(api::all_routes()));
            return {};
        });
    });
}

}  // namespace kansli::app
