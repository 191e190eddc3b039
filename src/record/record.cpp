#include "record/record.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/check.hpp"
#include "core/hash.hpp"
#include "json/value.hpp"
#include "record/detail/chain.hpp"
#include "record/detail/rows.hpp"

namespace kansli::record {

namespace {

Result<void> check_text(std::string_view text, std::string_view field) {
    if (detail::is_text(text)) return {};
    return fail(ErrorCode::invalid_input, "Texten är inte giltig UTF-8.", std::string(field));
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

// Adds the link, in the newest format. The kind is not checked.
Result<Entry> add_link(store::Connection& connection, const access::Caller& caller, std::string_view kind,
                       std::string_view subject, std::string_view content_json, Timestamp moment) {
    TRY(check_text(access::account_name(caller), "actor"));
    TRY(check_text(kind, "kind"));
    TRY(check_text(subject, "subject"));
    auto head = TRY(detail::load_head(connection));
    Entry entry{.number = head.number + 1,
                .moment = moment,
                .actor = access::account_name(caller),
                .kind = std::string(kind),
                .subject = std::string(subject),
                .content = TRY(json::canonical(content_json)),
                .previous = std::move(head.hash),
                .salt = random_token(16)};
    detail::LinkHasher hasher;
    const auto written_moment = to_string(entry.moment);
    const auto content_hash = hasher.content_hash(entry.salt, entry.content);
    CHECK_INVARIANT(content_hash.has_value());
    entry.content_hash = hex_text(*content_hash);
    const auto hash = hasher.link_hash(detail::row_of(entry, written_moment));
    CHECK_INVARIANT(hash.has_value());
    entry.hash = hex_text(*hash);
    TRY(connection.execute("INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                           entry.number, entry.format, written_moment, entry.actor, entry.kind, entry.subject,
                           entry.salt, entry.content, entry.content_hash, entry.previous, entry.hash));
    TRY(connection.execute("UPDATE record_head SET number = ?1, hash = ?2", entry.number, entry.hash));
    return entry;
}

Result<Entry> load_entry(store::Connection& connection, std::int64_t number) {
    auto& rows = TRY(connection.prepare(std::string(detail::columns) + "WHERE number = ?1")).get();
    if (!TRY(rows.bind(number).step())) {
        return fail(ErrorCode::not_found, fmt::format("Anteckning {} finns inte.", number));
    }
    return detail::entry_of(rows);
}

Result<void> check_removable(const Entry& entry) {
    const auto where = fmt::format("anteckning {}", entry.number);
    if (entry.format == 1) {
        return fail(ErrorCode::unsupported,
                    "Innehållet kan inte tas bort utan att kedjan bryts: anteckningen är skriven av en äldre "
                    "version av Kansli.",
                    where);
    }
    if (entry.kind == content_removed_kind) {
        return fail(ErrorCode::conflict,
                    "En anteckning om att ett innehåll har tagits bort kan inte själv tas bort.", where);
    }
    if (entry.content_removed()) return fail(ErrorCode::conflict, "Innehållet är redan borttaget.", where);
    return {};
}

}  // namespace

Record::Record(store::Database& database) : database_(database) {
}

std::span<const store::TableNote> Record::table_notes() {
    return detail::table_notes();
}

std::span<const store::Migration> Record::migrations() {
    return detail::migrations();
}

Result<Entry> Record::append(store::Connection& connection, const access::Caller& caller,
                             std::string_view kind, std::string_view subject, std::string_view content_json,
                             Timestamp moment) {
    // The chain would not hold: this kind says that a content is gone.
    CHECK_INVARIANT(kind != content_removed_kind);
    return add_link(connection, caller, kind, subject, content_json, moment);
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

Result<Entry> Record::remove_content(store::Connection& connection, const access::Caller& caller,
                                     std::int64_t number, std::string_view decision_json, Timestamp moment) {
    const auto entry = TRY(load_entry(connection, number));
    TRY(check_removable(entry));
    auto content = json::Value::object();
    content["number"] = number;
    content["content_hash"] = entry.content_hash;
    content["decision"] = TRY(json::parse(decision_json));
    // First the entry that tells it: the database lets a content go only then.
    auto told = TRY(add_link(connection, caller, content_removed_kind, std::to_string(number),
                             json::canonical_of(content), moment));
    // What is removed is overwritten in the file, not only forgotten.
    TRY(connection.execute("PRAGMA secure_delete = ON"));
    TRY(connection.execute("UPDATE record SET salt = NULL, content = NULL WHERE number = ?1", number));
    return told;
}

Result<std::vector<Entry>> Record::entries(const Filter& filter) {
    std::vector<Entry> found;
    const auto sql =
        std::string(detail::columns) +
        "WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR actor = ?2) AND (?3 IS NULL OR number < ?3) "
        "AND (?4 IS NULL OR subject LIKE ?4 ESCAPE '\\' OR content LIKE ?4 ESCAPE '\\') "
        "ORDER BY number DESC LIMIT ?5";
    std::optional<std::string> pattern;
    if (filter.text) pattern = anywhere(*filter.text);
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        auto& rows = TRY(connection.prepare(sql)).get();
        rows.bind(filter.kind, filter.actor, filter.before, pattern, std::clamp(filter.limit, 1, 1000));
        while (TRY(rows.step()))
            found.push_back(TRY(detail::entry_of(rows)));
        return {};
    }));
    return found;
}

Result<Entry> Record::entry(store::Connection& connection, std::int64_t number) {
    return load_entry(connection, number);
}

Result<Entry> Record::entry(std::int64_t number) {
    Entry found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(load_entry(connection, number));
        return {};
    }));
    return found;
}

Result<void> Record::each_entry(store::Connection& connection, const Visit& visit) {
    auto& rows = TRY(connection.prepare(std::string(detail::columns) + "ORDER BY number")).get();
    rows.bind();
    while (TRY(rows.step()))
        TRY(visit(TRY(detail::entry_of(rows))));
    return {};
}

Result<Verification> Record::verify(const VerifyOptions& options) {
    return record::verify(database_, options);
}

}  // namespace kansli::record
