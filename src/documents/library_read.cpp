#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "documents/detail/rights.hpp"
#include "documents/detail/rows.hpp"
#include "documents/detail/versions.hpp"
#include "documents/library.hpp"
#include "text/language.hpp"

namespace kansli::documents {

namespace {

struct DocumentFacts {
    int versions = 0;
    Timestamp changed{};
};

Timestamp moment_of(std::string_view text) {
    const auto moment = parse_timestamp(text);
    return moment ? *moment : Timestamp{};
}

Result<std::map<std::string, DocumentFacts>> all_facts(store::Connection& connection) {
    store::Statement& rows = TRY(connection.prepare(
        "SELECT id, versions, changed FROM documents_document WHERE withdrawn = 0 AND current IS NOT NULL"));
    rows.bind();
    std::map<std::string, DocumentFacts> facts;
    while (TRY(rows.step()))
        facts[rows.text(0)] = {static_cast<int>(rows.integer(1)), moment_of(rows.view(2))};
    return facts;
}

Result<DocumentSummary> summary_of(store::Connection& connection, const DocumentId& id) {
    store::Statement& row = TRY(connection.prepare(fmt::format(
        "SELECT d.collection, v.file_name, v.id, d.versions, d.changed, {} FROM documents_document d "
        "JOIN documents_version v ON v.number = d.current WHERE d.id = ?1",
        detail::attribute_columns)));
    row.bind(id.str());
    if (!TRY(row.step())) return fail(ErrorCode::not_found, "Dokumentet finns inte.");
    return DocumentSummary{.id = id,
                           .collection = row.text(0),
                           .attributes = detail::read_attributes(row, 5),
                           .file_name = row.text(1),
                           .current = VersionId(row.text(2)),
                           .versions = static_cast<int>(row.integer(3)),
                           .changed = moment_of(row.view(4))};
}

// Which entries of a catalogue a caller may read; each rule is asked once.
class Readable {
  public:
    Readable(const access::Caller& caller, const Catalogue& catalogue) : catalogue_(catalogue) {
        const access::Viewer viewer(caller);
        for (const Protection& protection : catalogue.protections)
            by_protection_.push_back(viewer.may_read(protection.rule));
    }
    [[nodiscard]] bool operator()(const CatalogueEntry& entry) const {
        return by_protection_[entry.protection];
    }
    // The documents that others name as their successors, and that the caller may read.
    [[nodiscard]] std::set<DocumentId> successors() const {
        std::set<DocumentId> named;
        for (const CatalogueEntry& entry : catalogue_.entries)
            if (entry.attributes.replaced_by) named.insert(*entry.attributes.replaced_by);
        if (named.empty()) return named;
        std::set<DocumentId> readable;
        for (const CatalogueEntry& entry : catalogue_.entries)
            if (entry.current && (*this)(entry) && named.contains(entry.document))
                readable.insert(entry.document);
        return readable;
    }

