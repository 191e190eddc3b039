#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"

namespace kansli::store {

// Brings the database of a data folder to this program's schema. Before the first step of a folder that has been in use, a
// copy of the database is put into FOLDER/before-upgrade/ as kansli-VERSION-MOMENT.db, VERSION being the Kansli that can
// open it; the three newest copies stay. The copy's path, or nothing when no step was missing or the folder is new.
//
// Errors: conflict, with nothing written, when the folder is newer than this program; unavailable when the disk has no
// room for the copy; what migrate() answers otherwise. A crash leaves the folder as it was before or as it is after.
// Processes: one at a time; the others wait.
[[nodiscard]] Result<std::optional<std::filesystem::path>> upgrade(const DataFolder& folder,
                                                                   Database& database, const Rooms& rooms,
                                                                   Timestamp moment);

// A moment as a part of a file's name, without the colons that some file systems refuse: "2026-11-22T083000.000Z".
[[nodiscard]] std::string file_stamp(Timestamp moment);

}  // namespace kansli::store
