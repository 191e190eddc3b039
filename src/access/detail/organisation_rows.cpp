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

}  // namespace kansli::access::detail
