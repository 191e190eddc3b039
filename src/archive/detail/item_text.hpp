#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "archive/release.hpp"
#include "core/result.hpp"
#include "documents/library.hpp"
#include "record/record.hpp"

// Things as whole texts that a person can read, with what names them at the top.
namespace kansli::archive::detail {

struct ItemText {
    std::string kind{};
    Timestamp moment{};
    std::string text{};
    std::string ending{};                             // of the original's name: "pdf"
    std::optional<std::filesystem::path> original{};  // of a version
};

[[nodiscard]] std::string text_of(const record::Entry& entry);

// not_found when there is no such thing, when its content has been removed, or when the caller may not read it.
[[nodiscard]] Result<ItemText> item_text(record::Record& record, documents::Library& library,
                                         const access::Caller& caller, const ItemName& name);

// The document that a version belongs to, with what is known of it. not_found when the caller may not read it.
struct FoundVersion {
    documents::DocumentSummary document{};
    documents::VersionSummary version{};
};
[[nodiscard]] Result<FoundVersion> find_version(documents::Library& library, const access::Caller& caller,
                                                const std::string& id);

[[nodiscard]] std::string text_of(const FoundVersion& found, const std::string& body);

// How the name of a version's original ends, without the dot: as it came in when that is a plain ending, else after the format. The rest
// of the name goes nowhere: it may say what is masked elsewhere.
[[nodiscard]] std::string ending_of(const documents::VersionSummary& version);

}  // namespace kansli::archive::detail
