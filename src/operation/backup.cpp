#include "operation/backup.hpp"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/file.hpp"
#include "json/binder.hpp"
#include "record/checkpoints.hpp"
#include "record/record.hpp"
#include "store/folder_lock.hpp"
#include "store/upgrade.hpp"

namespace kansli::operation {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view lock_name = "backup";
constexpr std::string_view unfinished = "kansli-";  // how TemporaryFolder names a copy that is being made

Failure not_possible(const fs::path& path, const std::error_code& status) {
    return fail(ErrorCode::unavailable,
                fmt::format("Säkerhetskopian kan inte skrivas: {}.", status.message()), path.string(),
                "Kontrollera disken och mappens rättigheter. De tidigare kopiorna är orörda.");
}

// Left by a copy that was cut off: what it had of itself, or of the log of removals.
bool is_unfinished(const std::string& name) {
    return name.starts_with(unfinished) || name.starts_with(fmt::format("{}.part-", store::removal_log_name));
}

bool may_lie_in_place(const fs::directory_entry& entry) {
    const auto name = entry.path().filename().string();
    std::error_code status;
    return name == "files" || name == store::removal_log_name || name == fmt::format("lock-{}", lock_name) ||
           is_unfinished(name) || fs::exists(entry.path() / manifest_name, status);
}

Result<void> check_place(const store::DataFolder& data, const fs::path& to) {
    std::error_code status;
    const auto inside =
        fs::weakly_canonical(to, status).lexically_relative(fs::weakly_canonical(data.path()));
    if (!inside.empty() && *inside.begin() != "..") {
        return fail(ErrorCode::conflict, "Säkerhetskopian kan inte ligga i datamappen.", to.string(),
                    "Välj en mapp på en annan disk.");
    }
    for (const auto& entry : fs::directory_iterator(to, status)) {
        if (may_lie_in_place(entry)) continue;
        return fail(ErrorCode::conflict, "Mappen innehåller något annat än säkerhetskopior.",
                    entry.path().string(), "Välj en tom mapp, eller en där bara säkerhetskopior ligger.");
    }
    return {};
}

Result<void> make_place(const fs::path& to) {
    std::error_code status;
    fs::create_directories(to / "files", status);
    if (!status) fs::permissions(to, fs::perms::owner_all, status);
    if (status) return not_possible(to, status);
    return {};
}

void remove_unfinished(const fs::path& to) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(to, ignored)) {
        if (is_unfinished(entry.path().filename().string())) fs::remove_all(entry.path(), ignored);
    }
}

// A file under files/ is complete, or has another name.
Result<std::vector<BackedUpOriginal>> originals_of(const store::DataFolder& data) {
    std::vector<BackedUpOriginal> originals;
    std::error_code status;
    for (const auto& entry : fs::recursive_directory_iterator(data.files(), status)) {
        auto name = entry.path().filename().string();
        std::error_code gone;
        const auto size = is_hash(name) ? entry.file_size(gone) : 0;
        if (is_hash(name) && !gone) originals.push_back({std::move(name), size});
    }
    if (status) return not_possible(data.files(), status);
    std::ranges::sort(originals, {}, &BackedUpOriginal::sha256);
    return originals;
}

bool has(const fs::path& files, const BackedUpOriginal& original) {
    std::error_code status;
    const auto size = fs::file_size(original_path(files, original.sha256), status);
    return !status && size == original.size;
}

Result<void> check_room(const fs::path& to, const std::vector<BackedUpOriginal>& originals) {
    std::uintmax_t needed = 0;
    for (const auto& original : originals) {
        if (!has(to / "files", original)) needed += original.size;
    }
    std::error_code status;
    const auto space = fs::space(to, status);
    if (status || needed <= space.available) return {};
    return fail(ErrorCode::unavailable,
                fmt::format("Disken räcker inte: {} MB originalfiler ska kopieras och {} MB är ledigt.",
                            needed >> 20U, space.available >> 20U),
                to.string(), "Frigör utrymme eller spara färre kopior med --keep. De tidigare är orörda.");
}

