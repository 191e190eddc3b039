#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "access/caller.hpp"
#include "commands.hpp"
#include "core/time.hpp"
#include "documents/sources.hpp"
#include "house.hpp"
#include "json/binder.hpp"

namespace kansli::app {

namespace {

using documents::FileReport;
using documents::FileState;
using documents::Source;
using documents::SourceId;

struct SourceOptions {
    std::string data{};
    std::string id{};
    documents::NewSource added{};
    bool json = false;
};

struct SourceList {
    std::vector<Source> sources{};
};
KANSLI_DESCRIBE(SourceList, sources)

std::string_view word_for(documents::SourceKind kind) {
    return kind == documents::SourceKind::web ? "webb" : "mapp";
}

void print(const Source& source) {
    fmt::print("{}  {} i samlingen {}, var {} minut, {}\n", source.id.str(), word_for(source.kind),
               source.collection, source.interval_minutes,
               source.polled ? "läst " + to_string(*source.polled) : "inte läst än");
    for (const auto& location : source.locations)
        fmt::print("    {}\n", location);
    if (source.polled)
        fmt::print("    {} {}\n", source.items,
                   source.kind == documents::SourceKind::web ? "sidor" : "filer");
    if (source.problem) fmt::print("    Problem: {}\n", *source.problem);
}

Result<void> add(const SourceOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto source = TRY(house->sources.add(access::keeper(), options.added));
    if (options.json) {
        fmt::print("{}\n", json::write(source));
    } else {
        fmt::print(
            "Källan {} är tillagd. Servern läser den nästa gång den är i gång, eller nu: kansli source poll "
            "--data {} {}\n",
            source.id.str(), options.data, source.id.str());
    }
    return {};
}

Result<void> list(const SourceOptions& options) {
    const auto house = TRY(House::open(options.data));
    const SourceList all{TRY(house->sources.list(access::keeper()))};
    if (options.json) {
        fmt::print("{}\n", json::write(all));
        return {};
    }
    if (all.sources.empty()) fmt::print("Inga källor. Lägg till en med kansli source add.\n");
    for (const auto& source : all.sources)
        print(source);
    return {};
}

Result<void> remove(const SourceOptions& options) {
    const auto house = TRY(House::open(options.data));
    TRY(house->sources.remove(access::keeper(), SourceId{options.id}));
    fmt::print("Källan {} är borttagen. Dokumenten som kom från den ligger kvar.\n", options.id);
    return {};
}

// What is as it was says nothing, since most of a source is.
void print_progress(const FileReport& report) {
    if (report.state == FileState::done) {
        fmt::print("  {}: {}\n", report.name, report.new_version ? "ny version" : "inläst");
    } else if (report.state == FileState::failed && report.error) {
        fmt::print(stderr, "  {}: {} {}\n", report.name, report.error->message, report.error->advice);
    }
}

Result<std::vector<SourceId>> chosen(House& house, const std::string& id) {
    if (!id.empty()) return std::vector{SourceId{id}};
    std::vector<SourceId> ids;
    for (const auto& source : TRY(house.sources.list(access::keeper())))
        ids.push_back(source.id);
    return ids;
}

// A source that cannot be reached does not stop the others.
Result<void> poll(const SourceOptions& options) {
    const auto house = TRY(House::open(options.data));
    std::optional<Error> first_problem;
    for (const auto& id : TRY(chosen(*house, options.id))) {
        const auto report = house->sources.poll(id, print_progress);
        if (report) {
            fmt::print("{}: {} inlästa, {} oförändrade, {} borta, {} kunde inte läsas.\n", id.str(),
                       report->imported, report->unchanged, report->gone, report->failed);
            const auto source = TRY(house->sources.get(access::keeper(), id));
            if (source.problem) fmt::print(stderr, "    {}\n", *source.problem);
            continue;
        }
        if (!first_problem) {
            first_problem = report.error();
        } else {
            fmt::print(stderr, "kansli: {}\n", to_line(report.error()));
        }
    }
    if (first_problem) return Failure(*std::move(first_problem));
    return {};
}

void add_adding(CLI::App& command, const std::shared_ptr<SourceOptions>& options, Runner& runner) {
    auto* adding = command.add_subcommand(
        "add", "Peka ut en mapp på servern eller webbadresser, som sedan läses om och om igen");
    add_data_option(*adding, options->data);
    adding->add_option("--collection", options->added.collection, "Samlingen som dokumenten läggs i")
        ->required()
        ->type_name("NAMN");
    adding->add_option("--interval", options->added.interval_minutes, "Minuter mellan läsningarna")
        ->capture_default_str()
        ->type_name("MINUTER");
    adding
        ->add_option("PLATS", options->added.locations,
                     "En mapp med hela sökvägen, eller en eller flera webbadresser")
        ->required();
    adding->add_flag("--json", options->json, "Skriv JSON");
    adding->callback([options, &runner] { runner.run([&] { return add(*options); }); });
}

}  // namespace

void add_source(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("source", "Mappar och webbsidor som läses av regelbundet");
    command->require_subcommand(1);
    auto options = std::make_shared<SourceOptions>();
    add_adding(*command, options, runner);

    auto* listing = command->add_subcommand("list", "Visa källorna, när de lästes och vad som gick fel");
    add_data_option(*listing, options->data);
    listing->add_flag("--json", options->json, "Skriv JSON");
    listing->callback([options, &runner] { runner.run([&] { return list(*options); }); });

    auto* removing = command->add_subcommand("remove", "Sluta läsa en källa; dokumenten ligger kvar");
    add_data_option(*removing, options->data);
    removing->add_option("KÄLLA", options->id, "Källans id, som list visar det")->required();
    removing->callback([options, &runner] { runner.run([&] { return remove(*options); }); });

    auto* polling = command->add_subcommand("poll", "Läs en källa nu, eller alla");
    add_data_option(*polling, options->data);
    polling->add_option("KÄLLA", options->id, "Källans id; utelämnat läser alla");
    polling->callback([options, &runner] { runner.run([&] { return poll(*options); }); });
}

}  // namespace kansli::app
