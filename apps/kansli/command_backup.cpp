#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "commands.hpp"
#include "core/file.hpp"
#include "house.hpp"

namespace kansli::app {

namespace {

namespace fs = std::filesystem;

Failure copy_failed(const fs::path& path, const std::error_code& status) {
    return fail(ErrorCode::unavailable, "Kopieringen gick inte: " + status.message() + ".", path.string());
}

// Originals never change, so those that an earlier backup holds are left as they are.
Result<std::int64_t> copy_originals(const fs::path& from, const fs::path& to) {
    std::int64_t copied = 0;
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
        const auto target = to / fs::relative(entry.path(), from);
        std::error_code status;
        if (entry.is_directory()) {
            fs::create_directories(target, status);
        } else if (!fs::exists(target)) {
            const auto part = fs::path(target.string() + ".part");
            fs::copy_file(entry.path(), part, fs::copy_options::overwrite_existing, status);
            if (!status) fs::rename(part, target, status);
            ++copied;
        }
        if (status) return copy_failed(target, status);
    }
    return copied;
}

// The database first: every original that it names is in place before it is, so the copy never names a file it lacks.
Result<void> backup(const std::string& data, const std::string& target) {
    const auto house = TRY(House::open(data));
    const fs::path to(target);
    std::error_code status;
    if (fs::exists(to / "kansli.db")) fs::remove(to / "kansli.db", status);
    if (fs::exists(to, status) && !fs::is_empty(to, status) && !fs::exists(to / "kansli.toml", status)) {
        return fail(ErrorCode::conflict, "Mappen innehåller något annat än en säkerhetskopia.", target,
                    "Välj en tom mapp.");
    }
    fs::create_directories(to / "files", status);
    if (status) return copy_failed(to, status);
    fs::permissions(to, fs::perms::owner_all, status);
    TRY(house->database->backup_to(to / "kansli.db"));
    const auto copied = TRY(copy_originals(house->folder.files(), to / "files"));
    TRY(write_file(to / "kansli.toml", TRY(read_file(house->folder.settings_file()))));
    fmt::print(
        "Säkerhetskopian {} är klar ({} nya filer). Den är själv en datamapp: efter kansli index rebuild "
        "--data {} "
        "kan den användas.\n",
        target, copied, target);
    return {};
}

}  // namespace

void add_backup(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("backup", "Ta en säkerhetskopia, också medan servern är i gång");
    auto data = std::make_shared<std::string>();
    auto target = std::make_shared<std::string>();
    add_data_option(*command, *data);
    command->add_option("--to", *target, "Mappen som kopian läggs i")->required()->type_name("DIR");
    command->callback([data, target, &runner] { runner.run([&] { return backup(*data, *target); }); });
}

}  // namespace kansli::app
