#include "usage.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace kansli::app {

namespace {

std::string up_to(const std::string& text, std::string_view mark) {
    return text.substr(0, text.find(mark));
}

std::string past(const std::string& text, std::string_view mark) {
    const auto at = text.find(mark);
    return at == std::string::npos ? text : text.substr(at + mark.size());
}

// The library tells kinds of mistakes apart by type, and names the option in an English sentence.
std::string mistake(const CLI::Error& error) {
    std::string said = error.what();
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        const std::string name = up_to(said, " is required");
        return name == "A subcommand" ? "Ett kommando saknas." : name + " saknas.";
    }
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr)
        return fmt::format("Det här hör inte dit: {}.", past(said, "expected: "));
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
        return fmt::format("{} saknar sitt värde, eller har för många.", up_to(said, ":"));
    if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr)
        return fmt::format("Värdet efter {} går inte att använda.", up_to(said, ":"));
    if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr)
        return fmt::format("Det här går inte att tolka: {}.", past(said, "convert: "));
    return said;
}

std::string failure(const CLI::App* program, const CLI::Error& error) {
    std::string command = program->get_name();
    for (auto given = program->get_subcommands(); !given.empty(); given = given.front()->get_subcommands())
        command += " " + given.front()->get_name();
    return fmt::format("kansli: {} Hjälp: {} --help\n", mistake(error), command);
}

void group_help(CLI::App& command) {
    if (auto* help = command.get_help_ptr(); help != nullptr) help->group("Val");
    for (auto* subcommand : command.get_subcommands([](CLI::App*) { return true; }))
        group_help(*subcommand);
}

}  // namespace

void speak_swedish(CLI::App& program) {
    constexpr std::array<std::pair<const char*, const char*>, 7> labels = {{{"Usage", "Användning"},
                                                                            {"OPTIONS", "VAL"},
                                                                            {"SUBCOMMAND", "KOMMANDO"},
                                                                            {"Positionals", "Argument"},
                                                                            {"REQUIRED", "(krävs)"},
                                                                            {"INT", "TAL"},
                                                                            {"UINT", "TAL"}}};
    for (const auto& [english, swedish] : labels)
        program.get_formatter()->label(english, swedish);
    program.failure_message(failure);
    group_help(program);
}

}  // namespace kansli::app
