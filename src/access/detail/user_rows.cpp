#include "access/detail/user_rows.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "access/detail/organisation_rows.hpp"
#include "access/detail/session_rows.hpp"
#include "json/describe.hpp"

namespace kansli::access::detail {

namespace {

constexpr auto user_columns =
    "SELECT u.id, u.user_name, u.display_name, u.email, coalesce(d.name, ''), u.disabled, u.created, "
    "u.last_signed_in FROM users u LEFT JOIN departments d ON d.id = u.department_id ";

Result<User> user_of_row(const store::Statement& row) {
    User user;
    user.id = UserId(row.text(0));
    user.user_name = row.text(1);
    user.name = row.text(2);
    user.email = row.text(3);
    user.department = row.text(4);
    user.disabled = row.integer(5) != 0;
    user.created = TRY(parse_timestamp(row.view(6)));
    if (!row.is_null(7)) user.last_signed_in = TRY(parse_timestamp(row.view(7)));
    return user;
}

Result<std::vector<std::string>> load_names(store::Connection& connection, std::string_view sql,
                                            const UserId& id) {
    std::vector<std::string> names;
    auto& rows = TRY(connection.prepare(sql)).get();
    rows.bind(id.str());
    while (TRY(rows.step()))
        names.push_back(rows.text(0));
    return names;
}

Result<std::vector<Role>> load_roles(store::Connection& connection, const UserId& id) {
    std::vector<Role> roles;
    for (const auto& name : TRY(load_names(connection, "SELECT role FROM user_roles WHERE user = ?1", id))) {
        const auto role = json::enum_value<Role>(name);
        if (!role)
            return fail(ErrorCode::corrupt, fmt::format("Rollen \"{}\" är okänd.", name), "user_roles");
        roles.push_back(*role);
    }
    std::sort(roles.begin(), roles.end());
    return roles;
}

// The principals that access lists may still name though the thing has another name now.
constexpr std::string_view former_principals =
    "SELECT n.name FROM memberships m JOIN people_groups g ON g.id = m.people_group "
    "JOIN group_names n ON n.people_group = g.id WHERE m.user = ?1 AND n.name <> g.name "
    "UNION ALL SELECT 'department:' || n.name FROM users u JOIN departments d ON d.id = u.department_id "
    "JOIN department_names n ON n.department = d.id WHERE u.id = ?1 AND n.name <> d.name "
    "UNION ALL SELECT 'person:' || n.name FROM users u JOIN user_names n ON n.user = u.id "
    "WHERE u.id = ?1 AND n.name <> u.user_name ORDER BY 1";

Result<void> load_lists(store::Connection& connection, User& user) {
    user.roles = TRY(load_roles(connection, user.id));
    user.groups = TRY(load_names(connection,
                                 "SELECT g.name FROM memberships m JOIN people_groups g "
                                 "ON g.id = m.people_group WHERE m.user = ?1 ORDER BY g.name",
                                 user.id));
    user.review_kinds = TRY(
        load_names(connection, "SELECT kind FROM user_review_kinds WHERE user = ?1 ORDER BY kind", user.id));
    user.former_principals = TRY(load_names(connection, former_principals, user.id));
    return {};
}

Result<void> save_lists(store::Connection& connection, const User& user) {
    const auto& id = user.id.str();
    TRY(connection.execute("DELETE FROM user_roles WHERE user = ?1", id));
    TRY(connection.execute("DELETE FROM memberships WHERE user = ?1", id));
    TRY(connection.execute("DELETE FROM user_review_kinds WHERE user = ?1", id));
    for (const Role role : user.roles)
        TRY(connection.execute("INSERT INTO user_roles VALUES (?1, ?2)", id, json::enum_name(role)));
    for (const auto& group : user.groups)
        TRY(connection.execute("INSERT INTO memberships VALUES (?1, ?2)", id,
                               TRY(group_named(connection, group, "groups"))));
    for (const auto& kind : user.review_kinds)
        TRY(connection.execute("INSERT INTO user_review_kinds VALUES (?1, ?2)", id, kind));
    return {};
}

// Whose a user name is or was.
Result<std::optional<std::string>> owner_of_name(store::Connection& connection, const std::string& name) {
    auto& rows = TRY(connection.prepare("SELECT user FROM user_names WHERE name = ?1")).get();
    std::optional<std::string> owner;
    if (TRY(rows.bind(name).step())) {
        owner = rows.text(0);
        TRY(rows.run());
    }
    return owner;
}

Result<void> take_user_name(store::Connection& connection, const User& user) {
    if (user.user_name == keeper().name) {
        return fail(ErrorCode::conflict, "Namnet är programmets eget.", "user_name", "Välj ett annat namn.");
    }
    const auto owner = TRY(owner_of_name(connection, user.user_name));
    if (!owner)
        return connection.execute("INSERT INTO user_names VALUES (?1, ?2)", user.user_name, user.id.str());
    if (*owner == user.id.str()) return {};
    return fail(ErrorCode::conflict,
                fmt::format("Användarnamnet {} är upptaget, eller har varit någon annans.", user.user_name),
                "user_name", "Välj ett annat.");
}

std::optional<std::string> text_of(const std::optional<Timestamp>& moment) {
    if (!moment) return std::nullopt;
    return to_string(*moment);
}

}  // namespace

Result<User> load_user(store::Connection& connection, const UserId& id) {
    auto& rows = TRY(connection.prepare(std::string(user_columns) + "WHERE u.id = ?1")).get();
    if (!TRY(rows.bind(id.str()).step())) return fail(ErrorCode::not_found, "Personen finns inte.", id.str());
    auto user = TRY(user_of_row(rows));
    TRY(rows.run());
    TRY(load_lists(connection, user));
    return user;
}

Result<std::optional<User>> find_user(store::Connection& connection, std::string_view user_name) {
    auto& rows = TRY(connection.prepare(std::string(user_columns) + "WHERE u.user_name = ?1")).get();
    if (!TRY(rows.bind(user_name).step())) return std::optional<User>();
    auto user = TRY(user_of_row(rows));
    TRY(rows.run());
    TRY(load_lists(connection, user));
    return std::optional(std::move(user));
}

Result<std::vector<User>> load_users(store::Connection& connection) {
    std::vector<User> users;
    auto& rows =
        TRY(connection.prepare(std::string(user_columns) + "ORDER BY u.display_name, u.user_name")).get();
    while (TRY(rows.step()))
        users.push_back(TRY(user_of_row(rows)));
    for (auto& user : users)
        TRY(load_lists(connection, user));
    return users;
}

Result<void> insert_user(store::Connection& connection, const User& user) {
    TRY(
        connection.execute("INSERT INTO users (id, user_name, disabled, created) SELECT ?1, ?2, ?3, ?4 "
                           "WHERE NOT EXISTS (SELECT 1 FROM user_names WHERE name = ?2)",
                           user.id.str(), user.user_name, user.disabled, to_string(user.created)));
    return save_user(connection, user);
}

Result<void> save_user(store::Connection& connection, const User& user) {
    TRY(take_user_name(connection, user));
    const auto department = TRY(department_named(connection, user.department, "department"));
    TRY(
        connection.execute("UPDATE users SET user_name = ?2, display_name = ?3, email = ?4, "
                           "department_id = ?5, disabled = ?6, last_signed_in = ?7 WHERE id = ?1",
                           user.id.str(), user.user_name, user.name, user.email, department, user.disabled,
                           text_of(user.last_signed_in)));
    return save_lists(connection, user);
}

Result<User> change_user(store::Connection& connection, const User& user) {
    const bool had_administrator = TRY(has_administrator(connection));
    TRY(save_user(connection, user));
    if (had_administrator && !TRY(has_administrator(connection))) {
        return fail(ErrorCode::conflict, "Det måste finnas minst en administratör.", {},
                    "Gör någon annan till administratör först.");
    }
    if (user.disabled) TRY(end_everything_of(connection, user.id));
    return load_user(connection, user.id);
}

Result<void> note_sign_in(store::Connection& connection, const UserId& id, Timestamp moment) {
    return connection.execute("UPDATE users SET last_signed_in = ?2 WHERE id = ?1", id.str(),
                              to_string(moment));
}

Result<bool> has_administrator(store::Connection& connection) {
    auto& rows = TRY(connection.prepare("SELECT 1 FROM user_roles r JOIN users u ON u.id = r.user "
                                        "WHERE r.role = 'administrator' AND u.disabled = 0 AND NOT EXISTS "
                                        "(SELECT 1 FROM user_roles s WHERE s.user = u.id AND s.role = "
                                        "'service') LIMIT 1"))
                     .get();
    return rows.step();
}

Result<std::string> free_user_name(store::Connection& connection, const std::string& wanted) {
    auto name = wanted;
    for (int number = 2; name == keeper().name || TRY(owner_of_name(connection, name)); ++number)
        name = fmt::format("{}.{}", wanted, number);
    return name;
}

bool has_role(const User& user, Role role) {
    return std::find(user.roles.begin(), user.roles.end(), role) != user.roles.end();
}

Caller caller_of(const User& user) {
    return {.id = user.id,
            .name = user.name,
            .roles = user.roles,
            .groups = user.groups,
            .department = user.department,
            .review_kinds = user.review_kinds,
            .scope = {},
            .user_name = user.user_name,
            .former_principals = user.former_principals};
}

}  // namespace kansli::access::detail