// Copies those that are not there yet, and takes those whose bytes are no longer what their name says off the list.
Result<void> copy_originals(const store::DataFolder& data, const fs::path& files, BackupReport& report,
                            std::vector<BackedUpOriginal>& originals) {
    std::vector<BackedUpOriginal> whole;
    for (auto& original : originals) {
        const auto target = original_path(files, original.sha256);
        if (!has(files, original)) {
            std::error_code status;
            fs::create_directories(target.parent_path(), status);
            if (status) return not_possible(target, status);
            const auto facts = TRY(copy_and_measure(original_path(data.files(), original.sha256), target));
            if (facts.sha256 != original.sha256) {
                fs::remove(target, status);
                report.damaged.push_back(original.sha256);
                continue;
            }
            ++report.copied;
        }
        whole.push_back(std::move(original));
    }
    originals = std::move(whole);
    report.originals = static_cast<std::int64_t>(originals.size());
    return {};
}

Result<void> copy_beside(const fs::path& source, const fs::path& folder, std::string path,
                         Manifest& manifest) {
    const auto facts = TRY(copy_and_measure(source, folder / path));
    manifest.files.push_back({std::move(path), facts.size, facts.sha256});
    return {};
}

// Where the chain ends in the copied database, which may be further than it was when the copy began.
Result<void> note_record(const fs::path& database_file, Manifest& manifest) {
    const auto copy = TRY(store::Database::open(database_file));
    const auto last = TRY(record::Record(*copy).entries({.limit = 1}));
    if (last.empty()) return {};
    manifest.record_entries = last.front().number;
    manifest.record_head = last.front().hash;
    return {};
}

// Gives the finished folder its name. Until then it is not a copy.
Result<fs::path> put_in_place(const fs::path& part, const fs::path& to, const Manifest& manifest) {
    TRY(write_file(part / manifest_name, json::write(manifest) + "\n"));
    TRY(sync_folder(part));
    auto folder = to / store::file_stamp(manifest.moment);
    std::error_code status;
    fs::rename(part, folder, status);
    if (status) return not_possible(folder, status);
    TRY(sync_folder(to));
    return folder;
}

// Removes what no copy names. When a manifest cannot be read, nobody knows what it names, and all stays.
void remove_unnamed(const fs::path& to) {
    std::set<std::string> named;
    for (const auto& backup : backups_in(to)) {
        const auto manifest = read_manifest(backup);
        if (!manifest) return;
        for (const auto& original : manifest->originals)
            named.insert(original.sha256);
    }
    std::error_code ignored;
    std::vector<fs::path> unnamed;
    for (const auto& entry : fs::recursive_directory_iterator(to / "files", ignored)) {
        if (entry.is_regular_file() && !named.contains(entry.path().filename().string()))
            unnamed.push_back(entry.path());
    }
    for (const auto& path : unnamed)
        fs::remove(path, ignored);
}

std::int64_t remove_older(const fs::path& to, int keep) {
    const auto backups = backups_in(to);
    std::int64_t removed = 0;
    for (auto i = static_cast<std::size_t>(keep); i < backups.size(); ++i) {
        std::error_code ignored;
        // Without its manifest it is no copy any more, whatever happens next.
        fs::remove(backups[i] / manifest_name, ignored);
        fs::remove_all(backups[i], ignored);
        ++removed;
    }
    remove_unnamed(to);
    return removed;
}

Result<void> copy_removal_log(const store::DataFolder& data, const fs::path& to) {
    if (!fs::exists(data.removal_log())) return {};
    return add_missing_lines(to / store::removal_log_name, TRY(read_file(data.removal_log())));
}

}  // namespace

