#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "documents/document.hpp"
#include "documents/protection.hpp"
#include "store/database.hpp"

// Who may know of what is in the tables. The rule itself is access::ReadRule; here it is made from rows. What a caller may not read is
// not_found in the same words as what is not there, so that its existence is not told either.
namespace kansli::documents::detail {

[[nodiscard]] Result<std::int64_t> readable_version(store::Connection& connection,
                                                    const access::Caller& caller, const VersionId& id);

struct ReadableDocument {
    std::int64_t current = 0;  // number of the current version
    bool withdrawn = false;
};
[[nodiscard]] Result<ReadableDocument> readable_document(store::Connection& connection,
                                                         const access::Caller& caller, const DocumentId& id);

// What protects a document's newest version, or a version together with its document's newest, also when it has been removed; none
// when there never was such a thing.
[[nodiscard]] Result<std::optional<Protection>> protection_of_document(store::Connection& connection,
                                                                       std::string_view id);
[[nodiscard]] Result<std::optional<Protection>> protection_of_version(store::Connection& connection,
                                                                      std::string_view id);

// The same but for a restriction of its processing, for those who look after what is restricted, and for what comes in to join it.
[[nodiscard]] Result<std::optional<Protection>> unrestricted_protection_of_document(
    store::Connection& connection, std::string_view id);
[[nodiscard]] Result<std::optional<Protection>> unrestricted_protection_of_version(
    store::Connection& connection, std::string_view id);

// The same of what has been removed, which goes on guarding what is told of it elsewhere.
[[nodiscard]] Result<void> remember_protection(store::Connection& connection, std::string_view id,
                                               const Protection& protection);

// How widely a version that is not whole yet will be read, together with its document's other versions.
[[nodiscard]] Result<Reach> reach_of_pending(store::Connection& connection, std::uint32_t number);

[[nodiscard]] Result<void> require_editor(const access::Caller& caller);
[[nodiscard]] Result<void> require_administrator(const access::Caller& caller);

}  // namespace kansli::documents::detail
