#include "operation/restore.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/file.hpp"
#include "record/checkpoints.hpp"

namespace kansli::operation {

namespace {

namespace fs = std::filesystem;

constexpr auto another = "Använd en annan kopia.";

// The only files that a manifest may name, so that a forged one writes nothing elsewhere.
bool may_be_restored(const std::string& path) {
    return path == "kansli.db" || path == "kansli.toml" || path == "models.toml" ||
           path == record::checkpoints_file;
}

Result<void> check_names(const Manifest& manifest, const fs::path& folder) {
    const bool files = std::ranges::all_of(manifest.files, may_be_restored, &BackedUpFile::path);
    const bool originals = std::ranges::all_of(manifest.originals, is_hash, &BackedUpOriginal::sha256);
    const auto names = [&](std::string_view path) {
        return std::ranges::find(manifest.files, path, &BackedUpFile::path) != manifest.files.end();
    };
    if (files && originals && names("kansli.db") && names("kansli.toml")) return {};
    return fail(ErrorCode::corrupt, "Förteckningen nämner filer som inte hör hemma i en säkerhetskopia.",
                (folder / manifest_name).string(), another);
}

// Why these are not the bytes that were copied; nothing when they are.
std::optional<Error> difference(const fs::path& file, const Result<FileFacts>& found, std::uintmax_t size,
                                const std::string& sha256) {
    if (!found)
        return Error{ErrorCode::corrupt, "Filen saknas eller kan inte läsas.", file.string(), another};
    if (found->size != size) {
        return Error{ErrorCode::corrupt, fmt::format("Filen är {} byte i stället för {}.", found->size, size),
                     file.string(), another};
    }
    if (found->sha256 == sha256) return std::nullopt;
    return Error{ErrorCode::corrupt, "Filens innehåll har ändrats sedan kopian togs.", file.string(),
                 another};
}

Result<void> make_folder(const fs::path& folder) {
    std::error_code status;
    fs::create_directories(folder, status);
    if (!status) fs::permissions(folder, fs::perms::owner_all, status);
    if (!status) return {};
    return fail(ErrorCode::unavailable, fmt::format("Mappen kan inte skapas: {}.", status.message()),
                folder.string(), "Kontrollera disken och rättigheterna.");
}

// Copies, and says afterwards whether the bytes were the right ones. A source that is there and cannot be copied is
// the target's fault.
Result<FileFacts> copy_existing(const fs::path& source, const fs::path& target) {
    std::error_code status;
    if (!fs::is_regular_file(source, status)) return fail(ErrorCode::not_found, "Filen finns inte.");
    TRY(make_folder(target.parent_path()));
    return copy_and_measure(source, target);
}

bool is_about_target(const Result<FileFacts>& copied) {
    return !copied && copied.error().code == ErrorCode::unavailable;
}

}  // namespace

Result<Backup> find_backup(const fs::path& from) {
    std::error_code status;
    Backup backup;
    const auto backups = backups_in(from);
    backup.folder = backups.empty() ? from : backups.front();
    if (backups.empty()) {
        // A place whose only copies have lost their manifests is told apart from a folder without copies.
        for (const auto& entry : fs::directory_iterator(from, status)) {
            if (fs::exists(entry.path() / "kansli.db", status)) backup.folder = entry.path();
        }
    }
    backup.manifest = TRY(read_manifest(backup.folder));
    TRY(check_names(backup.manifest, backup.folder));
    const auto place = fs::absolute(backup.folder, status).lexically_normal().parent_path();
    backup.originals = place / "files";
    backup.removal_log = place / store::removal_log_name;
    return backup;
}

Result<std::vector<Error>> bring_back(const Backup& backup, const fs::path& data, Originals originals) {
    std::vector<Error> complaints;
    TRY(make_folder(data));
    auto files = backup.manifest.files;
    // The settings last, since they make it a data folder.
    std::ranges::partition(files, [](const auto& file) { return file.path != "kansli.toml"; });
    for (const auto& file : files) {
        const auto source = backup.folder / file.path;
        const auto copied = copy_existing(source, data / file.path);
        if (is_about_target(copied)) return Failure(copied.error());
        if (const auto wrong = difference(source, copied, file.size, file.sha256)) return Failure(*wrong);
    }
    std::error_code status;
    if (fs::exists(backup.removal_log, status))
        TRY(add_missing_lines(data / store::removal_log_name, TRY(read_file(backup.removal_log))));
    for (const auto& original : backup.manifest.originals) {
        const auto source = original_path(backup.originals, original.sha256);
        const auto target = original_path(data / "files", original.sha256);
        const auto facts =
            originals == Originals::copied ? copy_existing(source, target) : measure_file(source);
        if (originals == Originals::copied && is_about_target(facts)) return Failure(facts.error());
        if (auto wrong = difference(source, facts, original.size, original.sha256)) {
            complaints.push_back(*std::move(wrong));
            std::error_code ignored;
            fs::remove(target, ignored);
        }
    }
    return complaints;
}

Result<std::vector<Error>> examine(const Manifest& manifest, store::Database& database,
                                   record::Record& record, documents::Library& library) {
    std::vector<Error> complaints;
    if (const auto whole = database.check(); !whole) complaints.push_back(whole.error());
    const auto chain = TRY(record.verify());
    if (chain.first_broken) {
        complaints.push_back({ErrorCode::corrupt,
                              fmt::format("Protokollets kedja är bruten vid anteckning {}: {}",
                                          *chain.first_broken, chain.reason),
                              "", another});
    }
    if (manifest.record_entries > 0) {
        const auto last = record.entry(manifest.record_entries);
        if (!last || last->hash != manifest.record_head) {
            complaints.push_back(
                {ErrorCode::corrupt,
                 fmt::format("Protokollets anteckning {} är inte den som förteckningen nämner.",
                             manifest.record_entries),
                 "", another});
        }
    }
    for (const auto& hash : TRY(library.original_hashes())) {
        const auto found = std::ranges::lower_bound(manifest.originals, hash, {}, &BackedUpOriginal::sha256);
        if (found != manifest.originals.end() && found->sha256 == hash) continue;
        complaints.push_back({ErrorCode::corrupt,
                              "En version i databasen har ingen originalfil i säkerhetskopian.", hash,
                              another});
    }
    return complaints;
}

}  // namespace kansli::operation
