#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"

// METS documents as E-ARK CSIP 2.1.0 wants them. The numbers in the source are those of its requirements (CSIP1 …).
namespace kansli::archive::detail {

// A file of a package as METS lists it.
struct MetsFile {
    std::string id{};
    std::string href{};  // relative to the METS document, as it stands in a URL
    std::string mime{};
    std::uintmax_t size = 0;  // bytes
    std::string sha256{};
    Timestamp created{};
};

// Measures the file at `base`/`path`. `id` is unique in the document.
[[nodiscard]] Result<MetsFile> measure(const std::filesystem::path& base, const std::string& path,
                                       std::string id, Timestamp created);

// A part of the package with its files, and its division of the structural map.
struct MetsGroup {
    std::string id{};
    std::string label{};  // "Schemas", "Documentation", "Data", "Representations/rep1"
    std::vector<MetsFile> files{};
    std::optional<MetsFile> mets{};  // of a representation: its own METS document
};

struct MetsDocument {
    std::string id{};  // OBJID
    std::string label{};
    std::string profile{};
    std::string content{};  // CONTENTINFORMATIONTYPE, OTHER's own word
    Timestamp created{};
    std::string owner{};  // whose archive it is
    std::optional<MetsFile> descriptive{};
    std::optional<MetsFile> preservation{};
    std::vector<MetsGroup> groups{};
};

[[nodiscard]] std::string write_mets(const MetsDocument& document);

// The media type of a format as the reader names it: "pdf", "docx"; application/octet-stream when it is not known.
[[nodiscard]] std::string_view media_type(std::string_view format);

// A path as it stands in a URL: what is not unreserved in RFC 3986 is written %XX, slashes stay.
[[nodiscard]] std::string url_of(std::string_view path);

}  // namespace kansli::archive::detail
