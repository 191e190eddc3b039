#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "access/caller.hpp"
#include "api/imports.hpp"
#include "commands.hpp"
#include "house.hpp"
#include "json/binder.hpp"

namespace kansli::app {

namespace {

using documents::FileReport;
using documents::FileState;

struct IngestOptions {
    std::string data{};
    std::string collection{};
    std::vector<std::string> paths{};
    bool json = false;
};

// One line a file, printed as soon as it is known.
void print(const FileReport& report) {
    switch (report.state) {
        case FileState::done:
            fmt::print("{}: inläst ({} avsnitt)\n", report.name, report.sections);
            break;
        case FileState::unchanged:
            fmt::print("{}: oförändrad\n", report.name);
            break;
        case FileState::cancelled:
            fmt::print("{}: avbruten\n", report.name);
            break;
        case FileState::failed:
            fmt::print(
                stderr, "{}\n",
                to_line({report.error->code, report.error->message, report.name, report.error->advice}));
            break;
        case FileState::waiting:
        case FileState::reading:
        case FileState::indexing:
            return;
    }
    for (const auto& warning : report.warnings)
        fmt::print("    {}\n", warning);
}

Result<void> ingest(const IngestOptions& options) {
    const auto house = TRY(House::open(options.data));
    // The first files are read by another process meanwhile.
    const std::jthread warming([&index = *house->index] { index.warm_up(); });
    std::vector<documents::ImportInput> inputs;
    for (const auto& path : options.paths)
        inputs.push_back({.path = path});
    const auto progress = [&](const FileReport& report) {
        if (!options.json) print(report);
    };
    TRY(house->importer.resume(progress));
    auto reports =
        TRY(house->importer.import(access::keeper(), inputs, {.collection = options.collection}, progress));
    const auto failed = std::ranges::count(reports, FileState::failed, &FileReport::state);
    const auto total = reports.size();
    if (options.json) {
        api::ImportProgress output;
        for (const auto& report : reports)
            output.files.push_back(api::view(report));
        fmt::print("{}\n", json::write(output));
    } else {
        fmt::print("{}, {} kunde inte läsas.\n", total == 1 ? "1 fil" : fmt::format("{} filer", total),
                   failed);
    }
    if (failed == 0) return {};
    return fail(ErrorCode::invalid_input, fmt::format("{} av {} filer kunde inte läsas.", failed, total), {},
                "Raderna ovan säger varför; de andra är inlästa.");
}

}  // namespace

void add_ingest(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("ingest", "Läs in filer, mappar, ZIP-arkiv och .jsonl");
    auto options = std::make_shared<IngestOptions>();
    add_data_option(*command, options->data);
    command->add_option("--collection", options->collection, "Samlingen som dokumenten läggs i")
        ->required()
        ->type_name("NAMN");
    command->add_option("PATH", options->paths, "Filer och mappar")->required();
    command->add_flag("--json", options->json, "Skriv JSON");
    command->callback([options, &runner] { runner.run([&] { return ingest(*options); }); });
}

}  // namespace kansli::app
