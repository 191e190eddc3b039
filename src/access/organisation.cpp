#include "access/organisation.hpp"

#include <fmt/format.h>

#include "access/detail/names.hpp"
#include "access/detail/organisation_rows.hpp"
#include "core/hash.hpp"

namespace kansli::access {

namespace {

Result<void> check_department_is_empty(store::Connection& connection, const Department& department) {
    auto& rows = TRY(connection.prepare("SELECT 1 FROM users WHERE department_id = ?1 UNION ALL "
                                        "SELECT 1 FROM people_groups WHERE department = ?1 LIMIT 1"))
                     .get();
    const bool used = TRY(rows.bind(department.id.str()).step());
    TRY(rows.run());
    if (!used) return {};
    return fail(ErrorCode::conflict, fmt::format("Personer eller grupper hör till {}.", department.name), {},
                "Flytta dem först.");
}

}  // namespace

Organisation::Organisation(store::Database& database) : database_(database) {
}

Result<std::vector<Department>> Organisation::departments() {
    std::vector<Department> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(detail::load_departments(connection));
        return {};
    }));
    return found;
}

Result<std::vector<Group>> Organisation::groups() {
    std::vector<Group> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(detail::load_groups(connection));
        return {};
    }));
    return found;
}

Result<Department> Organisation::create_department(std::string_view name,
                                                   const Alongside<Department>& alongside) {
    Department department{.id = DepartmentId(random_token()),
                          .name = TRY(detail::clean_principal(name, "name"))};
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        TRY(
            connection.execute("INSERT INTO departments SELECT ?1, ?2 WHERE NOT EXISTS "
                               "(SELECT 1 FROM department_names WHERE name = ?2)",
                               department.id.str(), department.name));
        TRY(detail::take_department_name(connection, department));
        return run_alongside(alongside, connection, department);
    }));
    return department;
}

Result<Department> Organisation::rename_department(const DepartmentId& id, std::string_view name,
                                                   const Alongside<Department>& alongside) {
    Department department;
    const auto cleaned = TRY(detail::clean_principal(name, "name"));
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        department = TRY(detail::load_department(connection, id));
        department.name = cleaned;
        TRY(detail::take_department_name(connection, department));
        TRY(connection.execute("UPDATE departments SET name = ?2 WHERE id = ?1", id.str(), cleaned));
        return run_alongside(alongside, connection, department);
    }));
    return department;
}

Result<void> Organisation::remove_department(const DepartmentId& id, const Alongside<Department>& alongside) {
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const auto department = TRY(detail::load_department(connection, id));
        TRY(check_department_is_empty(connection, department));
        TRY(connection.execute("DELETE FROM departments WHERE id = ?1", id.str()));
        return run_alongside(alongside, connection, department);
    });
}

Result<Group> Organisation::create_group(const NewGroup& wanted, const Alongside<Group>& alongside) {
    Group group{.id = GroupId(random_token()),
                .name = TRY(detail::clean_principal(wanted.name, "name")),
                .department = TRY(detail::clean_department(wanted.department))};
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        TRY(detail::save_group(connection, group));
        return run_alongside(alongside, connection, group);
    }));
    return group;
}

Result<Group> Organisation::change_group(const GroupId& id, const GroupChange& change,
                                         const Alongside<Group>& alongside) {
    Group group;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        group = TRY(detail::load_group(connection, id));
        if (change.name) group.name = TRY(detail::clean_principal(*change.name, "name"));
        if (change.department) group.department = TRY(detail::clean_department(*change.department));
        TRY(detail::save_group(connection, group));
        return run_alongside(alongside, connection, group);
    }));
    return group;
}

Result<void> Organisation::remove_group(const GroupId& id, const Alongside<Group>& alongside) {
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const auto group = TRY(detail::load_group(connection, id));
        TRY(connection.execute("DELETE FROM people_groups WHERE id = ?1", id.str()));
        return run_alongside(alongside, connection, group);
    });
}

}  // namespace kansli::access
