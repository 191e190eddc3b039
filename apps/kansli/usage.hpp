#pragma once

#include <CLI/CLI.hpp>

namespace kansli::app {

// Gives the help and the mistakes of the command line Swedish words. Call it when every subcommand has been added.
void speak_swedish(CLI::App& program);

}  // namespace kansli::app
