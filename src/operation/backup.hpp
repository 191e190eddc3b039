#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "json/describe.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"

// Copies of a data folder that can be checked without the program that made them. A place for copies looks so:
//     files/aa/bb/HASH          originals by the SHA-256 of their bytes, shared by all copies
//     removals.jsonl            what has been removed by decision (gallrat), also after the copies were made
//     MOMENT/kansli.db          one copy: the database,
//     MOMENT/kansli.toml        the settings,
//     MOMENT/models.toml        and which language models there are, when that is said,
//     MOMENT/checkpoints.jsonl  what the record has signed, when there is any,
//     MOMENT/backup.json        and the manifest
// A copy is there when its folder has its name, which it gets last. The secret keys stay behind: who comes by a copy must not be able
// to sign in the municipality's name.
namespace kansli::operation {

inline constexpr int manifest_format = 1;
inline constexpr std::string_view manifest_name = "backup.json";

struct BackedUpFile {
    std::string path{};  // below the copy's folder and below the data folder, with '/'
    std::uintmax_t size = 0;
    std::string sha256{};
};
KANSLI_DESCRIBE(BackedUpFile, path, size, sha256)

struct BackedUpOriginal {
    std::string sha256{};  // also its name
    std::uintmax_t size = 0;
};
KANSLI_DESCRIBE(BackedUpOriginal, sha256, size)

// What a copy holds.
struct Manifest {
    int format = manifest_format;
    std::string program{};  // the version of Kansli that made it
    Timestamp moment{};
    std::int64_t record_entries = 0;  // of the hash chain in the copied database
    std::string record_head{};        // the hash of its last entry; empty when there is none
    std::vector<BackedUpFile> files{};
    std::vector<BackedUpOriginal> originals{};
};
KANSLI_DESCRIBE(Manifest, format, program, moment, record_entries, record_head, files, originals)

struct BackupReport {
    std::filesystem::path folder{};  // the new copy
    std::int64_t originals = 0;      // all of them
    std::int64_t copied = 0;         // those that no earlier copy had
    std::int64_t removed = 0;        // older copies that were let go
    std::vector<std::string>
        damaged{};  // originals of the data folder whose bytes have changed; they are not in the copy
};

// Makes a copy in `to` while others read and write, and keeps the `keep` newest ones. Originals that an earlier copy
// has are not copied again; those that no copy names any more are removed.
// The database is copied as it was at one instant, and before the originals, so the copy never names one that it lacks.
// A crash leaves the earlier copies as they were.
// Requires: keep > 0. Errors: conflict when `to` holds anything else or lies in the data folder, busy when another
// backup runs there, unavailable when the disk is full.
[[nodiscard]] Result<BackupReport> make_backup(const store::DataFolder& data, store::Database& database,
                                               const std::filesystem::path& to, int keep, Timestamp moment);

// The copies of a place, newest first.
[[nodiscard]] std::vector<std::filesystem::path> backups_in(const std::filesystem::path& place);

// not_found when the folder is no copy, corrupt when its manifest is missing or unreadable, unsupported when it is of
// a later format.
[[nodiscard]] Result<Manifest> read_manifest(const std::filesystem::path& backup);

// Where an original lies below a folder of originals. Requires: a SHA-256.
[[nodiscard]] std::filesystem::path original_path(const std::filesystem::path& files, std::string_view hash);

// Whether the text is a SHA-256 as hexadecimal digits in lower case.
[[nodiscard]] bool is_hash(std::string_view text);

}  // namespace kansli::operation
