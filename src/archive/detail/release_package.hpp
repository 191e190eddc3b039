#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "archive/rule.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

// The files of a package that goes out.
namespace kansli::archive::detail {

struct ReleasedItem {
    Stock stock = Stock::record;
    std::string kind{};
    Timestamp moment{};
    std::string text{};                     // as it goes out
    std::vector<std::string> provisions{};  // of its masks, each once
    std::optional<std::filesystem::path> original{};
    std::string ending{};  // of its name
};

struct ReleasePackage {
    std::string case_number{};
    Timestamp moment{};
    std::vector<ReleasedItem> items{};
};

// Writes the package into an empty folder. Returns the SHA-256 of SHA256SUMS, which holds that of every other file.
[[nodiscard]] Result<std::string> write_package(const ReleasePackage& package,
                                                const std::filesystem::path& folder);

// Lists every file of a folder but the list itself, as sha256sum reads it. Returns the list.
[[nodiscard]] Result<std::string> checksums_of(const std::filesystem::path& folder);

}  // namespace kansli::archive::detail
