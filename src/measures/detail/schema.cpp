#include "measures/detail/schema.hpp"

#include <array>

namespace kansli::measures::detail {

namespace {

// Answers lie in the order of their random ids (WITHOUT ROWID), not in that of their coming, so that nothing leads from one to whoever gave it.
constexpr std::array<store::Migration, 1> steps = {{{"measures", 1, R"sql(
CREATE TABLE measures_experiments (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    share REAL NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    measure TEXT NOT NULL,
    seed TEXT NOT NULL,
    stopped INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE measures_factors (
    number INTEGER PRIMARY KEY,
    factor TEXT NOT NULL,
    value REAL NOT NULL,
    valid_from TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE TABLE measures_baselines (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    figure TEXT NOT NULL,
    n INTEGER NOT NULL,
    mean REAL NOT NULL,
    deviation REAL NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE measures_satisfaction (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    experiment TEXT NOT NULL,
    arm TEXT NOT NULL,
    respondent TEXT NOT NULL,
    week INTEGER NOT NULL,
    score INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE measures_tickets (
    proposal TEXT NOT NULL,
    respondent TEXT NOT NULL,
    week INTEGER NOT NULL,
    PRIMARY KEY (proposal, respondent)
) STRICT, WITHOUT ROWID;
CREATE TABLE measures_wellbeing (
    id TEXT PRIMARY KEY,
    week INTEGER NOT NULL,
    first INTEGER NOT NULL,
    second INTEGER NOT NULL,
    third INTEGER NOT NULL,
    fourth INTEGER NOT NULL,
    fifth INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE measures_wellbeing_tickets (
    person TEXT NOT NULL,
    week INTEGER NOT NULL,
    PRIMARY KEY (person, week)
) STRICT, WITHOUT ROWID;
)sql"}}};

using store::TableNote;

constexpr std::array measures_tables{
    TableNote::nothing("measures_experiments", "Försök med kontrollgrupp"),
    TableNote::nothing("measures_factors", "Priser och andra tal som mätningen räknar med"),
    TableNote::nothing("measures_baselines", "Mätningar från tiden före AI-stödet"),
    TableNote::nothing("measures_satisfaction", "Svar om nöjdhet, utan uppgift om vem som svarade"),
    TableNote::nothing("measures_tickets", "Att en fråga om nöjdhet är besvarad, utan uppgift om av vem"),
    TableNote::nothing("measures_wellbeing", "Svar om välmående, utan uppgift om vem som svarade"),
    TableNote::searched("measures_wellbeing_tickets", "Att en fråga om välmående är besvarad, inte vad",
                        "SELECT '' AS id, '' AS moment, person AS owner, 'Vecka ' || week AS text FROM "
                        "measures_wellbeing_tickets"),
};

}  // namespace

std::span<const store::TableNote> measures_table_notes() {
    return measures_tables;
}

std::span<const store::Migration> schema() {
    return steps;
}

}  // namespace kansli::measures::detail
