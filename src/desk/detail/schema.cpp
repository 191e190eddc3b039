#include "desk/detail/schema.hpp"

#include <array>

namespace kansli::desk::detail {

namespace {

// desk_walls: the lists of a proposal's readers, numbered; a reader must be named in each. `walled`: also an administrator. desk_reviews: what was done and how it was
// before, so that it can be undone; `distance`: how much of the draft was changed. desk_faults: errors found after the decision. desk_samples: decisions that somebody else looks at again.
// desk_sources: the versions that a proposal quotes, whose readers are asked for anew whenever it is shown.
constexpr std::array<store::Migration, 4> steps = {{{"desk", 1, R"sql(
CREATE TABLE desk_proposals (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    prepared TEXT NOT NULL,
    input TEXT NOT NULL,
    output TEXT NOT NULL,
    evidence TEXT NOT NULL,
    confidence REAL NOT NULL,
    model TEXT NOT NULL,
    settings TEXT NOT NULL,
    milliseconds REAL NOT NULL,
    information_class TEXT NOT NULL,
    text TEXT NOT NULL,
    owner TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    department TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    created TEXT NOT NULL,
    submitted TEXT,
    deadline TEXT,
    note TEXT NOT NULL,
    principal TEXT NOT NULL,
    recipient TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    approver TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    entry INTEGER NOT NULL
) STRICT;
CREATE INDEX desk_proposals_by_state ON desk_proposals (state, kind);
CREATE INDEX desk_proposals_by_owner ON desk_proposals (owner, created);
CREATE TABLE desk_walls (
    proposal TEXT NOT NULL REFERENCES desk_proposals (id),
    wall INTEGER NOT NULL,
    principal TEXT NOT NULL,
    PRIMARY KEY (proposal, wall, principal)
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_claims (
    proposal TEXT PRIMARY KEY REFERENCES desk_proposals (id),
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    since TEXT NOT NULL,
    seen TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_reviews (
    number INTEGER PRIMARY KEY,
    proposal TEXT NOT NULL REFERENCES desk_proposals (id),
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    seconds REAL NOT NULL,
    batch INTEGER NOT NULL,
    moment TEXT NOT NULL,
    state_before TEXT NOT NULL,
    state_after TEXT NOT NULL,
    text_before TEXT NOT NULL,
    text_after TEXT NOT NULL,
    approver_before TEXT NOT NULL,
    undone TEXT
) STRICT;
CREATE INDEX desk_reviews_of_proposal ON desk_reviews (proposal, number);
CREATE TABLE desk_deliveries (
    id TEXT PRIMARY KEY,
    proposal TEXT NOT NULL REFERENCES desk_proposals (id),
    way TEXT NOT NULL,
    target TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    moment TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_deliveries_of_proposal ON desk_deliveries (proposal, moment);
CREATE TABLE desk_settings (
    kind TEXT PRIMARY KEY,
    batch_confidence REAL,
    sampled_batch REAL NOT NULL,
    sampled_single REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_samples (
    review INTEGER PRIMARY KEY REFERENCES desk_reviews (number),
    proposal TEXT NOT NULL REFERENCES desk_proposals (id),
    kind TEXT NOT NULL,
    first_person TEXT NOT NULL,
    first_outcome TEXT NOT NULL,
    batch INTEGER NOT NULL,
    second_person TEXT,
    second_outcome TEXT,
    moment TEXT
) STRICT;
CREATE INDEX desk_samples_of_proposal ON desk_samples (proposal);
CREATE TABLE desk_digests (
    person TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    sent TEXT
) STRICT, WITHOUT ROWID;
)sql"},
                                                    {"desk", 2, R"sql(
ALTER TABLE desk_proposals ADD COLUMN walled INTEGER NOT NULL DEFAULT 0;
)sql"},
                                                    {"desk", 3, R"sql(
ALTER TABLE desk_proposals ADD COLUMN experiment TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_proposals ADD COLUMN arm TEXT NOT NULL DEFAULT 'none';
ALTER TABLE desk_proposals ADD COLUMN drawn_for TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_proposals ADD COLUMN drawn REAL NOT NULL DEFAULT 0;
ALTER TABLE desk_proposals ADD COLUMN cpu_milliseconds REAL NOT NULL DEFAULT 0;
ALTER TABLE desk_proposals ADD COLUMN joules REAL;
ALTER TABLE desk_reviews ADD COLUMN distance REAL;
CREATE TABLE desk_faults (
    number INTEGER PRIMARY KEY,
    proposal TEXT NOT NULL REFERENCES desk_proposals (id),
    severity TEXT NOT NULL,
    what TEXT NOT NULL,
    moment TEXT NOT NULL
) STRICT;
CREATE INDEX desk_faults_of_proposal ON desk_faults (proposal);
)sql"},
                                                    {"desk", 4, R"sql(
CREATE TABLE desk_sources (
    proposal TEXT NOT NULL REFERENCES desk_proposals (id),
    version TEXT NOT NULL,
    PRIMARY KEY (proposal, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_sources_by_version ON desk_sources (version);
INSERT OR IGNORE INTO desk_sources
    SELECT p.id, CASE quote.type WHEN 'object' THEN coalesce(json_extract(quote.value, '$.version'), '') ELSE '' END
    FROM desk_proposals p, json_each(CASE WHEN json_valid(p.evidence) THEN p.evidence ELSE '[]' END) quote;
DELETE FROM desk_sources WHERE version = '';
)sql"}}};

using store::TableNote;

constexpr std::array desk_tables{
    TableNote::searched(
        "desk_proposals", "Förslag i Inkorgen",
        "SELECT id, created AS moment, owner, title || char(10) || input || char(10) || text || "
        "char(10) || prepared || char(10) || output || char(10) || evidence || char(10) || note "
        "|| char(10) || owner_name || char(10) || recipient_name || char(10) || changed_by AS "
        "text FROM desk_proposals"),
    TableNote::searched(
        "desk_reviews", "Granskning av ett förslag",
        "SELECT proposal AS id, moment, person AS owner, name || ': ' || action || char(10) || "
        "reason || char(10) || text_before || char(10) || text_after AS text FROM desk_reviews"),
    TableNote::searched("desk_deliveries", "Utlämnat beslut",
                        "SELECT proposal AS id, moment, person AS owner, name || ', till ' || target AS text "
                        "FROM desk_deliveries"),
    TableNote::searched(
        "desk_samples", "Andra blick på ett beslut",
        "SELECT proposal AS id, '' AS moment, first_person AS owner, first_outcome AS text FROM "
        "desk_samples UNION ALL SELECT proposal, moment, second_person, second_outcome FROM "
        "desk_samples WHERE second_person IS NOT NULL"),
    TableNote::searched("desk_claims", "Förslag som någon har öppet",
                        "SELECT proposal AS id, since AS moment, person AS owner, name AS text FROM "
                        "desk_claims"),
    TableNote::searched(
        "desk_digests", "Brev om vad som väntar i Inkorgen",
        "SELECT '' AS id, coalesce(sent, '') AS moment, person AS owner, address AS text FROM "
        "desk_digests"),
    TableNote::searched("desk_walls", "Vem som får se ett förslag",
                        "SELECT proposal AS id, '' AS moment, '' AS owner, principal AS text FROM desk_walls "
                        "WHERE principal LIKE 'person:%'"),
    TableNote::nothing("desk_sources", "Vilka dokument ett förslag citerar"),
    TableNote::searched("desk_faults", "Fel som upptäcktes efter ett beslut",
                        "SELECT proposal AS id, moment, '' AS owner, what AS text FROM desk_faults"),
    TableNote::nothing("desk_settings", "Inställningar för slag av förslag"),
};

}  // namespace

std::span<const store::TableNote> table_notes() {
    return desk_tables;
}

std::span<const store::Migration> schema() {
    return steps;
}

}  // namespace kansli::desk::detail
