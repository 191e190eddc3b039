#include "record/record.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/hash.hpp"
#include "json/value.hpp"
#include "record/detail/chain.hpp"

namespace kansli::record {

namespace {

// Triggers keep honest programs honest; the chain shows the work of others. The head stands apart, so that removing the
// last entries shows as well. Replacing an entry by INSERT OR REPLACE would pass the other triggers, but not the first.
constexpr std::array<store::Migration, 1> steps = {{{"record", 1, R"sql(
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
)sql"}}};

constexpr auto columns = "SELECT number, moment, actor, kind, subject, content, previous, hash FROM record ";

// All but the moment, which may be unreadable in a record that somebody has changed.
Entry entry_of_row(const store::Statement& row) {
    Entry entry;
    entry.number = row.integer(0);
    entry.actor = row.text(2);
    entry.kind = row.text(3);
    entry.subject = row.text(4);
    entry.content = row.text(5);
    entry.previous = row.text(6);
    entry.hash = row.text(7);
    return entry;
}

Result<Entry> whole_entry_of_row(const store::Statement& row) {
    auto entry = entry_of_row(row);
    entry.moment = TRY(parse_timestamp(row.view(1)));
    return entry;
}

struct Head {
    std::int64_t number = 0;
    std::string hash{};
};

Result<Head> load_head(store::Connection& connection) {
    auto& row = TRY(connection.prepare("SELECT number, hash FROM record_head")).get();
    if (!TRY(row.step())) return fail(ErrorCode::corrupt, "Protokollets ände saknas.", "record_head");
    Head head{row.integer(0), row.text(1)};
    TRY(row.run());
    return head;
}

Result<void> check_text(std::string_view text, std::string_view field) {
    if (detail::is_text(text)) return {};
    return fail(ErrorCode::invalid_input, "Texten är inte giltig UTF-8.", std::string(field));
}

// The part of a proposal that is JSON text, as a value; nothing written is null.
Result<json::Value> value_of(const std::string& text) {
    if (text.empty()) return json::Value();
    return json::parse(text);
}

// `text` as a LIKE pattern that matches it anywhere, with its own % and _ taken as they are.
std::string anywhere(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

// The reason why the entry in this row does not follow; nothing when it does.
std::optional<std::string> next_row(detail::ChainCheck& chain, const store::Statement& row) {
    auto entry = entry_of_row(row);
    const auto moment = parse_timestamp(row.view(1));
    if (moment) entry.moment = *moment;
    // A moment that is written in another way than ours was not written by us.
    if (!moment || to_string(*moment) != row.view(1)) entry.hash.clear();
    return chain.next(entry);
}

// Walks the chain until something does not hold, and says what; nothing when all does.
Result<std::optional<std::string>> first_reason(store::Connection& connection, detail::ChainCheck& chain) {
    auto& rows = TRY(connection.prepare(std::string(columns) + "ORDER BY number")).get();
    while (TRY(rows.step())) {
        if (auto reason = next_row(chain, rows)) return reason;
    }
    const auto head = load_head(connection).value_or(Head{-1, {}});
    std::optional<std::string> reason;
    if (head.number != chain.count() || head.hash != chain.head()) {
        reason = "anteckningar sist i protokollet har tagits bort eller lagts till.";
    }
    return reason;
}

}  // namespace

Record::Record(store::Database& database) : database_(database) {
}

std::span<const store::Migration> Record::migrations() {
    return steps;
}

Result<Entry> Record::append(store::Connection& connection, const access::Caller& caller,
                             std::string_view kind, std::string_view subject, std::string_view content_json,
                             Timestamp moment) {
    TRY(check_text(caller.name, "actor"));
    TRY(check_text(kind, "kind"));
    TRY(check_text(subject, "subject"));
    auto head = TRY(load_head(connection));
    Entry entry{.number = head.number + 1,
                .moment = moment,
                .actor = caller.name,
                .kind = std::string(kind),
                .subject = std::string(subject),
                .content = TRY(json::canonical(content_json)),
                .previous = std::move(head.hash),
                .hash = {}};
    entry.hash = sha256(detail::hashed_bytes(entry));
    TRY(connection.execute("INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", entry.number,
                           to_string(entry.moment), entry.actor, entry.kind, entry.subject, entry.content,
                           entry.previous, entry.hash));
    TRY(connection.execute("UPDATE record_head SET number = ?1, hash = ?2", entry.number, entry.hash));
    return entry;
}

Result<Entry> Record::append(const access::Caller& caller, std::string_view kind, std::string_view subject,
                             std::string_view content_json, Timestamp moment) {
    Entry entry;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        entry = TRY(append(connection, caller, kind, subject, content_json, moment));
        return {};
    }));
    return entry;
}

Result<Entry> Record::propose(const access::Caller& caller, const Proposal& proposal, Timestamp moment) {
    auto content = json::Value::object();
    content["input"] = TRY(value_of(proposal.input));
    content["output"] = TRY(value_of(proposal.output));
    content["evidence"] = TRY(value_of(proposal.evidence));
    content["confidence"] = proposal.confidence;
    content["model"] = proposal.model;
    content["settings"] = TRY(value_of(proposal.settings));
    content["milliseconds"] = proposal.milliseconds;
    return append(caller, proposal.kind + "_proposal", proposal.subject, json::canonical_of(content), moment);
}

Result<std::vector<Entry>> Record::entries(const Filter& filter) {
    std::vector<Entry> found;
    const auto sql =
        std::string(columns) +
        "WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR actor = ?2) AND (?3 IS NULL OR number < ?3) "
        "AND (?4 IS NULL OR subject LIKE ?4 ESCAPE '\\' OR content LIKE ?4 ESCAPE '\\') "
        "ORDER BY number DESC LIMIT ?5";
    std::optional<std::string> pattern;
    if (filter.text) pattern = anywhere(*filter.text);
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        auto& rows = TRY(connection.prepare(sql)).get();
        rows.bind(filter.kind, filter.actor, filter.before, pattern, std::clamp(filter.limit, 1, 1000));
        while (TRY(rows.step()))
            found.push_back(TRY(whole_entry_of_row(rows)));
        return {};
    }));
    return found;
}

Result<Entry> Record::entry(std::int64_t number) {
    Entry found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        auto& rows = TRY(connection.prepare(std::string(columns) + "WHERE number = ?1")).get();
        if (!TRY(rows.bind(number).step())) {
            return fail(ErrorCode::not_found, fmt::format("Anteckning {} finns inte.", number));
        }
        found = TRY(whole_entry_of_row(rows));
        return {};
    }));
    return found;
}

Result<Record::Verification> Record::verify() {
    Verification result;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        detail::ChainCheck chain;
        const auto reason = TRY(first_reason(connection, chain));
        result.entries = chain.count();
        result.head = chain.head();
        if (!reason) return {};
        result.first_broken = chain.count() + 1;
        result.reason = *reason;
        return {};
    }));
    return result;
}

}  // namespace kansli::record
