#include "record/marks.hpp"

namespace kansli::record {

std::string thing_of_entry(std::int64_t number) {
    return "entry:" + std::to_string(number);
}

Result<void> restrict_thing(store::Connection& connection, std::string_view thing, std::int64_t entry) {
    if (TRY(is_restricted(connection, thing)))
        return fail(ErrorCode::conflict, "Behandlingen är redan begränsad.", std::string(thing));
    return connection.execute("INSERT INTO record_restriction VALUES (?1, ?2, NULL)", entry, thing);
}

Result<void> lift_restriction(store::Connection& connection, std::int64_t restriction, std::int64_t entry) {
    TRY(connection.execute("UPDATE record_restriction SET lifted = ?2 WHERE entry = ?1 AND lifted IS NULL",
                           restriction, entry));
    if (connection.changes() == 1) return {};
    return fail(ErrorCode::not_found, "Begränsningen finns inte, eller så är den redan hävd.",
                std::to_string(restriction));
}

Result<bool> is_restricted(store::Connection& connection, std::string_view thing) {
    store::Statement& row =
        TRY(connection.prepare("SELECT 1 FROM record_restriction WHERE thing = ?1 AND lifted IS NULL"));
    return row.bind(thing).step();
}

Result<std::set<std::string, std::less<>>> restricted_things(store::Connection& connection) {
    store::Statement& rows =
        TRY(connection.prepare("SELECT thing FROM record_restriction WHERE lifted IS NULL"));
    rows.bind();
    std::set<std::string, std::less<>> things;
    while (TRY(rows.step()))
        things.insert(rows.text(0));
    return things;
}

Result<std::vector<RestrictionMark>> restrictions(store::Connection& connection) {
    store::Statement& rows =
        TRY(connection.prepare("SELECT entry, thing, lifted FROM record_restriction ORDER BY entry DESC"));
    rows.bind();
    std::vector<RestrictionMark> marks;
    while (TRY(rows.step()))
        marks.push_back({rows.integer(0), rows.text(1), rows.optional_integer(2)});
    return marks;
}

Result<void> mark_corrected(store::Connection& connection, std::string_view thing, std::int64_t entry) {
    return connection.execute("INSERT INTO record_correction VALUES (?1, ?2)", entry, thing);
}

Result<std::vector<std::int64_t>> corrections_of(store::Connection& connection, std::string_view thing) {
    store::Statement& rows =
        TRY(connection.prepare("SELECT entry FROM record_correction WHERE thing = ?1 ORDER BY entry"));
    rows.bind(thing);
    std::vector<std::int64_t> entries;
    while (TRY(rows.step()))
        entries.push_back(rows.integer(0));
    return entries;
}

}  // namespace kansli::record