  private:
    const Catalogue& catalogue_;
    std::vector<bool> by_protection_{};
};

// That there is a successor is told; which, only to those who may read it.
void hide_successor(DocumentSummary& summary) {
    summary.attributes.replaced_by.reset();
    summary.hidden_successor = true;
}

VersionSummary read_version(const store::Statement& row) {
    return {.id = VersionId(row.text(0)),
            .number = static_cast<int>(row.integer(1)),
            .imported = moment_of(row.view(2)),
            .file_name = row.text(3),
            .file_hash = row.text(4),
            .text_hash = row.text(5),
            .format = row.text(6),
            .pages = static_cast<int>(row.integer(7)),
            .sections = row.integer(8),
            .current = row.integer(9) != 0,
            .corrected = row.integer(11),
            .warnings = detail::lines_value(row.view(10))};
}

}  // namespace

Result<std::vector<Collection>> Library::collections(const access::Caller& caller) {
    const auto snapshot = TRY(catalogue());
    const Readable readable(caller, *snapshot);
    std::map<std::string, std::int64_t> counts;
    for (const CatalogueEntry& entry : snapshot->entries) {
        if (entry.current && readable(entry)) ++counts[entry.collection];
    }
    std::vector<Collection> collections;
    for (const auto& [name, documents] : counts)
        collections.push_back({name, documents});
    std::ranges::sort(collections, [](const Collection& a, const Collection& b) {
        return text::compare_swedish(a.name, b.name) < 0;
    });
    return collections;
}

Result<std::set<std::string, std::less<>>> Library::readable_references(
    const access::Caller& caller, const std::set<std::string, std::less<>>& of) {
    const auto snapshot = TRY(catalogue());
    const Readable readable(caller, *snapshot);
    std::set<std::string, std::less<>> references;
    for (const CatalogueEntry& entry : snapshot->entries) {
        const auto& reference = entry.attributes.reference;
        if (entry.current && of.contains(reference) && readable(entry)) references.insert(reference);
    }
    return references;
}

Result<std::vector<DocumentSummary>> Library::documents(const access::Caller& caller,
                                                        const std::optional<std::string>& collection) {
    const auto snapshot = TRY(catalogue());
    std::map<std::string, DocumentFacts> facts;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        facts = TRY(all_facts(connection));
        return {};
    }));
    const Readable readable(caller, *snapshot);
    const auto successors = readable.successors();
    std::vector<DocumentSummary> documents;
    for (const CatalogueEntry& entry : snapshot->entries) {
        const bool wanted = entry.current && (!collection || entry.collection == *collection);
        const auto fact = facts.find(entry.document.str());
        if (!wanted || fact == facts.end() || !readable(entry)) continue;
        documents.push_back({.id = entry.document,
                             .collection = entry.collection,
                             .attributes = entry.attributes,
                             .protection = snapshot->protection_of(entry),
                             .file_name = entry.file_name,
                             .current = entry.version,
                             .versions = fact->second.versions,
                             .changed = fact->second.changed});
        const auto& successor = entry.attributes.replaced_by;
        if (successor && !successors.contains(*successor)) hide_successor(documents.back());
    }
    std::ranges::sort(documents, [](const DocumentSummary& a, const DocumentSummary& b) {
        const int order = text::compare_swedish(a.attributes.title, b.attributes.title);
        return order != 0 ? order < 0 : a.id < b.id;
    });
    return documents;
}

Result<DocumentSummary> Library::document(const access::Caller& caller, const DocumentId& id) {
    const auto snapshot = TRY(catalogue());
    DocumentSummary summary;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        TRY(detail::readable_document(connection, caller, id));
        summary = TRY(summary_of(connection, id));
        summary.protection = TRY(detail::protection_of_document(connection, id.str())).value_or(Protection{});
        return {};
    }));
    // The catalogue has worked out what the row alone does not tell: what replaced it, and whether its file is gone.
    if (const CatalogueEntry* entry = snapshot->find(summary.current)) summary.attributes = entry->attributes;
    const auto& successor = summary.attributes.replaced_by;
    if (successor && !TRY(may_read(caller, *successor))) hide_successor(summary);
    return summary;
}

Result<std::vector<VersionSummary>> Library::versions(const access::Caller& caller, const DocumentId& id) {
    std::vector<VersionSummary> versions;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        TRY(detail::readable_document(connection, caller, id));
        store::Statement& rows = TRY(
            connection.prepare("SELECT v.id, v.ordinal, v.imported, v.file_name, v.file_hash, "
                               "v.text_hash, v.format, v.pages, v.sections, "
                               "v.number = d.current, v.warnings, v.corrected FROM documents_version v JOIN "
                               "documents_document d ON d.id = v.document "
                               "WHERE v.document = ?1 AND v.whole = 1 ORDER BY v.place DESC"));
        rows.bind(id.str());
        const access::Viewer viewer(caller);
        while (TRY(rows.step())) {
            const auto protection = TRY(detail::protection_of_version(connection, rows.view(0)));
            if (protection && viewer.may_read(protection->rule)) versions.push_back(read_version(rows));
        }
        return {};
    }));
    return versions;
}

