#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>

#include <fmt/format.h>

#include "core/check.hpp"
#include "core/hash.hpp"
#include "core/time.hpp"
#include "store/database.hpp"
#include "store/detail/connection_state.hpp"
#include "store/table_note.hpp"

namespace kansli::store {

namespace {

constexpr auto tables =
    "CREATE TABLE IF NOT EXISTS migrations ("
    " room TEXT NOT NULL, number INTEGER NOT NULL, checksum TEXT NOT NULL, moment TEXT NOT NULL,"
    " PRIMARY KEY (room, number)) WITHOUT ROWID;"
    // The versions of Kansli that have run steps, so that one which is too old can say which one is needed.
    "CREATE TABLE IF NOT EXISTS programs (version TEXT PRIMARY KEY, moment TEXT NOT NULL) WITHOUT ROWID;";

Result<bool> has_table(Connection& connection, std::string_view name) {
    auto& row =
        TRY(connection.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1")).get();
    return row.bind(name).step();
}

// The version that ran the last steps; empty when none has told.
Result<std::string> last_program(Connection& connection) {
    if (!TRY(has_table(connection, "programs"))) return std::string();
    auto& row = TRY(connection.prepare("SELECT version FROM programs ORDER BY moment DESC LIMIT 1")).get();
    row.bind();
    return TRY(row.step()) ? row.text(0) : std::string();
}

Failure newer(const std::string& program, std::string_view room, std::int64_t number) {
    const auto by = program.empty() ? std::string("en nyare version av Kansli") : "Kansli " + program;
    return fail(ErrorCode::conflict,
                fmt::format("Datamappen är uppgraderad av {}; det här är version {} (\"{}\" har steg {}, som "
                            "programmet inte känner).",
                            by, KANSLI_VERSION, room, number),
                {},
                "Installera den versionen eller en senare. Ingenting har ändrats. Kopian från före "
                "uppgraderingen ligger i mappen before-upgrade.");
}

Failure unlike(std::string_view room, int number) {
    return fail(
        ErrorCode::corrupt,
        fmt::format("Databasens uppställning stämmer inte med programmet (\"{}\", steg {}).", room, number),
        {}, "Använd en utgiven version av Kansli eller återställ en säkerhetskopia.");
}

// How many steps of a room have run.
Result<std::size_t> steps_run(Connection& connection, std::span<const Migration> steps,
                              const std::string& program) {
    const auto room = steps.front().room;
    auto& rows =
        TRY(connection.prepare("SELECT number, checksum FROM migrations WHERE room = ?1 ORDER BY number"))
            .get();
    rows.bind(room);
    std::size_t run = 0;
    while (TRY(rows.step())) {
        if (run == steps.size()) return newer(program, room, rows.integer(0));
        const auto& step = steps[run++];
        if (rows.integer(0) != step.number || rows.view(1) != sha256(step.sql)) {
            return unlike(room, step.number);
        }
    }
    return run;
}

// Refuses a file with a room that this program has never heard of.
Result<void> check_rooms(Connection& connection, const Rooms& rooms, const std::string& program) {
    auto& rows = TRY(connection.prepare("SELECT room, MAX(number) FROM migrations GROUP BY room")).get();
    rows.bind();
    while (TRY(rows.step())) {
        const auto known = std::ranges::any_of(
            rooms, [&](const auto& steps) { return !steps.empty() && steps.front().room == rows.view(0); });
        if (!known) return newer(program, rows.text(0), rows.integer(1));
    }
    return {};
}

void check_numbers(std::span<const Migration> steps) {
    int expected = 1;
    for (const auto& step : steps) {
        CHECK_INVARIANT(step.number == expected++);
        CHECK_INVARIANT(step.room == steps.front().room);
    }
}

Result<void> run_missing(Connection& connection, std::span<const Migration> steps,
                         const std::function<Result<void>(const std::string&)>& run_script) {
    for (const auto& step : steps) {
        TRY(run_script(std::string(step.sql)));
        TRY(connection.execute("INSERT INTO migrations VALUES (?1, ?2, ?3, ?4)", step.room, step.number,
                               sha256(step.sql), to_string(now())));
    }
    return {};
}

}  // namespace

std::span<const TableNote> own_table_notes() {
    static constexpr std::array notes{
        TableNote::nothing("migrations", "Vilka uppgraderingar av databasen som är gjorda"),
        TableNote::nothing("programs", "Vilka versioner av programmet som har uppgraderat den"),
    };
    return notes;
}

Result<SchemaState> Database::schema_state(const Rooms& rooms) {
    SchemaState state;
    TRY(read([&](Connection& connection) -> Result<void> {
        const bool is_new = !TRY(has_table(connection, "migrations"));
        state.program = TRY(last_program(connection));
        if (!is_new) TRY(check_rooms(connection, rooms, state.program));
        for (const auto& steps : rooms) {
            if (steps.empty()) continue;
            check_numbers(steps);
            const auto run = is_new ? 0 : TRY(steps_run(connection, steps, state.program));
            state.run += run;
            state.missing += steps.size() - run;
        }
        return {};
    }));
    return state;
}

Result<void> Database::migrate(const Rooms& rooms) {
    if (TRY(schema_state(rooms)).missing == 0) return {};
    return write([&rooms](Connection& connection) -> Result<void> {
        // A table cannot be made anew while a statement that has looked at the schema stands at a row.
        const auto run_script = [&](const std::string& sql) {
            connection.state_->rest_statements();
            return connection.state_->run_script(sql);
        };
        TRY(run_script(tables));
        // Another process may have run steps meanwhile.
        const auto program = TRY(last_program(connection));
        TRY(check_rooms(connection, rooms, program));
        for (const auto& steps : rooms) {
            if (steps.empty()) continue;
            TRY(run_missing(connection, steps.subspan(TRY(steps_run(connection, steps, program))),
                            run_script));
        }
        return connection.execute("INSERT OR REPLACE INTO programs VALUES (?1, ?2)", KANSLI_VERSION,
                                  to_string(now()));
    });
}

}  // namespace kansli::store
