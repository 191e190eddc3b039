#pragma once

#include <cstdint>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "documents/document.hpp"
#include "store/database.hpp"

// The one place that decides whether a caller may know of a document. What they may not read is not_found, so that its
// existence is not told either.
namespace kansli::documents::detail {

[[nodiscard]] Result<std::int64_t> readable_version(store::Connection& connection,
                                                    const access::Caller& caller, const VersionId& id);

struct ReadableDocument {
    std::int64_t current = 0;  // number of the current version
    bool withdrawn = false;
};
[[nodiscard]] Result<ReadableDocument> readable_document(store::Connection& connection,
                                                         const access::Caller& caller, const DocumentId& id);

[[nodiscard]] Result<void> require_editor(const access::Caller& caller);

}  // namespace kansli::documents::detail
