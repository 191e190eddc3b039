#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "access/caller.hpp"
#include "archive/release.hpp"
#include "core/result.hpp"
#include "documents/library.hpp"
#include "documents/removal.hpp"
#include "record/record.hpp"
#include "store/database.hpp"

// Things as whole texts that a person can read, with what names them at the top and corrections of them below.
namespace kansli::archive::detail {

struct ItemText {
    std::string kind{};
    Timestamp moment{};
    std::string text{};
    std::string ending{};                             // of the original's name: "pdf"
    std::optional<std::filesystem::path> original{};  // of a version
};

[[nodiscard]] std::string text_of(const record::Entry& entry);

[[nodiscard]] std::string text_of(const documents::KeptVersion& version, const std::string& body);

// not_found when there is no such thing, when its content has been removed, or when the caller may not read it.
[[nodiscard]] Result<ItemText> item_text(store::Database& database, record::Record& record,
                                         documents::Library& library, const access::Caller& caller,
                                         const ItemName& name);
// The text alone, also of what is restricted, for whoever looks after it.
struct SubjectParts {
    store::Database& database;
    record::Record& record;
    documents::Library& library;
};
[[nodiscard]] Result<std::string> kept_text(const SubjectParts& parts, const access::Caller& caller,
                                            const ItemName& name);

// The number of an entry as people write it; nothing when it is none.
[[nodiscard]] std::optional<std::int64_t> entry_number(std::string_view id);

// Hands out every version that the caller may read, the oldest first, with its text. Those of documents out of use are for administrators.
using VisitVersion =
    std::function<Result<void>(const documents::KeptVersion& version, const std::string& body)>;
[[nodiscard]] Result<void> each_version(store::Database& database, documents::Library& library,
                                        const access::Caller& caller, const VisitVersion& visit);

// How the name of a version's original ends, without the dot: as it came in when that is a plain ending, else after the format. The rest
// of the name goes nowhere: it may say what is masked elsewhere.
[[nodiscard]] std::string ending_of(const documents::KeptVersion& version);

}  // namespace kansli::archive::detail
