#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

// What has changed in a source, told from what was remembered and what is seen now. Pure.
namespace kansli::documents::detail {

// What a stat tells of a file.
struct FileMark {
    std::uint64_t size = 0;
    std::int64_t modified = 0;  // nanoseconds since 1970
    std::uint64_t inode = 0;
};

// Stands for a file and its sidecar as they are at a moment. Empty when it cannot be trusted: a file that was written in the
// last seconds may be written once more without its time telling, since clocks of file systems are as coarse as two seconds.
[[nodiscard]] std::string stamp_of(const FileMark& file, const std::optional<FileMark>& sidecar,
                                   Timestamp looked);

struct KnownItem {
    std::string stamp{};  // empty: to be read again whatever is seen
    bool gone = false;
};
using KnownItems = std::map<std::string, KnownItem>;

struct FolderPlan {
    std::vector<std::string> read{};      // new, changed, or to be tried again
    std::vector<std::string> back{};      // had vanished; to be read as well when they are not as they were
    std::vector<std::string> vanished{};  // since last time
    std::int64_t unchanged = 0;
};

// `seen` gives the stamp of every file there is. `hidden` are files and folders of which nothing could be seen: what was
// known in them is left as it is.
[[nodiscard]] FolderPlan plan_folder(const KnownItems& known, const std::map<std::string, std::string>& seen,
                                     const std::vector<std::string>& hidden);

// "https://Kommun.example/taxa#avgift" to "https://kommun.example/taxa". Nothing for what is no web address, or one that
// carries a password.
[[nodiscard]] std::optional<std::string> clean_address(std::string_view text);
// "kommun.example:8080" of a clean address.
[[nodiscard]] std::string_view host_of(std::string_view address);
[[nodiscard]] bool looks_like_address(std::string_view text);

}  // namespace kansli::documents::detail
