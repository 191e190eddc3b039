#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "documents/library.hpp"
#include "operation/backup.hpp"
#include "record/record.hpp"
#include "store/database.hpp"

namespace kansli::operation {

// A copy with the originals that it shares with others.
struct Backup {
    std::filesystem::path folder{};
    std::filesystem::path originals{};
    std::filesystem::path removal_log{};  // beside the copies; there or not
    Manifest manifest{};
};

// `from` is a place for copies, of which the newest is taken, or one copy in it. not_found when there is none, corrupt
// when its manifest is missing or cannot be right.
[[nodiscard]] Result<Backup> find_backup(const std::filesystem::path& from);

enum class Originals : std::uint8_t {
    copied,   // into the data folder
    examined  // only read: to try a copy without room for all of it
};

// Makes a data folder of a copy: database, settings, checkpoints and originals, each with the size and the SHA-256 that the
// manifest says, and the log of removals that lies beside the copies. What does not fit is a complaint, and the rest goes on; a damaged original is left out.
// Errors: what the disk answers while writing; corrupt when the database or the settings are not whole, since without
// them there is no data folder. Requires: `data` is not there.
[[nodiscard]] Result<std::vector<Error>> bring_back(const Backup& backup, const std::filesystem::path& data,
                                                    Originals originals);

// Whether a restored data folder holds together: SQLite's own check, the record's chain and where the manifest says it
// ends, an original for each version. One complaint for each thing that does not.
[[nodiscard]] Result<std::vector<Error>> examine(const Manifest& manifest, store::Database& database,
                                                 record::Record& record, documents::Library& library);

}  // namespace kansli::operation
