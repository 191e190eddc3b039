#include "access/detail/organisation_rows.hpp"

#include <fmt/format.h>

namespace kansli::access::detail {

namespace {

constexpr std::string_view department_columns =
    "SELECT d.id, d.name, (SELECT count(*) FROM users u WHERE u.department_id = d.id) FROM departments d ";
constexpr std::string_view group_columns =
    "SELECT g.id, g.name, coalesce(d.name, ''), "
    "(SELECT count(*) FROM memberships m WHERE m.people_group = g.id) "
    "FROM people_groups g LEFT JOIN departments d ON d.id = g.department ";

Department department_of_row(const store::Statement& row) {
    return {.id = DepartmentId(row.text(0)), .name = row.text(1), .people = static_cast<int>(row.integer(2))};
}

Group group_of_row(const store::Statement& row) {
    return {.id = GroupId(row.text(0)),
            .name = row.text(1),
            .department = row.text(2),
            .people = static_cast<int>(row.integer(3))};
}

// Gives `id` the name, which may be one that it has had before. `sql` are the statements of a table of names:
// whose a name is, and giving it.
Result<void> take_organisation_name(store::Connection& connection, const std::string& name,
                                    const std::string& id, std::string_view whose, std::string_view give) {
    auto& rows = TRY(connection.prepare(whose)).get();
    if (!TRY(rows.bind(name).step())) return connection.execute(give, name, id);
    const bool own = rows.view(0) == id;
    TRY(rows.run());
    if (own) return {};
    return fail(ErrorCode::conflict, fmt::format("Namnet {} är upptaget, eller har varit en annans.", name),
                "name", "Välj ett annat namn.");
}

Result<void> take_group_name(store::Connection& connection, const Group& group) {
    return take_organisation_name(connection, group.name, group.id.str(),
                                  "SELECT people_group FROM group_names WHERE name = ?1",
                                  "INSERT INTO group_names VALUES (?1, ?2)");
}

}  // namespace

Result<std::vector<Department>> load_departments(store::Connection& connection) {
    std::vector<Department> departments;
    auto& rows = TRY(connection.prepare(std::string(department_columns) + "ORDER BY d.name")).get();
    while (TRY(rows.step()))
        departments.push_back(department_of_row(rows));
    return departments;
}

Result<std::vector<Group>> load_groups(store::Connection& connection) {
    std::vector<Group> groups;
    auto& rows = TRY(connection.prepare(std::string(group_columns) + "ORDER BY g.name")).get();
    while (TRY(rows.step()))
        groups.push_back(group_of_row(rows));
    return groups;
}

Result<Department> load_department(store::Connection& connection, const DepartmentId& id) {
    auto& rows = TRY(connection.prepare(std::string(department_columns) + "WHERE d.id = ?1")).get();
    if (!TRY(rows.bind(id.str()).step()))
        return fail(ErrorCode::not_found, "Nämnden eller förvaltningen finns inte.", id.str());
    auto department = department_of_row(rows);
    TRY(rows.run());
    return department;
}

Result<Group> load_group(store::Connection& connection, const GroupId& id) {
    auto& rows = TRY(connection.prepare(std::string(group_columns) + "WHERE g.id = ?1")).get();
    if (!TRY(rows.bind(id.str()).step())) return fail(ErrorCode::not_found, "Gruppen finns inte.", id.str());
    auto group = group_of_row(rows);
    TRY(rows.run());
    return group;
}

Result<std::optional<std::string>> department_named(store::Connection& connection, std::string_view name,
                                                    std::string_view field) {
    if (name.empty()) return std::optional<std::string>();
    auto& rows = TRY(connection.prepare("SELECT id FROM departments WHERE name = ?1")).get();
    if (!TRY(rows.bind(name).step())) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("Det finns ingen nämnd eller förvaltning som heter {}.", name),
                    std::string(field), "Lägg upp den först, under Personer.");
    }
    std::optional id(rows.text(0));
    TRY(rows.run());
    return id;
}

Result<std::string> group_named(store::Connection& connection, std::string_view name,
                                std::string_view field) {
    auto& rows = TRY(connection.prepare("SELECT id FROM people_groups WHERE name = ?1")).get();
    if (!TRY(rows.bind(name).step())) {
        return fail(ErrorCode::invalid_input, fmt::format("Det finns ingen grupp som heter {}.", name),
                    std::string(field), "Lägg upp gruppen först, under Personer.");
    }
    auto id = rows.text(0);
    TRY(rows.run());
    return id;
}

Result<void> take_department_name(store::Connection& connection, const Department& department) {
    return take_organisation_name(connection, department.name, department.id.str(),
                                  "SELECT department FROM department_names WHERE name = ?1",
                                  "INSERT INTO department_names VALUES (?1, ?2)");
}

Result<void> save_group(store::Connection& connection, const Group& group) {
    const auto department = TRY(department_named(connection, group.department, "department"));
    // What is not put in because the name is another's is refused by the next step.
    TRY(
        connection.execute("INSERT OR IGNORE INTO people_groups SELECT ?1, ?2, ?3 WHERE NOT EXISTS "
                           "(SELECT 1 FROM group_names WHERE name = ?2)",
                           group.id.str(), group.name, department));
    TRY(take_group_name(connection, group));
    return connection.execute("UPDATE people_groups SET name = ?2, department = ?3 WHERE id = ?1",
                              group.id.str(), group.name, department);
}

}  // namespace kansli::access::detail
