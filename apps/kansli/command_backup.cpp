#include <memory>
#include <string>

#include <fmt/format.h>

#include "commands.hpp"
#include "house.hpp"
#include "operation/backup.hpp"

namespace kansli::app {

namespace {

struct BackupOptions {
    std::string data{};
    std::string to{};
    int keep = 7;
};

// Needs neither index nor word list, so a damaged index does not stand in the way of a copy.
Result<void> backup(const BackupOptions& options) {
    const auto foundation = TRY(lay_foundation(options.data));
    const auto report =
        TRY(operation::make_backup(foundation.folder, *foundation.database, options.to, options.keep, now()));
    fmt::print("Säkerhetskopian {} är klar: {} originalfiler, varav {} nya.\n", report.folder.string(),
               report.originals, report.copied);
    if (report.removed > 0) fmt::print("{} äldre kopior är borttagna.\n", report.removed);
    if (report.damaged.empty()) return {};
    for (const auto& hash : report.damaged)
        fmt::print("Skadad originalfil, inte kopierad: {}\n", hash);
    return fail(ErrorCode::corrupt,
                fmt::format("{} originalfiler i datamappen är skadade.", report.damaged.size()), options.data,
                "Kopian är klar utan dem. Hämta dem ur en äldre kopia.");
}

}  // namespace

void add_backup(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("backup", "Ta en säkerhetskopia, också medan servern är i gång");
    auto options = std::make_shared<BackupOptions>();
    add_data_option(*command, options->data);
    command->add_option("--to", options->to, "Mappen där kopiorna ligger")->required()->type_name("DIR");
    command->add_option("--keep", options->keep, "Så många kopior sparas; äldre tas bort")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    command->callback([options, &runner] { runner.run([&] { return backup(*options); }); });
}

}  // namespace kansli::app
