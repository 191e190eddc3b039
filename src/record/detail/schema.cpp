#include <array>

#include "record/detail/rows.hpp"

namespace kansli::record::detail {

namespace {

// Triggers keep honest programs honest; the chain shows the work of others. The head stands apart, so that removing the
// last entries shows as well. Replacing an entry by INSERT OR REPLACE would pass the other triggers, but not the first.
constexpr std::string_view format_1 = R"sql(
CREATE TABLE record (
    number INTEGER PRIMARY KEY,
    moment TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    content TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX record_by_kind ON record (kind, number);
CREATE INDEX record_by_actor ON record (actor, number);
CREATE TABLE record_head (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
INSERT INTO record_head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TRIGGER record_in_order BEFORE INSERT ON record
WHEN NEW.number IS NOT (SELECT number + 1 FROM record_head)
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER record_not_changed BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER record_not_removed BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER record_head_moves_on BEFORE UPDATE ON record_head
WHEN NEW.number <> OLD.number + 1
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER record_head_not_removed BEFORE DELETE ON record_head
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
)sql";

// Content and salt may become NULL, and only while the last entry is the one that tells so. Entries that are there already
// keep their format: their hashes were computed over it.
constexpr std::string_view format_2 = R"sql(
DROP TRIGGER record_in_order;
DROP TRIGGER record_not_changed;
DROP TRIGGER record_not_removed;
DROP INDEX record_by_kind;
DROP INDEX record_by_actor;
ALTER TABLE record RENAME TO record_of_format_1;
CREATE TABLE record (
    number INTEGER PRIMARY KEY,
    format INTEGER NOT NULL,
    moment TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    salt TEXT,
    content TEXT,
    content_hash TEXT,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO record SELECT number, 1, moment, actor, kind, subject, NULL, content, NULL, previous, hash
FROM record_of_format_1 ORDER BY number;
DROP TABLE record_of_format_1;
CREATE INDEX record_by_kind ON record (kind, number);
CREATE INDEX record_by_actor ON record (actor, number);

CREATE TRIGGER record_in_order BEFORE INSERT ON record
WHEN NEW.number IS NOT (SELECT number + 1 FROM record_head)
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER record_only_content_removed BEFORE UPDATE ON record
WHEN NOT (
    OLD.format = 2 AND OLD.kind <> 'content_removed'
    AND OLD.salt IS NOT NULL AND OLD.content IS NOT NULL AND NEW.salt IS NULL AND NEW.content IS NULL
    AND NEW.number IS OLD.number AND NEW.format IS OLD.format AND NEW.moment IS OLD.moment AND NEW.actor IS OLD.actor
    AND NEW.kind IS OLD.kind AND NEW.subject IS OLD.subject AND NEW.content_hash IS OLD.content_hash
    AND NEW.previous IS OLD.previous AND NEW.hash IS OLD.hash
    AND EXISTS (SELECT 1 FROM record AS told JOIN record_head ON told.number = record_head.number
                WHERE told.kind = 'content_removed' AND told.subject = CAST(OLD.number AS TEXT)))
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER record_not_removed BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;

CREATE TABLE record_checkpoint (
    number INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    format TEXT NOT NULL,
    moment TEXT NOT NULL,
    head TEXT NOT NULL,
    root TEXT NOT NULL,
    previous TEXT NOT NULL,
    key TEXT NOT NULL,
    signature TEXT NOT NULL
) STRICT;
CREATE TABLE record_checkpoint_head (
    only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL, hash TEXT NOT NULL
) STRICT;
INSERT INTO record_checkpoint_head
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TRIGGER record_checkpoint_in_order BEFORE INSERT ON record_checkpoint
WHEN NEW.number < NEW.first
    OR NEW.first IS NOT (SELECT number + 1 FROM record_checkpoint_head)
    OR NEW.number > (SELECT number FROM record_head)
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER record_checkpoint_not_changed BEFORE UPDATE ON record_checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER record_checkpoint_not_removed BEFORE DELETE ON record_checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER record_checkpoint_head_moves_on BEFORE UPDATE ON record_checkpoint_head
WHEN NEW.number <= OLD.number OR NOT EXISTS (SELECT 1 FROM record_checkpoint WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER record_checkpoint_head_not_removed BEFORE DELETE ON record_checkpoint_head
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
)sql";

// What is restricted or corrected for a person's sake: which thing, and the entry that says why. A restriction is lifted by another entry.
constexpr std::string_view marks = R"sql(
CREATE TABLE record_restriction (
    entry INTEGER PRIMARY KEY,
    thing TEXT NOT NULL,
    lifted INTEGER
) STRICT;
CREATE UNIQUE INDEX record_restriction_in_force ON record_restriction (thing) WHERE lifted IS NULL;
CREATE TABLE record_correction (entry INTEGER PRIMARY KEY, thing TEXT NOT NULL) STRICT;
CREATE INDEX record_correction_of_thing ON record_correction (thing);
)sql";

constexpr std::array<store::Migration, 3> steps = {
    {{"record", 1, format_1}, {"record", 2, format_2}, {"record", 3, marks}}};

using store::TableNote;

constexpr std::array record_tables{
    TableNote::told_with("record", "Protokollets anteckningar"),
    TableNote::told_with("record_restriction", "Protokollets anteckningar om begränsad behandling"),
    TableNote::told_with("record_correction", "Protokollets anteckningar om rättelser"),
    TableNote::nothing("record_head", "Kontrollsummor"),
    TableNote::nothing("record_checkpoint", "Kontrollsummor och underskrifter"),
    TableNote::nothing("record_checkpoint_head", "Kontrollsummor"),
};

}  // namespace

std::span<const store::TableNote> table_notes() {
    return record_tables;
}

std::span<const store::Migration> migrations() {
    return steps;
}

}  // namespace kansli::record::detail
