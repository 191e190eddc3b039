#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "documents/document.hpp"
#include "documents/protection.hpp"
#include "store/database.hpp"
#include "store/table_note.hpp"

namespace kansli::documents {

// Whether what is restricted (GDPR art. 18) counts as hidden. It does on every path but those of whoever looks after it.
enum class Restricted : std::uint8_t { hidden, shown };

struct Collection {
    std::string name{};  // short, as on the command line: "lagar"
    std::int64_t documents = 0;
};

// A version in the list of a document.
struct VersionSummary {
    VersionId id{};
    int number = 0;  // 1, 2, 3 … within the document
    Timestamp imported{};
    std::string file_name{};
    std::string file_hash{};  // SHA-256 of the bytes that came in
    std::string text_hash{};  // SHA-256 of the normalised text
    std::string format{};
    int pages = 0;
    std::int64_t sections = 0;
    bool current = false;
    std::int64_t corrected = 0;  // the entry that says that its text was wrong, and what is right; 0: none
    std::vector<std::string> warnings{};
};

struct DocumentSummary {
    DocumentId id{};
    std::string collection{};
    Attributes attributes{};        // its own
    Protection protection{};        // with what its collection adds
    bool hidden_successor = false;  // it is replaced by one that the caller may not read
    std::string file_name{};
    VersionId current{};
    int versions = 0;
    Timestamp changed{};
};

// What the searcher needs to know of every version to decide who may see it and when it applies. Small enough to keep in
// memory whole; replaced as one when anything has changed.
struct CatalogueEntry {
    std::uint32_t number =
        0;  // the version's row number: stable, never reused, what the index stores with each section
    VersionId version{};
    DocumentId document{};
    std::string collection{};
    Attributes attributes{};
    std::string file_name{};
    std::uint32_t protection = 0;         // see Catalogue::protection_of
    std::string source_id{};              // the "id", "pid" or "sfs" that the file gave itself; may be empty
    bool current = false;                 // the latest whole version of its document
    std::optional<Date> in_force_from{};  // from when this version is the document's text …
    std::optional<Date> in_force_to{};    // … and until when (the day before the next version's first day)
};

struct Catalogue {
    std::int64_t revision = 0;
    std::uint32_t highest = 0;  // number of a whole version, here or not: what lies above is on its way in
    std::vector<CatalogueEntry> entries{};  // ordered by number
    std::vector<Protection> protections = {
        Protection{}};  // each once; the first is that of what is open to all
    // Positions in `entries` ordered by version id; may be left empty, then versions are looked for one by one.
    std::vector<std::uint32_t> by_version{};

    [[nodiscard]] const CatalogueEntry* find(std::uint32_t number) const;
    [[nodiscard]] const CatalogueEntry* find(const VersionId& version) const;
    // All versions of a document have the same reach: the search index keeps them together.
    [[nodiscard]] const Protection& protection_of(const CatalogueEntry& entry) const {
        return protections[entry.protection];
    }
};

// How many documents a department has behind walls.
struct WalledDocuments {
    std::string department{};  // empty: those without an owner, which nobody can read
    std::int64_t documents = 0;
};

// What is stored: collections, documents, versions, sections. Everything that takes a caller answers not_found for what the
// caller may not read.
// Threads: any.
class Library {
  public:
    // `files` is the folder of original files, named by their hash.
    Library(store::Database& database, std::filesystem::path files);

    [[nodiscard]] static std::span<const store::Migration> migrations();
    [[nodiscard]] static std::span<const store::TableNote> table_notes();

    [[nodiscard]] Result<std::vector<Collection>> collections(const access::Caller& caller);
    [[nodiscard]] Result<std::vector<DocumentSummary>> documents(
        const access::Caller& caller, const std::optional<std::string>& collection = {});
    // Those of the references that a document has which the caller may read: "2010:900".
    [[nodiscard]] Result<std::set<std::string, std::less<>>> readable_references(
        const access::Caller& caller, const std::set<std::string, std::less<>>& of);
    [[nodiscard]] Result<DocumentSummary> document(const access::Caller& caller, const DocumentId& id);
    [[nodiscard]] Result<std::vector<VersionSummary>> versions(const access::Caller& caller,
                                                               const DocumentId& id);

    // The whole version: text, sections and places.
    [[nodiscard]] Result<ReadDocument> version(const access::Caller& caller, const VersionId& id);
    // One section and its text, without loading the rest.
    struct SectionText {
        Section section{};
        std::string text{};  // bytes [section.start, section.end) of the version's text
        std::optional<int> page{};
    };
    [[nodiscard]] Result<SectionText> section(const access::Caller& caller, const VersionId& id, int ordinal);
    // The same by its path; the first, when two wordings of a paragraph share it.
    [[nodiscard]] Result<SectionText> section_called(const access::Caller& caller, const VersionId& id,
                                                     std::string_view path);
    // The printed lines that bytes [start, end) of a version stand on.
    [[nodiscard]] Result<std::vector<extract::Place>> places(const access::Caller& caller,
                                                             const VersionId& id, std::size_t start,
                                                             std::size_t end);
    // Where the original bytes of a version lie.
    [[nodiscard]] Result<std::filesystem::path> original(const access::Caller& caller, const VersionId& id);

    // The SHA-256 of every original that a version names, sorted.
    [[nodiscard]] Result<std::vector<std::string>> original_hashes();

    // Replaces what is known of a document. Needs the editor role; writes to the record. A successor that the caller may not
    // read stays.
    [[nodiscard]] Result<void> describe(const access::Caller& caller, const DocumentId& id,
                                        const Attributes& given);
    // Takes a document out of use. Its versions stay addressable to administrators for the record's sake.
    [[nodiscard]] Result<void> withdraw(const access::Caller& caller, const DocumentId& id);

    // What is set for collections, and those that have documents and nothing set, in order of name. Needs an administrator, as
    // do the others here: names of collections and numbers, but no titles.
    [[nodiscard]] Result<std::vector<CollectionSettings>> collection_settings(const access::Caller& caller);
    // Holds at once. Writes to the record.
    [[nodiscard]] Result<void> set_collection(const access::Caller& caller,
                                              const CollectionSettings& settings);
    [[nodiscard]] Result<std::vector<WalledDocuments>> walled_documents(const access::Caller& caller);

    // Whether the caller may know of it: documents that there are not, or no more, are nobody's but the keeper's.
    [[nodiscard]] Result<bool> may_read(const access::Caller& caller, const DocumentId& id,
                                        Restricted restricted = Restricted::hidden);
    [[nodiscard]] Result<bool> may_read(const access::Caller& caller, const VersionId& id,
                                        Restricted restricted = Restricted::hidden);
    // The ids of all things whose processing is restricted; see record/marks.hpp.
    [[nodiscard]] Result<std::set<std::string, std::less<>>> restricted_things();
    // Who may read a document, its newest version. not_found for whom that does not let in.
    [[nodiscard]] Result<Protection> protection(const access::Caller& caller, const DocumentId& id);

    // A snapshot of all visible-to-the-index versions, reloaded when the database has changed.
    [[nodiscard]] Result<std::shared_ptr<const Catalogue>> catalogue();

    // Walks the sections of one version for the indexer, with the text of each.
    [[nodiscard]] Result<void> each_section(
        const VersionId& id, const std::function<Result<void>(const Section&, std::string_view)>& visit);

  private:
    store::Database& database_;
    std::filesystem::path files_;
    struct Cache;
    std::shared_ptr<Cache> cache_;
};

}  // namespace kansli::documents
