#include "documents/detail/source_rows.hpp"

#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "json/binder.hpp"

namespace kansli::documents::detail {

namespace {

// `identity` tells which folder of which disk was read last. An item with an empty stamp is read again whatever is seen.
constexpr std::string_view source_tables = R"sql(
CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('folder', 'web')),
    collection TEXT NOT NULL,
    locations TEXT NOT NULL,
    interval_minutes INTEGER NOT NULL,
    created TEXT NOT NULL,
    polled TEXT,
    problem TEXT,
    identity TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE source_items (
    source TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    stamp TEXT NOT NULL,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    gone INTEGER NOT NULL,
    problem TEXT,
    PRIMARY KEY (source, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_documents (
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (source, name, document),
    FOREIGN KEY (source, name) REFERENCES source_items (source, name) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX source_documents_document ON source_documents (document);
CREATE INDEX source_documents_name ON source_documents (name);
)sql";

constexpr std::array steps{store::Migration{.room = "sources", .number = 1, .sql = source_tables}};

constexpr std::array source_tables_notes{
    store::TableNote::searched("sources", "Källa som läses av",
                               "SELECT id, created AS moment, '' AS owner, locations || char(10) || "
                               "coalesce(problem, '') AS text FROM sources"),
    store::TableNote::searched("source_items", "Fil eller sida i en källa",
                               "SELECT source AS id, '' AS moment, '' AS owner, name || char(10) || "
                               "coalesce(problem, '') AS text FROM source_items"),
    store::TableNote::told_with("source_documents", "Filer och sidor i källor"),
};

// Columns in the order of read_source().
constexpr std::string_view source_columns =
    "s.id, s.kind, s.collection, s.locations, s.interval_minutes, s.created, s.polled, s.problem, "
    "(SELECT count(*) FROM source_items i WHERE i.source = s.id AND i.gone = 0)";

Result<Source> read_source(const store::Statement& row) {
    Source source{.id = SourceId(row.text(0)),
                  .kind = row.view(1) == "web" ? SourceKind::web : SourceKind::folder,
                  .collection = row.text(2),
                  .locations = TRY(json::read<std::vector<std::string>>(row.view(3))),
                  .interval_minutes = static_cast<int>(row.integer(4)),
                  .created = TRY(parse_timestamp(row.view(5))),
                  .problem = row.optional_text(7),
                  .items = row.integer(8)};
    if (!row.is_null(6)) source.polled = TRY(parse_timestamp(row.view(6)));
    return source;
}

}  // namespace

std::span<const store::TableNote> source_table_notes() {
    return source_tables_notes;
}

std::span<const store::Migration> source_schema() {
    return steps;
}

Result<void> insert_source(store::Connection& connection, const Source& source) {
    return connection.execute(
        "INSERT INTO sources (id, kind, collection, locations, interval_minutes, created) VALUES (?1, ?2, "
        "?3, ?4, ?5, ?6)",
        source.id.str(), json::enum_name(source.kind), source.collection, json::write(source.locations),
        source.interval_minutes, to_string(source.created));
}

Result<Source> load_source(store::Connection& connection, const SourceId& id) {
    store::Statement& row =
        TRY(connection.prepare(fmt::format("SELECT {} FROM sources s WHERE s.id = ?1", source_columns)));
    row.bind(id.str());
    if (!TRY(row.step())) return fail(ErrorCode::not_found, "Källan finns inte.", id.str());
    return read_source(row);
}

Result<std::vector<Source>> load_sources(store::Connection& connection) {
    store::Statement& rows = TRY(
        connection.prepare(fmt::format("SELECT {} FROM sources s ORDER BY s.created, s.id", source_columns)));
    rows.bind();
    std::vector<Source> sources;
    while (TRY(rows.step()))
        sources.push_back(TRY(read_source(rows)));
    return sources;
}

Result<std::vector<SourceItem>> load_items(store::Connection& connection, const SourceId& id) {
    store::Statement& rows = TRY(connection.prepare(
        "SELECT i.name, i.gone, i.problem, d.document FROM source_items i "
        "LEFT JOIN source_documents d ON d.source = i.source AND d.name = i.name WHERE i.source = ?1 "
        "ORDER BY i.name, d.document"));
    rows.bind(id.str());
    std::vector<SourceItem> items;
    while (TRY(rows.step())) {
        if (items.empty() || items.back().name != rows.view(0)) {
            items.push_back(
                {.name = rows.text(0), .gone = rows.integer(1) != 0, .problem = rows.optional_text(2)});
        }
        if (!rows.is_null(3)) items.back().documents.emplace_back(rows.text(3));
    }
    return items;
}

Result<KnownItems> load_known(store::Connection& connection, const SourceId& id) {
    store::Statement& rows =
        TRY(connection.prepare("SELECT name, stamp, gone FROM source_items WHERE source = ?1 ORDER BY name"));
    rows.bind(id.str());
    KnownItems known;
    while (TRY(rows.step()))
        known.emplace_hint(known.end(), rows.text(0), KnownItem{rows.text(1), rows.integer(2) != 0});
    return known;
}

Result<std::optional<ItemRow>> load_item(store::Connection& connection, const SourceId& id,
                                         const std::string& name) {
    store::Statement& row =
        TRY(connection.prepare("SELECT stamp, etag, last_modified, gone, problem FROM source_items WHERE "
                               "source = ?1 AND name = ?2"));
    row.bind(id.str(), name);
    if (!TRY(row.step())) return std::nullopt;
    return ItemRow{name, row.text(0), row.text(1), row.text(2), row.integer(3) != 0, row.optional_text(4)};
}

Result<void> save_item(store::Connection& connection, const SourceId& id, const ItemRow& item) {
    return connection.execute(
        "INSERT INTO source_items (source, name, stamp, etag, last_modified, gone, problem) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (source, name) DO UPDATE SET stamp = "
        "excluded.stamp, "
        "etag = excluded.etag, last_modified = excluded.last_modified, gone = excluded.gone, problem = "
        "excluded.problem",
        id.str(), item.name, item.stamp, item.etag, item.last_modified, item.gone, item.problem);
}

Result<std::vector<HeldDocument>> documents_of(store::Connection& connection, const SourceId& id,
                                               const std::string& name) {
    store::Statement& rows = TRY(connection.prepare(
        "SELECT document, part FROM source_documents WHERE source = ?1 AND name = ?2 ORDER BY document"));
    rows.bind(id.str(), name);
    std::vector<HeldDocument> documents;
    while (TRY(rows.step()))
        documents.push_back({DocumentId(rows.text(0)), rows.text(1)});
    return documents;
}

Result<void> set_documents(store::Connection& connection, const SourceId& id, const std::string& name,
                           const std::vector<HeldDocument>& documents) {
    TRY(connection.execute("DELETE FROM source_documents WHERE source = ?1 AND name = ?2", id.str(), name));
    for (const HeldDocument& document : documents) {
        TRY(connection.execute(
            "INSERT OR IGNORE INTO source_documents (source, name, document, part) VALUES (?1, ?2, ?3, ?4)",
            id.str(), name, document.id.str(), document.part));
    }
    return {};
}

Result<bool> is_held(store::Connection& connection, const DocumentId& document) {
    store::Statement& row = TRY(connection.prepare(
        "SELECT 1 FROM source_documents d JOIN source_items i ON i.source = d.source AND i.name = d.name "
        "WHERE d.document = ?1 AND i.gone = 0 LIMIT 1"));
    row.bind(document.str());
    return row.step();
}

Result<bool> is_taken(store::Connection& connection, const Source& source, const std::string& name) {
    store::Statement& row = TRY(connection.prepare(
        "SELECT 1 FROM source_documents d JOIN sources s ON s.id = d.source "
        "JOIN source_items i ON i.source = d.source AND i.name = d.name "
        "WHERE d.name = ?1 AND d.source <> ?2 AND s.collection = ?3 AND i.gone = 0 LIMIT 1"));
    row.bind(name, source.id.str(), source.collection);
    return row.step();
}

Result<Problems> problems_of(store::Connection& connection, const SourceId& id) {
    store::Statement& row =
        TRY(connection.prepare("SELECT count(*) OVER (), name, problem FROM source_items WHERE source = ?1 "
                               "AND gone = 0 AND problem IS NOT NULL "
                               "ORDER BY name LIMIT 1"));
    row.bind(id.str());
    if (!TRY(row.step())) return Problems{};
    return Problems{row.integer(0), fmt::format("{}: {}", row.view(1), row.view(2))};
}

Result<void> note_poll(store::Connection& connection, const SourceId& id, Timestamp moment,
                       const std::optional<std::string>& problem, const std::string& identity) {
    return connection.execute(
        "UPDATE sources SET polled = ?2, problem = ?3, identity = CASE ?4 WHEN '' THEN identity ELSE ?4 END "
        "WHERE id = ?1",
        id.str(), to_string(moment), problem, identity);
}

Result<std::string> identity_of(store::Connection& connection, const SourceId& id) {
    store::Statement& row = TRY(connection.prepare("SELECT identity FROM sources WHERE id = ?1"));
    row.bind(id.str());
    if (!TRY(row.step())) return fail(ErrorCode::not_found, "Källan finns inte.", id.str());
    return row.text(0);
}

}  // namespace kansli::documents::detail
