#pragma once

#include <filesystem>

#include "core/result.hpp"
#include "core/time.hpp"

namespace kansli::extract {

// Packs a folder of ours with everything below it into a ZIP file: names relative to the folder, in order, each file dated `moment`, so
// that the same folder gives the same bytes. Compressed; large files in the extended format. Replaces `target` as a whole.
// Errors: unavailable when a file cannot be read or the disk is full. Requires: `target` lies outside the folder.
[[nodiscard]] Result<void> pack_zip(const std::filesystem::path& folder, const std::filesystem::path& target,
                                    Timestamp moment);

}  // namespace kansli::extract
