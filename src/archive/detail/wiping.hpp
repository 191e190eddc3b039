#pragma once

#include <set>
#include <string>

#include "core/result.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"

// What a run leaves on disk outside the rows that it removed.
namespace kansli::archive::detail {

// Removes what no version needs any more: originals (also containers, whose members came in by themselves), pictures of their pages,
// uploads with the same bytes as `originals`, what an import unpacked, and the copies of the database from before upgrades.
// Waits for an import under way; busy when it does not end.
[[nodiscard]] Result<void> wipe_files(store::Database& database, const store::DataFolder& folder,
                                      const std::set<std::string>& originals);

}  // namespace kansli::archive::detail
