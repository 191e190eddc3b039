#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "documents/importer.hpp"

// What lies in the folder of the index:
//     current          "FORMAT GENERATION": which generation answers; replaced as a whole
//     writer.lock      held by whoever writes to the live generation
//     rebuild.lock     held by whoever builds a new one
//     g00000007/       a generation …
//         open/        … its shard of the documents that are open to all,
//         c-4f2a…/     … one for each collection that is limited, with what all whom it lets in may read,
//         few/         … and one for all documents that have limits of their own
namespace kansli::search::detail {

// Raised whenever other terms are written, so that an index of an older program is built anew instead of misread.
inline constexpr int index_format = 4;

inline constexpr const char* open_shard = "open";
inline constexpr const char* mixed_shard = "few";

// What everybody may read whom a collection lets in.
[[nodiscard]] std::string collection_shard(std::string_view collection);
// Where a version belongs.
[[nodiscard]] std::string shard_name(const documents::Placing& placing);

// The name of the live generation; none when there is no index yet or it has another format.
[[nodiscard]] Result<std::optional<std::string>> live_generation(const std::filesystem::path& folder);
[[nodiscard]] Result<void> make_live(const std::filesystem::path& folder, const std::string& generation);

// A name that no generation in the folder has or had a moment ago.
[[nodiscard]] Result<std::string> new_generation(const std::filesystem::path& folder);

// Removes all generations but the live one. Requires: the rebuild lock.
[[nodiscard]] Result<void> remove_other_generations(const std::filesystem::path& folder);

// Keeps other processes, and other threads of this one, from doing the same. Freed by the system when the process dies.
class FolderLock {
  public:
    // Waits up to `patience` for it; then busy. cancelled when told to stop.
    [[nodiscard]] static Result<FolderLock> acquire(const std::filesystem::path& file,
                                                    std::chrono::milliseconds patience,
                                                    const std::stop_token& stop = {});
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&& other) noexcept;

  private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace kansli::search::detail
