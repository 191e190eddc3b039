#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"

// A look at a folder on the server, without opening any file in it.
namespace kansli::documents::detail {

struct SeenFile {
    std::filesystem::path path{};  // absolute
    std::string stamp{};
};

// A file or folder of which nothing could be seen.
struct Obstacle {
    std::string name{};     // path inside the folder
    std::string problem{};  // a Swedish sentence
};

struct FolderView {
    std::map<std::string, SeenFile> files{};  // by path inside the folder, in UTF-8
    std::vector<Obstacle> obstacles{};
    std::string
        identity{};  // which folder of which disk this is; changes when a disk is mounted over it or taken away
};

// Everything below the folder that may be a document: ordinary files, and links to ordinary files inside it. Left out are
// hidden files, office programs' lock files, sidecars (they belong to their file), links that lead out, links to folders
// (what is inside the folder is found where it is), and data folders.
// unavailable when the folder cannot be read, too_large when it holds more files than a source may, cancelled when stopped.
[[nodiscard]] Result<FolderView> look_at_folder(const std::filesystem::path& folder, Timestamp looked,
                                                std::stop_token stop);

// Whether the path lies in a data folder, or is one.
[[nodiscard]] bool is_in_data_folder(const std::filesystem::path& path);

// Whether `path` is `folder` or lies below it. Both absolute and without links.
[[nodiscard]] bool is_within(const std::filesystem::path& path, const std::filesystem::path& folder);

}  // namespace kansli::documents::detail
