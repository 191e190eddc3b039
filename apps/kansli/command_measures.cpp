#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "commands.hpp"
#include "house.hpp"
#include "json/binder.hpp"
#include "measures/table.hpp"

namespace kansli::app {

namespace {

struct MeasuresArguments {
    std::string data{};
    std::string kind{};
    std::string service{};
    std::string from{};
    std::string to{};
    std::string experiment{};
    bool json = false;
    bool csv = false;
};

std::optional<std::string> said(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

Result<std::optional<Date>> said_day(const std::string& text) {
    if (text.empty()) return std::optional<Date>();
    return std::optional(TRY(parse_date(text)));
}

Result<void> print_measures(const MeasuresArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto assessment = TRY(house->measures.assess({.kind = said(arguments.kind),
                                                        .service = said(arguments.service),
                                                        .from = TRY(said_day(arguments.from)),
                                                        .to = TRY(said_day(arguments.to)),
                                                        .experiment = said(arguments.experiment)}));
    fmt::print("{}", arguments.json  ? json::write(assessment) + "\n"
                     : arguments.csv ? measures::as_csv(assessment)
                                     : measures::as_text(assessment));
    return {};
}

}  // namespace

void add_measures(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("measures", "Mätning: de nio frågorna med siffror och osäkerhet");
    auto arguments = std::make_shared<MeasuresArguments>();
    add_data_option(*command, arguments->data);
    command->add_option("--kind", arguments->kind, "Bara ett slag av förslag")->type_name("SLAG");
    command->add_option("--service", arguments->service, "Bara en tjänst")->type_name("TJÄNST");
    command->add_option("--from", arguments->from, "Första dagen; bara hela veckor räknas")
        ->type_name("ÅÅÅÅ-MM-DD");
    command->add_option("--to", arguments->to, "Sista dagen")->type_name("ÅÅÅÅ-MM-DD");
    command
        ->add_option("--experiment", arguments->experiment,
                     "Försöket vars grupper jämförs; annars det senaste")
        ->type_name("ID");
    auto* json = command->add_flag("--json", arguments->json, "Skriv JSON");
    command->add_flag("--csv", arguments->csv, "Skriv en tabell för kalkylprogram")->excludes(json);
    command->callback([arguments, &runner] { runner.run([&] { return print_measures(*arguments); }); });
}

}  // namespace kansli::app
