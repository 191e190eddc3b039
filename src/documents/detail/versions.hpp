#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/document.hpp"
#include "documents/library.hpp"
#include "store/database.hpp"

// Versions on their way in and out of the tables. All functions work inside the caller's transaction.
namespace kansli::documents::detail {

// A version that has been read and is to be stored.
struct IncomingVersion {
    std::string collection{};
    std::string identity{};                     // what makes it the same document as an earlier one
    std::optional<DocumentId> as_version_of{};  // overrides `identity`
    std::int64_t batch = 0;
    std::string file_name{};
    std::string file_hash{};  // of the stored original
    std::string
        source_hash{};  // of the bytes that this document was made from: the file, or its line of a .jsonl
    std::string input_hash{};  // of everything else that decides what becomes of them
    Attributes given{};        // from the form
};

struct PendingVersion {
    std::uint32_t number = 0;
    VersionId id{};
    DocumentId document{};
    std::string file_name{};
};

// What a file's document is known by, without what sets it apart from one that its importer may not read.
[[nodiscard]] std::string stated_identity(const std::string& identity);

// Stores text, sections and attributes; nobody sees them yet. A document that the caller may not read is not there for them: a file
// that is known by the same name becomes another document, and so tells nothing of it and does not touch it.
[[nodiscard]] Result<PendingVersion> insert_pending(store::Connection& connection,
                                                    const access::Caller& caller,
                                                    const IncomingVersion& incoming,
                                                    const ReadDocument& document, Timestamp moment);

// Gives the version its place among its document's versions and makes the last of them current. Writes to the record.
[[nodiscard]] Result<void> complete(store::Database& database, store::Connection& connection,
                                    const access::Caller& caller, std::uint32_t number, Timestamp moment);

[[nodiscard]] Result<void> remove_pending(store::Connection& connection, std::uint32_t number);
[[nodiscard]] Result<std::vector<PendingVersion>> pending_of(store::Connection& connection,
                                                             std::int64_t batch);

// The latest whole version that came in under a name, of those that the caller may add versions to.
struct Origin {
    VersionId version{};
    DocumentId document{};
    std::string source_hash{};
    std::string input_hash{};
    std::int64_t sections = 0;
    bool withdrawn = false;
    bool gone = false;
};
[[nodiscard]] Result<std::optional<Origin>> latest_of(store::Connection& connection,
                                                      const access::Caller& caller,
                                                      std::string_view collection,
                                                      std::string_view file_name);

[[nodiscard]] Result<Attributes> load_attributes(store::Connection& connection, std::int64_t number);
[[nodiscard]] Result<Library::SectionText> load_section(store::Connection& connection, std::int64_t number,
                                                        int ordinal);
// Of the first section with that path; not_found when there is none.
[[nodiscard]] Result<int> ordinal_of(store::Connection& connection, std::int64_t number,
                                     std::string_view path);
[[nodiscard]] Result<std::vector<Section>> load_sections(store::Connection& connection, std::int64_t number);
// Everything of a version but what its file stated.
[[nodiscard]] Result<ReadDocument> load_document(store::Connection& connection, std::int64_t number);

// Marks a document's file as gone from its source, or as back. True when that changed anything.
[[nodiscard]] Result<bool> set_gone(store::Connection& connection, const DocumentId& document,
                                    std::optional<Date> since, Timestamp moment);

// A version whose text was wrong: it stays, but is neither searched nor cited. conflict for the document's current text, whose place the
// right text must have taken first.
[[nodiscard]] Result<void> set_corrected(store::Connection& connection, const VersionId& id,
                                         std::int64_t entry);

// To be called in every transaction that changes what a searcher must know.
[[nodiscard]] Result<void> bump_revision(store::Connection& connection);

}  // namespace kansli::documents::detail
