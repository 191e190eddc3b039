#include <memory>
#include <string>

#include <fmt/format.h>

#include "commands.hpp"
#include "house.hpp"

namespace kansli::app {

namespace {

Result<void> verify(const std::string& data) {
    const auto house = TRY(House::open(data));
    const auto result = TRY(house->record.verify());
    if (result.first_broken) {
        return fail(
            ErrorCode::corrupt,
            fmt::format("Kedjan är bruten vid anteckning {}: {}", *result.first_broken, result.reason), data,
            "Jämför med en säkerhetskopia.");
    }
    fmt::print("Kedjan är hel: {} anteckningar, senaste länken är {}.\n", result.entries, result.head);
    return {};
}

}  // namespace

void add_record(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("record", "Protokollet");
    command->require_subcommand(1);
    auto* subcommand =
        command->add_subcommand("verify", "Räkna om hela kedjan och säg var den första brustna länken är");
    auto data = std::make_shared<std::string>();
    add_data_option(*subcommand, *data);
    subcommand->callback([data, &runner] { runner.run([&] { return verify(*data); }); });
}

}  // namespace kansli::app
