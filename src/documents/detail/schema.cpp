#include "documents/detail/schema.hpp"

#include <array>

namespace kansli::documents::detail {

namespace {

// A version's number is its row number: AUTOINCREMENT sees to it that the search index never meets an old number again.
// `place` orders the versions of a document in time; `ordinal` counts them as they came in. A version is whole (1) once it
// is indexed, and nobody sees it before. `revision` grows with every change that a searcher must know of.
constexpr std::string_view document_tables = R"sql(
CREATE TABLE documents_document (
    id TEXT PRIMARY KEY,
    collection TEXT NOT NULL,
    identity TEXT NOT NULL,
    current INTEGER,
    versions INTEGER NOT NULL DEFAULT 0,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    described INTEGER NOT NULL DEFAULT 0,
    gone_since TEXT,
    changed TEXT NOT NULL,
    UNIQUE (collection, identity)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents_version (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL REFERENCES documents_document (id),
    collection TEXT NOT NULL,
    whole INTEGER NOT NULL DEFAULT 0,
    ordinal INTEGER NOT NULL DEFAULT 0,
    place INTEGER NOT NULL DEFAULT 0,
    batch INTEGER NOT NULL,
    imported TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    source_hash TEXT NOT NULL,
    input_hash TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    format TEXT NOT NULL,
    pages INTEGER NOT NULL,
    page_width REAL NOT NULL,
    page_height REAL NOT NULL,
    sections INTEGER NOT NULL,
    warnings TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    source TEXT NOT NULL,
    reference TEXT NOT NULL,
    class TEXT NOT NULL,
    access TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    replaced_by TEXT,
    replaced_by_name TEXT NOT NULL,
    wording_from TEXT,
    superseded INTEGER NOT NULL
) STRICT;
CREATE INDEX documents_version_document ON documents_version (document, place);
CREATE INDEX documents_version_origin ON documents_version (collection, file_name, number);
CREATE INDEX documents_version_pending ON documents_version (number) WHERE whole = 0;

CREATE TABLE documents_text (
    version INTEGER PRIMARY KEY REFERENCES documents_version (number) ON DELETE CASCADE,
    text TEXT NOT NULL,
    places TEXT NOT NULL
) STRICT;

CREATE TABLE documents_section (
    version INTEGER NOT NULL REFERENCES documents_version (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    parent INTEGER NOT NULL,
    level INTEGER NOT NULL,
    role INTEGER NOT NULL,
    start INTEGER NOT NULL,
    body INTEGER NOT NULL,
    end INTEGER NOT NULL,
    page INTEGER,
    path TEXT NOT NULL,
    heading TEXT NOT NULL,
    PRIMARY KEY (version, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents_revision (one INTEGER PRIMARY KEY CHECK (one = 1), revision INTEGER NOT NULL) STRICT;
INSERT INTO documents_revision VALUES (1, 1);

CREATE TABLE documents_batch (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    collection TEXT NOT NULL,
    caller_id TEXT NOT NULL,
    caller_name TEXT NOT NULL,
    given TEXT NOT NULL,
    as_version_of TEXT,
    started TEXT NOT NULL,
    finished TEXT
) STRICT;

CREATE TABLE documents_batch_file (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL REFERENCES documents_batch (number) ON DELETE CASCADE,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    sidecar TEXT NOT NULL DEFAULT '',
    hash TEXT,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX documents_batch_file_batch ON documents_batch_file (batch, number);
)sql";

// Secrecy, what a collection says for all that is in it, and for whom a batch that waits may see what is there already. Of what has been
// removed it is kept who could read it, since other things (the record) still tell of it.
constexpr std::string_view walls = R"sql(
ALTER TABLE documents_version ADD COLUMN secrecy TEXT NOT NULL DEFAULT '';
ALTER TABLE documents_batch ADD COLUMN principals TEXT NOT NULL DEFAULT '';
ALTER TABLE documents_batch ADD COLUMN administers INTEGER NOT NULL DEFAULT 0;

CREATE TABLE documents_collection (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    access TEXT NOT NULL,
    class TEXT NOT NULL,
    secrecy TEXT NOT NULL,
    changed TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE documents_removed (
    id TEXT PRIMARY KEY,
    lists TEXT NOT NULL,
    walled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// The entry of the record that corrects a version; 0: none. Such a version stays, but is neither searched nor cited.
constexpr std::string_view corrected = R"sql(
ALTER TABLE documents_version ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0;
)sql";

constexpr std::array migrations{store::Migration{.room = "documents", .number = 1, .sql = document_tables},
                                store::Migration{.room = "documents", .number = 2, .sql = walls},
                                store::Migration{.room = "documents", .number = 3, .sql = corrected}};

using store::TableNote;

constexpr std::array document_tables_notes{
    TableNote::told_with("documents_document", "Dokumentens versioner"),
    TableNote::told_with("documents_version", "Dokumentens versioner: titel, filnamn, källa, ägare"),
    TableNote::told_with("documents_text", "Dokumentens versioner: texten"),
    TableNote::told_with("documents_section", "Dokumentens versioner: rubriker ur texten"),
    TableNote::searched(
        "documents_batch", "Inläsning av filer",
        "SELECT number AS id, started AS moment, caller_id AS owner, caller_name || char(10) || "
        "given || char(10) || principals AS text FROM documents_batch"),
    TableNote::searched("documents_batch_file", "Fil i en inläsning",
                        "SELECT number AS id, '' AS moment, '' AS owner, name AS text FROM "
                        "documents_batch_file"),
    TableNote::searched("documents_collection", "Vem som får läsa en samling",
                        "SELECT name AS id, changed AS moment, '' AS owner, access AS text FROM "
                        "documents_collection"),
    TableNote::searched("documents_removed", "Vem som fick läsa en gallrad handling",
                        "SELECT id, '' AS moment, '' AS owner, lists AS text FROM documents_removed"),
    TableNote::nothing("documents_revision", "Ett räkneverk"),
};

}  // namespace

std::span<const store::TableNote> table_notes() {
    return document_tables_notes;
}

std::span<const store::Migration> schema() {
    return migrations;
}

}  // namespace kansli::documents::detail
