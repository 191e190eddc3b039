#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "commands.hpp"
#include "core/file.hpp"
#include "house.hpp"
#include "operation/restore.hpp"

namespace kansli::app {

namespace {

namespace fs = std::filesystem;

struct RestoreOptions {
    std::string from{};
    std::string to{};
    std::string log{};  // of removals, from elsewhere
    bool check = false;
    bool accept_damage = false;
};

constexpr std::size_t shown_complaints = 50;

Result<void> check_options(const RestoreOptions& options) {
    std::error_code status;
    if (options.to.empty() && !options.check) {
        return fail(ErrorCode::invalid_input,
                    "Ange mappen som ska skapas med --to, eller prova kopian med --check.");
    }
    const bool taken = fs::exists(options.to, status) && !fs::is_empty(options.to, status);
    if (!taken || options.check) return {};
    return fail(ErrorCode::conflict, "Mappen är inte tom.", options.to,
                "Välj en ny mapp, eller flytta undan den gamla. Ta inte bort den.");
}

void print_complaints(const std::vector<Error>& complaints) {
    for (std::size_t i = 0; i < complaints.size() && i < shown_complaints; ++i)
        fmt::print("SKADAT  {}\n", to_line(complaints[i]));
    if (complaints.size() > shown_complaints)
        fmt::print("SKADAT  … och {} till\n", complaints.size() - shown_complaints);
}

// What was removed by decision after the copy was made is in it. How many things that is; a log that does not hold is a complaint.
std::size_t count_returned(House& house, std::vector<Error>& complaints) {
    const auto returned = [&]() -> Result<archive::Plan> {
        return house.retention.returned(access::keeper(), TRY(house.retention.log()));
    }();
    if (!returned) {
        complaints.push_back(returned.error());
        return 0;
    }
    return returned->removals.size() + returned->held.size();
}

struct Examined {
    std::vector<Error> complaints{};
    std::size_t returned = 0;
};

// Opens the restored folder as the program would, builds the index, and looks whether everything holds together.
Result<Examined> examine(const operation::Manifest& manifest, const fs::path& data) {
    const auto house = TRY(House::open(data.string()));
    auto complaints = TRY(operation::examine(manifest, *house->database, house->record, *house->library));
    if (complaints.empty()) {
        fmt::print(
            "helt    databasens innehåll, och en originalfil till varje version\n"
            "helt    protokollet: {} anteckningar, kedjan slutar som den gjorde när kopian togs\n",
            manifest.record_entries);
    }
    TRY(house->index->rebuild());
    fmt::print("byggt   sökregistret: {} avsnitt\n", TRY(house->index->statistics()).sections);
    const auto returned = count_returned(*house, complaints);
    return Examined{std::move(complaints), returned};
}

Result<void> put_in_place(const fs::path& data, const std::string& to) {
    std::error_code status;
    fs::rename(data, to, status);
    if (!status) return {};
    return fail(ErrorCode::unavailable, fmt::format("Mappen kan inte läggas på plats: {}.", status.message()),
                to);
}

Result<void> restore(const RestoreOptions& options) {
    TRY(check_options(options));
    const auto backup = TRY(operation::find_backup(options.from));
    const auto& manifest = backup.manifest;
    fmt::print("Säkerhetskopian {}, tagen {} med Kansli {}\n", backup.folder.string(),
               to_string(manifest.moment), manifest.program);
    const fs::path to = options.to;
    const auto work = TRY(TemporaryFolder::create(options.check ? to : fs::absolute(to).parent_path()));
    const auto data = work.path() / "data";
    auto complaints = TRY(operation::bring_back(
        backup, data, options.check ? operation::Originals::examined : operation::Originals::copied));
    if (!options.log.empty())
        TRY(add_missing_lines(data / store::removal_log_name, TRY(read_file(options.log))));
    fmt::print("helt    databas och inställningar: kontrollsummorna stämmer\n");
    if (complaints.empty()) fmt::print("helt    originalfiler: {}\n", manifest.originals.size());
    const auto found = TRY(examine(manifest, data));
    complaints.insert(complaints.end(), found.complaints.begin(), found.complaints.end());
    print_complaints(complaints);
    const bool good = complaints.empty();
    if (!good && (options.check || !options.accept_damage)) {
        return fail(ErrorCode::corrupt,
                    fmt::format("Säkerhetskopian är skadad på {} ställen.", complaints.size()),
                    backup.folder.string(),
                    "Prova en annan kopia. Finns ingen hel återställer --accept-damage allt som går.");
    }
    if (options.check) {
        fmt::print("Säkerhetskopian är hel och går att återställa.\n");
        return {};
    }
    TRY(put_in_place(data, options.to));
    if (found.returned > 0) {
        fmt::print(
            "GALLRAT {} saker som gallrades efter att kopian togs är tillbaka. Gallra dem igen innan du "
            "startar: kansli retention reapply --data {}\n",
            found.returned, options.to);
    }
    fmt::print("Datamappen {} är klar. Starta med: kansli serve --data {}\n", options.to, options.to);
    return {};
}

}  // namespace

void add_restore(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand(
        "restore", "Gör en datamapp av en säkerhetskopia, eller prova om kopian är hel");
    auto options = std::make_shared<RestoreOptions>();
    command->add_option("--from", options->from, "Mappen med kopior (den nyaste tas), eller en av kopiorna")
        ->required()
        ->type_name("DIR");
    command->add_option("--to", options->to, "Datamappen som skapas; med --check var det provas")
        ->type_name("DIR");
    command
        ->add_option(
            "--log", options->log,
            "Gallringsloggen removals.jsonl ur en annan datamapp, utöver den som ligger bland kopiorna")
        ->type_name("FIL");
    command->add_flag("--check", options->check,
                      "Prova bara: läs varje fil, öppna, räkna om, behåll ingenting");
    command->add_flag("--accept-damage", options->accept_damage,
                      "Återställ det som går också när originalfiler saknas eller är skadade");
    command->callback([options, &runner] { runner.run([&] { return restore(*options); }); });
}

}  // namespace kansli::app
