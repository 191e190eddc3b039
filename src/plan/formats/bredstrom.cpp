// The data files of Bredström and Rönnqvist (see homecare/problem.hpp): "set NAME := …;" and "param NAME: columns := rows;". A
// visit that takes two is two nodes of Shared_Visited. What is travelled becomes small; no window and no end of the day, T,
// may be missed. Skills and wishes of the files belong to other objectives.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "plan/formats/care_draft.hpp"
#include "plan/formats/rows.hpp"

namespace kansli::plan::formats {

namespace {

// What stands between two semicolons, by its name.
struct Statement {
    std::string where{};      // the row that it begins on
    std::vector<Row> rows{};  // what stands after ":="
    std::size_t columns = 0;  // of a table
};

using Statements = std::map<std::string, Statement, std::less<>>;

// "set N0 = 0;": some sets have no colon.
bool begins_statement(const Row& row) {
    return row.fields.size() > 1 && (row.fields[0] == "param" || row.fields[0] == "set");
}

std::string name_in(const Row& row) {
    std::string_view name = row.fields[1];
    name = name.substr(0, name.find_first_of(":="));
    return std::string(name);
}

// A row is of the statement that the last "set" or "param" before it began.
Statements statements_of(std::string_view text) {
    Statements statements;
    Statement* current = nullptr;
    for (const Row& row : rows_of(text)) {
        if (row.fields[0].starts_with('#')) continue;
        if (begins_statement(row)) {
            current = &statements[name_in(row)];
            *current = {.where = row.where()};
            current->rows.push_back({row.number, {row.fields.begin() + 2, row.fields.end()}});
            current->columns = static_cast<std::size_t>(std::ranges::count_if(
                row.fields, [](std::string_view field) { return number_in(field).has_value(); }));
        } else if (current != nullptr && row.fields[0] != ";") {
            current->rows.push_back(row);
        }
    }
    return statements;
}

Failure lacking(std::string_view name) {
    return fail(ErrorCode::invalid_input,
                fmt::format("Filen saknar ”{}”, eller så går det inte att läsa.", name), {},
                "Ta med alla delar av filen som den publicerades.");
}

// The number of "param NAME:= number;".
Result<double> single_number(const Statements& file, std::string_view name) {
    const auto found = file.find(name);
    if (found == file.end() || found->second.rows.front().fields.empty()) return lacking(name);
    std::string_view field = found->second.rows.front().fields.front();
    if (field.ends_with(';')) field.remove_suffix(1);
    const auto number = number_in(field);
    if (!number || *number < 0 || *number > longest_time) return lacking(name);
    return *number;
}

// The rows of a table, each of which begins with its number from 0 or 1; by number.
Result<std::map<std::size_t, std::vector<double>>> table_of(const Statements& file, std::string_view name) {
    const auto found = file.find(name);
    if (found == file.end()) return lacking(name);
    const Statement& statement = found->second;
    std::map<std::size_t, std::vector<double>> table;
    for (std::size_t i = 1; i < statement.rows.size(); ++i) {
        const Row& row = statement.rows[i];
        const auto number = whole_number_in(row.fields[0]);
        const auto cells = numbers_in(row, 1);
        if (!number || *number < 0 || *number >= static_cast<std::int64_t>(most_places) || !cells ||
            cells->size() != statement.columns ||
            std::ranges::any_of(*cells, [](double cell) { return cell < 0 || cell > longest_time; }))
            return unreadable(row, "Raden går inte att läsa.",
                              fmt::format("Raden ska ha sitt nummer och {} tal.", statement.columns));
        table[static_cast<std::size_t>(*number)] = *cells;
    }
    if (table.empty() || statement.columns == 0) return lacking(name);
    return table;
}

// The nodes of "(1,19),(3,20),;".
Result<std::vector<std::pair<std::size_t, std::size_t>>> pairs_of(const Statements& file, std::size_t nodes) {
    constexpr std::string_view name = "Shared_Visited";
    const auto found = file.find(name);
    if (found == file.end()) return lacking(name);
    std::string marks;
    for (const Row& row : found->second.rows) {
        for (const std::string_view field : row.fields)
            marks.append(field);
    }
    std::ranges::replace_if(
        marks, [](char mark) { return mark == '(' || mark == ')' || mark == ',' || mark == ';'; }, ' ');
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    std::set<double> seen{0};
    for (const Row& row : rows_of(marks)) {
        const auto numbers = numbers_in(row);
        if (!numbers || numbers->size() % 2 != 0) return lacking(name);
        for (std::size_t i = 0; i < numbers->size(); i += 2) {
            const double one = numbers->at(i);
            const double other = numbers->at(i + 1);
            if (!(one > 0 && other > 0 && one < static_cast<double>(nodes) &&
                  other < static_cast<double>(nodes)) ||
                !seen.insert(one).second || !seen.insert(other).second)
                return fail(ErrorCode::invalid_input,
                            "Ett gemensamt besök finns inte, eller står två gånger.", found->second.where,
                            "Skriv varje besök i högst ett par.");
            pairs.emplace_back(one, other);
        }
    }
    return pairs;
}

// The tables by node. The column of days is the first; the columns of ways are nodes.
struct Tables {
    std::map<std::size_t, std::vector<double>> ways{};
    std::map<std::size_t, std::vector<double>> services{};
    std::map<std::size_t, std::vector<double>> opens{};
    std::map<std::size_t, std::vector<double>> closes{};

