#include <cstdint>
#include <span>
#include <string>

#include <fmt/format.h>

#include "core/check.hpp"
#include "core/hash.hpp"
#include "core/time.hpp"
#include "store/database.hpp"
#include "store/detail/connection_state.hpp"

namespace kansli::store {

namespace {

constexpr auto table =
    "CREATE TABLE IF NOT EXISTS migrations ("
    " room TEXT NOT NULL, number INTEGER NOT NULL, checksum TEXT NOT NULL, moment TEXT NOT NULL,"
    " PRIMARY KEY (room, number)) WITHOUT ROWID";

// How many steps of a room have run; corrupt when one of them is not the one that this program knows.
Result<std::size_t> steps_run(Connection& connection, std::span<const Migration> steps) {
    const auto room = steps.front().room;
    auto& rows =
        TRY(connection.prepare("SELECT number, checksum FROM migrations WHERE room = ?1 ORDER BY number"))
            .get();
    rows.bind(room);
    std::size_t run = 0;
    while (TRY(rows.step())) {
        if (run == steps.size()) {
            return fail(
                ErrorCode::corrupt,
                fmt::format("Datamappen är skriven av en nyare version av Kansli (\"{}\" har steg {}, "
                            "programmet känner {}).",
                            room, rows.integer(0), steps.size()),
                {}, "Installera den versionen eller en senare.");
        }
        const auto& step = steps[run++];
        if (rows.integer(0) != step.number || rows.view(1) != sha256(step.sql)) {
            return fail(ErrorCode::corrupt,
                        fmt::format("Databasens uppställning stämmer inte med programmet (\"{}\", steg {}).",
                                    room, step.number),
                        {}, "Använd en utgiven version av Kansli eller återställ en säkerhetskopia.");
        }
    }
    return run;
}

void check_numbers(std::span<const Migration> steps) {
    int expected = 1;
    for (const auto& step : steps) {
        CHECK_INVARIANT(step.number == expected++);
        CHECK_INVARIANT(step.room == steps.front().room);
    }
}

}  // namespace

Result<void> Database::migrate(std::initializer_list<std::span<const Migration>> rooms) {
    return write([&rooms](Connection& connection) -> Result<void> {
        TRY(connection.execute(table));
        for (const auto& steps : rooms) {
            if (steps.empty()) continue;
            check_numbers(steps);
            for (const auto& step : steps.subspan(TRY(steps_run(connection, steps)))) {
                TRY(connection.state_->run_script(std::string(step.sql)));
                TRY(connection.execute("INSERT INTO migrations VALUES (?1, ?2, ?3, ?4)", step.room,
                                       step.number, sha256(step.sql), to_string(now())));
            }
        }
        return {};
    });
}

}  // namespace kansli::store
