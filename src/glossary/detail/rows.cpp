#include "glossary/detail/rows.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hash.hpp"
#include "text/language.hpp"

namespace kansli::glossary::detail {

namespace {

constexpr std::int64_t most_entries = 5000;

Result<GlossaryEntry> entry_of(const store::Statement& row) {
    return GlossaryEntry{EntryId(row.text(0)), row.text(1), row.text(2), TRY(parse_timestamp(row.view(3)))};
}

Result<GlossarySuggestion> suggestion_of(const store::Statement& row) {
    return GlossarySuggestion{SuggestionId(row.text(0)), row.text(1), row.text(2),
                              TRY(parse_timestamp(row.view(3)))};
}

Result<void> check_room(store::Connection& connection) {
    auto& row = TRY(connection.prepare("SELECT count(*) FROM glossary_entries")).get();
    row.bind();
    if (TRY(row.step()) && row.integer(0) >= most_entries)
        return fail(ErrorCode::too_large, fmt::format("Ordlistan har redan {} uppslag.", most_entries), {},
                    "Ta bort något som inte behövs.");
    return {};
}

}  // namespace

Result<std::vector<GlossaryEntry>> load_entries(store::Connection& connection) {
    auto& row = TRY(connection.prepare("SELECT id, line, author_name, changed FROM glossary_entries")).get();
    row.bind();
    std::vector<GlossaryEntry> entries;
    while (TRY(row.step()))
        entries.push_back(TRY(entry_of(row)));
    std::ranges::sort(entries, [](const GlossaryEntry& a, const GlossaryEntry& b) {
        return text::compare_swedish(a.line, b.line) < 0;
    });
    return entries;
}

Result<GlossaryEntry> load_entry(store::Connection& connection, const EntryId& id) {
    auto& row =
        TRY(connection.prepare("SELECT id, line, author_name, changed FROM glossary_entries WHERE id = ?1"))
            .get();
    if (!TRY(row.bind(id.str()).step()))
        return fail(ErrorCode::not_found, "Uppslaget finns inte i ordlistan.", id.str());
    return entry_of(row);
}

Result<std::int64_t> current_revision(store::Connection& connection) {
    auto& row = TRY(connection.prepare("SELECT revision FROM glossary_revision")).get();
    row.bind();
    if (!TRY(row.step())) return fail(ErrorCode::corrupt, "Ordlistans ändringsnummer saknas i databasen.");
    return row.integer(0);
}

Result<void> bump_revision(store::Connection& connection) {
    return connection.execute("UPDATE glossary_revision SET revision = revision + 1");
}

Result<KnownPairs> KnownPairs::load(store::Connection& connection, const EntryId& changing) {
    KnownPairs known;
    for (const auto& entry : TRY(load_entries(connection))) {
        if (entry.id != changing) known.add(TRY(text::parse_entry(entry.line)));
    }
    return known;
}

void KnownPairs::add(const text::LexiconEntry& entry) {
    for (const auto& expression : entry.expressions) {
        for (const auto& term : entry.terms)
            pairs_.emplace(expression, term);
    }
}

Result<void> KnownPairs::check_new(const text::LexiconEntry& entry) const {
    for (const auto& expression : entry.expressions) {
        for (const auto& term : entry.terms) {
            if (pairs_.contains({expression, term}))
                return fail(ErrorCode::conflict,
                            fmt::format("”{}” och ”{}” står redan i ordlistan.", expression, term), {},
                            "Ändra det uppslaget i stället.");
        }
    }
    return {};
}

Result<GlossaryEntry> insert_entry(store::Connection& connection, const access::Caller& caller,
                                   const text::LexiconEntry& entry, Timestamp moment) {
    TRY(check_room(connection));
    GlossaryEntry made{EntryId(random_token()), text::print(entry), access::account_name(caller), moment};
    TRY(connection.execute("INSERT INTO glossary_entries VALUES (?1, ?2, ?3, ?4, ?5)", made.id.str(),
                           made.line, caller.id.str(), made.by, to_string(moment)));
    return made;
}

Result<std::vector<GlossarySuggestion>> load_suggestions(store::Connection& connection) {
    auto& row = TRY(connection.prepare("SELECT id, line, author_name, made FROM glossary_suggestions WHERE "
                                       "NOT rejected ORDER BY made, id"))
                    .get();
    row.bind();
    std::vector<GlossarySuggestion> suggestions;
    while (TRY(row.step()))
        suggestions.push_back(TRY(suggestion_of(row)));
    return suggestions;
}

Result<GlossarySuggestion> load_suggestion(store::Connection& connection, const SuggestionId& id) {
    auto& row = TRY(connection.prepare("SELECT id, line, author_name, made FROM glossary_suggestions WHERE "
                                       "id = ?1 AND NOT rejected"))
                    .get();
    if (!TRY(row.bind(id.str()).step()))
        return fail(ErrorCode::not_found, "Förslaget väntar inte.", id.str(),
                    "Någon har kanske redan tagit ställning till det.");
    return suggestion_of(row);
}

}  // namespace kansli::glossary::detail