namespace {

// The settings, and what else there may be beside the database.
Result<void> copy_small_files(const store::DataFolder& data, const fs::path& part, Manifest& manifest) {
    TRY(copy_beside(data.settings_file(), part, "kansli.toml", manifest));
    if (fs::exists(data.models_file())) TRY(copy_beside(data.models_file(), part, "models.toml", manifest));
    const auto checkpoints = data.path() / record::checkpoints_file;
    if (fs::exists(checkpoints))
        TRY(copy_beside(checkpoints, part, std::string(record::checkpoints_file), manifest));
    return {};
}

}  // namespace

Result<BackupReport> make_backup(const store::DataFolder& data, store::Database& database, const fs::path& to,
                                 int keep, Timestamp moment) {
    TRY(check_place(data, to));
    TRY(make_place(to));
    const auto alone = TRY(store::FolderLock::acquire(to, lock_name));
    remove_unfinished(to);
    // First, for whoever restores an earlier copy has use of it whether this one comes about or not.
    TRY(copy_removal_log(data, to));
    const auto part = TRY(TemporaryFolder::create(to));
    BackupReport report;
    Manifest manifest{.program = KANSLI_VERSION, .moment = moment};
    const auto database_file = part.path() / "kansli.db";
    TRY(database.backup_to(database_file));
    TRY(note_record(database_file, manifest));
    const auto facts = TRY(measure_file(database_file));
    manifest.files.push_back({"kansli.db", facts.size, facts.sha256});
    TRY(copy_small_files(data, part.path(), manifest));
    manifest.originals = TRY(originals_of(data));
    TRY(check_room(to, manifest.originals));
    TRY(copy_originals(data, to / "files", report, manifest.originals));
    report.folder = TRY(put_in_place(part.path(), to, manifest));
    report.removed = remove_older(to, keep);
    return report;
}

std::vector<fs::path> backups_in(const fs::path& place) {
    std::vector<fs::path> backups;
    std::error_code status;
    for (const auto& entry : fs::directory_iterator(place, status)) {
        const bool finished = !entry.path().filename().string().starts_with(unfinished);
        if (finished && fs::exists(entry.path() / manifest_name, status)) backups.push_back(entry.path());
    }
    std::ranges::sort(backups, std::ranges::greater{});
    return backups;
}

Result<Manifest> read_manifest(const fs::path& backup) {
    std::error_code status;
    const auto file = backup / manifest_name;
    if (!fs::exists(file, status)) {
        if (!fs::exists(backup / "kansli.db", status)) {
            return fail(ErrorCode::not_found, "Här finns ingen säkerhetskopia.", backup.string(),
                        "Ange mappen som kansli backup --to skrev till.");
        }
        return fail(ErrorCode::corrupt,
                    fmt::format("Säkerhetskopian saknar sin förteckning {}.", manifest_name), backup.string(),
                    "Använd en annan kopia.");
    }
    const auto damaged = [&](const Error& error) {
        return fail(ErrorCode::corrupt, "Förteckningen kan inte läsas: " + error.message, file.string(),
                    "Använd en annan kopia.");
    };
    // Read by itself first: a later format may have members that the strict reading does not know.
    const auto text = TRY(read_file(file));
    const auto value = json::parse(text, {.bytes = text.size()});
    if (!value) return damaged(value.error());
    const auto* const format = value->find("format");
    if (format != nullptr && format->as_integer() && *format->as_integer() > manifest_format) {
        return fail(ErrorCode::unsupported, "Säkerhetskopian är gjord av en nyare version av Kansli.",
                    file.string(), "Installera den versionen eller en senare.");
    }
    auto manifest = json::read<Manifest>(text, {.limits = {.bytes = text.size()}});
    if (!manifest) return damaged(manifest.error());
    return manifest;
}

fs::path original_path(const fs::path& files, std::string_view hash) {
    return files / hash.substr(0, 2) / hash.substr(2, 2) / hash;
}

bool is_hash(std::string_view text) {
    const auto hexadecimal = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return text.size() == 64 && std::ranges::all_of(text, hexadecimal);
}

}  // namespace kansli::operation