    [[nodiscard]] std::size_t nodes() const { return ways.size(); }
};

Result<Tables> tables_of(const Statements& file) {
    Tables tables{TRY(table_of(file, "t_ij")), TRY(table_of(file, "s_id")), TRY(table_of(file, "e_id")),
                  TRY(table_of(file, "l_id"))};
    const std::size_t nodes = tables.nodes();
    for (const auto* table : {&tables.ways, &tables.services, &tables.opens, &tables.closes}) {
        // The nodes 0, 1, … without a gap.
        if (table->size() != nodes || table->rbegin()->first != nodes - 1) return lacking("s_id, e_id, l_id");
    }
    if (tables.ways.begin()->second.size() != nodes) return lacking("t_ij");
    return tables;
}

homecare::Time whole(double number) {
    return static_cast<homecare::Time>(number);
}

CareDraft::Task task_of(const Tables& tables, std::size_t node, std::size_t carers) {
    homecare::Task task{.place = static_cast<homecare::Index>(node),
                        .service = whole(tables.services.at(node)[0]),
                        .window = {whole(tables.opens.at(node)[0]), whole(tables.closes.at(node)[0])}};
    for (std::size_t carer = 0; carer < carers; ++carer)
        task.able.push_back(static_cast<homecare::Index>(carer));
    return {fmt::format("{}", node), {}, std::move(task)};
}

}  // namespace

Result<CareInstance> read_bredstrom(std::string_view text) {
    const Statements file = statements_of(text);
    const Tables tables = TRY(tables_of(file));
    const std::size_t nodes = tables.nodes();
    const auto pairs = TRY(pairs_of(file, nodes));
    const double carers = TRY(single_number(file, "kn"));
    const double end = TRY(single_number(file, "T"));
    if (carers > static_cast<double>(most_carers))
        return fail(ErrorCode::too_large, "Filen har för mycket personal.", {}, "Dela upp dagen i områden.");
    CareDraft draft;
    draft.day.places = nodes;
    draft.day.late_is_allowed = false;
    for (const auto& [from, ways] : tables.ways) {
        for (std::size_t to = 0; to < nodes; ++to)
            draft.day.travel.push_back(from == to ? 0 : static_cast<std::int32_t>(ways[to]));
    }
    const auto crew = static_cast<std::size_t>(carers);
    for (std::size_t carer = 0; carer < crew; ++carer) {
        draft.day.carers.push_back({.base = 0, .shift = {0, whole(end)}});
        draft.carer_ids.push_back(fmt::format("{}", carer + 1));
    }
    std::map<std::size_t, std::size_t> second_of;
    std::set<std::size_t> seconds;
    for (const auto& [one, other] : pairs) {
        second_of[one] = other;
        seconds.insert(other);
    }
    for (std::size_t node = 1; node < nodes; ++node) {
        if (seconds.contains(node)) continue;
        CareDraft::Visit visit{.where = fmt::format("besök {}", node),
                               .tasks = {task_of(tables, node, crew)}};
        if (second_of.contains(node)) visit.tasks.push_back(task_of(tables, second_of[node], crew));
        draft.visits.push_back(std::move(visit));
    }
    return finish(std::move(draft));
}

}  // namespace kansli::plan::formats
