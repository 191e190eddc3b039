#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/document.hpp"
#include "store/database.hpp"

// Versions seen by those who decide how long they are kept. No caller is asked but by may_read(): whoever calls has the right to decide.
// All functions work inside the caller's transaction.
namespace kansli::documents {

// A whole version, also of a document that is out of use or restricted.
struct KeptVersion {
    VersionId id{};
    DocumentId document{};
    std::string collection{};
    Attributes attributes{};
    std::string file_name{};
    std::string file_hash{};  // of the original
    std::string text_hash{};
    std::string format{};
    int number = 0;        // 1, 2, 3 … within the document
    bool current = false;  // the document's text
    bool restricted = false;
    std::int64_t corrected = 0;  // the entry that says that its text was wrong; 0: none
    Timestamp imported{};
    std::optional<Timestamp> replaced{};   // since when another version is the document's text
    std::optional<Timestamp> withdrawn{};  // since when, at the latest, the document is out of use
};

// In the order in which they came in.
[[nodiscard]] Result<std::vector<KeptVersion>> kept_versions(store::Connection& connection);

// Whether a caller may know what a version is called: deciding on how long it is kept takes no more than that.
[[nodiscard]] Result<bool> may_read(store::Connection& connection, const access::Caller& caller,
                                    const VersionId& id);

// The same for who looks after what is restricted.
[[nodiscard]] Result<bool> may_look_after(store::Connection& connection, const access::Caller& caller,
                                          const VersionId& id);

// After a mark of record/marks.hpp on a document: searchers are told.
[[nodiscard]] Result<void> restriction_changed(store::Connection& connection);

// The text was wrong, says the entry: the version stays, but is neither searched nor cited. not_found, and conflict for the document's
// current text, whose place the right text must have taken first.
[[nodiscard]] Result<void> mark_corrected(store::Connection& connection, const VersionId& id,
                                          std::int64_t entry);

// What a document is called, and whether there is such a one, whoever may read it.
[[nodiscard]] Result<std::optional<std::string>> title_of(store::Connection& connection,
                                                          const DocumentId& id);
// not_found when there is no such version.
[[nodiscard]] Result<DocumentId> document_of(store::Connection& connection, const VersionId& id);
// The ids of its whole versions, the oldest first.
[[nodiscard]] Result<std::vector<std::string>> versions_of(store::Connection& connection,
                                                           const DocumentId& id);

// The text of a version. not_found.
[[nodiscard]] Result<std::string> text_of(store::Connection& connection, const VersionId& id);

// Takes a version away: text, sections, what was known of it. When it was the document's text, the document goes out of use; with
// its last version it is forgotten. The original stays until needed_originals() no longer names it; the search index follows
// the catalogue. not_found.
[[nodiscard]] Result<void> remove_version(store::Connection& connection, const VersionId& id,
                                          Timestamp moment);

// The SHA-256 of every original that a version or an import under way needs.
[[nodiscard]] Result<std::set<std::string>> needed_originals(store::Connection& connection);

}  // namespace kansli::documents