Result<ReadDocument> Library::version(const access::Caller& caller, const VersionId& id) {
    ReadDocument document;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const std::int64_t number = TRY(detail::readable_version(connection, caller, id));
        document = TRY(detail::load_document(connection, number));
        return {};
    }));
    return document;
}

Result<Library::SectionText> Library::section(const access::Caller& caller, const VersionId& id,
                                              int ordinal) {
    SectionText result;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const std::int64_t number = TRY(detail::readable_version(connection, caller, id));
        result = TRY(detail::load_section(connection, number, ordinal));
        return {};
    }));
    return result;
}

Result<Library::SectionText> Library::section_called(const access::Caller& caller, const VersionId& id,
                                                     std::string_view path) {
    SectionText result;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const std::int64_t number = TRY(detail::readable_version(connection, caller, id));
        const int ordinal = TRY(detail::ordinal_of(connection, number, path));
        result = TRY(detail::load_section(connection, number, ordinal));
        return {};
    }));
    return result;
}

Result<std::vector<extract::Place>> Library::places(const access::Caller& caller, const VersionId& id,
                                                    std::size_t start, std::size_t end) {
    std::vector<extract::Place> places;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const std::int64_t number = TRY(detail::readable_version(connection, caller, id));
        store::Statement& row =
            TRY(connection.prepare("SELECT places FROM documents_text WHERE version = ?1"));
        row.bind(number);
        if (TRY(row.step())) places = detail::places_value(row.view(0));
        return {};
    }));
    std::erase_if(places,
                  [&](const extract::Place& place) { return place.end <= start || place.start >= end; });
    return places;
}

Result<std::filesystem::path> Library::original(const access::Caller& caller, const VersionId& id) {
    std::string hash;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const std::int64_t number = TRY(detail::readable_version(connection, caller, id));
        store::Statement& row =
            TRY(connection.prepare("SELECT file_hash FROM documents_version WHERE number = ?1"));
        row.bind(number);
        if (TRY(row.step())) hash = row.text(0);
        return {};
    }));
    if (hash.size() != 64) return fail(ErrorCode::corrupt, "Versionens fil saknas i databasen.");
    std::filesystem::path file = files_ / hash.substr(0, 2) / hash.substr(2, 2) / hash;
    std::error_code problem;
    if (!std::filesystem::is_regular_file(file, problem)) {
        return fail(ErrorCode::corrupt, "Versionens ursprungliga fil finns inte kvar i datamappen.", hash,
                    "Återställ mappen files från säkerhetskopian.");
    }
    return file;
}

Result<std::vector<std::string>> Library::original_hashes() {
    std::vector<std::string> hashes;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        store::Statement& rows = TRY(connection.prepare(
            "SELECT DISTINCT file_hash FROM documents_version WHERE whole = 1 ORDER BY file_hash"));
        rows.bind();
        while (TRY(rows.step()))
            hashes.push_back(rows.text(0));
        return {};
    }));
    return hashes;
}

Result<void> Library::each_section(
    const VersionId& id, const std::function<Result<void>(const Section&, std::string_view)>& visit) {
    // Also what has been restricted since the catalogue was read: the indexer goes by the next one.
    ReadDocument document;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        store::Statement& row =
            TRY(connection.prepare("SELECT number FROM documents_version WHERE id = ?1 AND whole = 1"));
        if (!TRY(row.bind(id.str()).step()))
            return fail(ErrorCode::not_found, "Versionen finns inte.", id.str());
        document = TRY(detail::load_document(connection, row.integer(0)));
        return {};
    }));
    for (const Section& section : document.sections) {
        TRY(visit(section,
                  std::string_view(document.text).substr(section.start, section.end - section.start)));
    }
    return {};
}

}  // namespace kansli::documents
