#include "store/upgrade.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "store/folder_lock.hpp"

namespace kansli::store {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kept_copies = 3;
constexpr auto patience = std::chrono::minutes(10);  // for another process that upgrades the same folder
// The first version did not tell who it was.
constexpr std::string_view first_version = "0.1.0";

// The copy and, in the worst case, every page written anew beside the old ones.
Result<void> check_room(const DataFolder& folder) {
    std::error_code status;
    const auto size = fs::file_size(folder.database_file(), status);
    if (status) return {};
    const auto space = fs::space(folder.path(), status);
    if (status || space.available >= 2 * size) return {};
    return fail(
        ErrorCode::unavailable,
        fmt::format("Det finns inte plats för kopian som tas före en uppgradering: {} MB behövs, {} MB "
                    "är ledigt.",
                    (2 * size >> 20U) + 1, space.available >> 20U),
        folder.path().string(), "Frigör utrymme på disken och starta igen. Ingenting har ändrats.");
}

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code status;
    for (const auto& entry : fs::directory_iterator(folder, status))
        files.push_back(entry.path());
    return files;
}

// The end of a copy's name, which tells when it was taken, whatever the version before it.
std::string moment_of(const fs::path& copy) {
    const auto name = copy.stem().string();
    const auto length = file_stamp({}).size();
    return name.size() < length ? name : name.substr(name.size() - length);
}

// Leaves the newest copies, and nothing of one that was cut off.
void tidy(const fs::path& folder) {
    std::vector<fs::path> copies;
    std::error_code ignored;
    for (const auto& path : files_in(folder)) {
        if (path.extension() == ".db") copies.push_back(path);
        if (path.filename().string().find(".db.part-") != std::string::npos) fs::remove(path, ignored);
    }
    std::ranges::sort(copies, std::ranges::greater{}, moment_of);
    for (auto i = kept_copies; i < copies.size(); ++i)
        fs::remove(copies[i], ignored);
}

Result<fs::path> copy_before(const DataFolder& folder, Database& database, const std::string& program,
                             Timestamp moment) {
    TRY(check_room(folder));
    std::error_code status;
    fs::create_directories(folder.before_upgrade(), status);
    if (!status) fs::permissions(folder.before_upgrade(), fs::perms::owner_all, status);
    if (status) {
        return fail(ErrorCode::unavailable, "Mappen för kopian före uppgraderingen kan inte skapas.",
                    folder.before_upgrade().string(), "Kontrollera mappens ägare och rättigheter.");
    }
    tidy(folder.before_upgrade());
    auto copy = folder.before_upgrade() /
                fmt::format("kansli-{}-{}.db", program.empty() ? first_version : program, file_stamp(moment));
    TRY(database.backup_to(copy));
    return copy;
}

}  // namespace

std::string file_stamp(Timestamp moment) {
    auto stamp = to_string(moment);
    std::erase(stamp, ':');
    return stamp;
}

Result<std::optional<fs::path>> upgrade(const DataFolder& folder, Database& database, const Rooms& rooms,
                                        Timestamp moment) {
    if (TRY(database.schema_state(rooms)).missing == 0) return std::nullopt;
    const auto alone = TRY(FolderLock::acquire(folder.path(), "upgrade", patience));
    // Whoever held the lock may have done it.
    const auto state = TRY(database.schema_state(rooms));
    std::optional<fs::path> copy;
    if (state.run > 0 && state.missing > 0) {
        copy = TRY(copy_before(folder, database, state.program, moment));
    }
    TRY(database.migrate(rooms));
    if (copy) tidy(folder.before_upgrade());
    return copy;
}

}  // namespace kansli::store
