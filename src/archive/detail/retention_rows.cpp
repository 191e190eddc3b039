#include "archive/detail/retention_rows.hpp"

#include <array>
#include <string_view>

#include "json/binder.hpp"

namespace kansli::archive::detail {

namespace {

// Rules and holds are few and always read whole, so each is one JSON text.
constexpr std::string_view tables = R"sql(
CREATE TABLE retention_rules (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    rule TEXT NOT NULL
) STRICT;
CREATE TABLE legal_holds (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    hold TEXT NOT NULL
) STRICT;
CREATE TABLE retention_traces (
    run INTEGER PRIMARY KEY,
    originals TEXT NOT NULL
) STRICT;
)sql";

constexpr std::array steps{store::Migration{.room = "archive", .number = 1, .sql = tables}};

constexpr std::array retention_tables{
    store::TableNote::searched("retention_rules", "Regel i dokumenthanteringsplanen",
                               "SELECT id, '' AS moment, '' AS owner, rule AS text FROM retention_rules"),
    store::TableNote::searched("legal_holds", "Stopp för gallring",
                               "SELECT id, '' AS moment, '' AS owner, hold AS text FROM legal_holds"),
    store::TableNote::nothing("retention_traces", "Kontrollsummor av filer som ska tas bort"),
};

template <typename T>
Result<std::vector<T>> load_all(store::Connection& connection, std::string_view sql) {
    store::Statement& rows = TRY(connection.prepare(sql));
    rows.bind();
    std::vector<T> found;
    while (TRY(rows.step()))
        found.push_back(TRY(json::read<T>(rows.view(0))));
    return found;
}

template <typename T>
Result<T> load_one(store::Connection& connection, std::string_view sql, const std::string& id,
                   std::string_view missing) {
    store::Statement& row = TRY(connection.prepare(sql));
    row.bind(id);
    if (!TRY(row.step())) return fail(ErrorCode::not_found, std::string(missing), id);
    return json::read<T>(row.text(0));
}

}  // namespace

std::span<const store::TableNote> retention_table_notes() {
    return retention_tables;
}

std::span<const store::Migration> retention_schema() {
    return steps;
}

Result<std::vector<RetentionRule>> load_rules(store::Connection& connection) {
    return load_all<RetentionRule>(connection, "SELECT rule FROM retention_rules ORDER BY number");
}

Result<void> store_rule(store::Connection& connection, const RetentionRule& rule) {
    return connection.execute(
        "INSERT INTO retention_rules (id, rule) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET rule = ?2",
        rule.id.str(), json::write(rule));
}

Result<RetentionRule> load_rule(store::Connection& connection, const RuleId& id) {
    return load_one<RetentionRule>(connection, "SELECT rule FROM retention_rules WHERE id = ?1", id.str(),
                                   "Gallringsregeln finns inte.");
}

Result<std::vector<LegalHold>> load_holds(store::Connection& connection) {
    return load_all<LegalHold>(connection, "SELECT hold FROM legal_holds ORDER BY number");
}

Result<void> store_hold(store::Connection& connection, const LegalHold& hold) {
    return connection.execute(
        "INSERT INTO legal_holds (id, hold) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET hold = ?2",
        hold.id.str(), json::write(hold));
}

Result<LegalHold> load_hold(store::Connection& connection, const HoldId& id) {
    return load_one<LegalHold>(connection, "SELECT hold FROM legal_holds WHERE id = ?1", id.str(),
                               "Gallringsstoppet finns inte.");
}

Result<void> note_traces(store::Connection& connection, std::int64_t run,
                         const std::set<std::string>& originals) {
    return connection.execute("INSERT INTO retention_traces VALUES (?1, ?2)", run,
                              json::write(std::vector<std::string>(originals.begin(), originals.end())));
}

Result<Traces> load_traces(store::Connection& connection) {
    store::Statement& rows =
        TRY(connection.prepare("SELECT run, originals FROM retention_traces ORDER BY run"));
    rows.bind();
    Traces traces;
    while (TRY(rows.step())) {
        traces.runs.push_back(rows.integer(0));
        for (auto& hash : TRY(json::read<std::vector<std::string>>(rows.view(1))))
            traces.originals.insert(std::move(hash));
    }
    return traces;
}

Result<void> forget_traces(store::Connection& connection, const std::vector<std::int64_t>& runs) {
    for (const std::int64_t run : runs)
        TRY(connection.execute("DELETE FROM retention_traces WHERE run = ?1", run));
    return {};
}

}  // namespace kansli::archive::detail
