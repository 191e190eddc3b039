#include "glossary/detail/schema.hpp"

#include <array>

namespace kansli::glossary::detail {

namespace {

// `revision` grows with every change of an entry, so that a program knows whether what it has read still holds. A suggestion that was
// accepted is an entry and leaves its table; one that was rejected stays, so that it does not come back.
constexpr std::array<store::Migration, 1> steps = {{{"glossary", 1, R"sql(
CREATE TABLE glossary_entries (
    id TEXT PRIMARY KEY,
    line TEXT NOT NULL UNIQUE,
    author TEXT NOT NULL,
    author_name TEXT NOT NULL,
    changed TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE glossary_suggestions (
    id TEXT PRIMARY KEY,
    line TEXT NOT NULL UNIQUE,
    rejected INTEGER NOT NULL DEFAULT 0,
    author TEXT NOT NULL,
    author_name TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE glossary_revision (one INTEGER PRIMARY KEY CHECK (one = 1), revision INTEGER NOT NULL) STRICT;
INSERT INTO glossary_revision VALUES (1, 1);
)sql"}}};

using store::TableNote;

constexpr std::array glossary_tables{
    TableNote::searched(
        "glossary_entries", "Uppslag i kommunens ordlista",
        "SELECT id, changed AS moment, author AS owner, author_name || ': ' || line AS text FROM "
        "glossary_entries"),
    TableNote::searched("glossary_suggestions", "Förslag till kommunens ordlista",
                        "SELECT id, made AS moment, author AS owner, author_name || ': ' || line AS text "
                        "FROM glossary_suggestions"),
    TableNote::nothing("glossary_revision", "Ett räkneverk"),
};

}  // namespace

std::span<const store::TableNote> table_notes() {
    return glossary_tables;
}

std::span<const store::Migration> schema() {
    return steps;
}

}  // namespace kansli::glossary::detail
