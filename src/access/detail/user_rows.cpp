#include "access/detail/user_rows.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "json/describe.hpp"

namespace kansli::access::detail {

namespace {

constexpr auto columns = "SELECT id, name, department, disabled, created, last_signed_in FROM users ";

Result<User> user_of_row(const store::Statement& row) {
    User user;
    user.id = UserId(row.text(0));
    user.name = row.text(1);
    user.department = row.text(2);
    user.disabled = row.integer(3) != 0;
    user.created = TRY(parse_timestamp(row.view(4)));
    if (!row.is_null(5)) user.last_signed_in = TRY(parse_timestamp(row.view(5)));
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

Result<void> load_lists(store::Connection& connection, User& user) {
    user.roles = TRY(load_roles(connection, user.id));
    user.groups =
        TRY(load_names(connection, "SELECT name FROM user_groups WHERE user = ?1 ORDER BY name", user.id));
    user.review_kinds = TRY(
        load_names(connection, "SELECT kind FROM user_review_kinds WHERE user = ?1 ORDER BY kind", user.id));
    return {};
}

Result<void> save_lists(store::Connection& connection, const User& user) {
    const auto& id = user.id.str();
    TRY(connection.execute("DELETE FROM user_roles WHERE user = ?1", id));
    TRY(connection.execute("DELETE FROM user_groups WHERE user = ?1", id));
    TRY(connection.execute("DELETE FROM user_review_kinds WHERE user = ?1", id));
    for (const Role role : user.roles)
        TRY(connection.execute("INSERT INTO user_roles VALUES (?1, ?2)", id, json::enum_name(role)));
    for (const auto& group : user.groups)
        TRY(connection.execute("INSERT INTO user_groups VALUES (?1, ?2)", id, group));
    for (const auto& kind : user.review_kinds)
        TRY(connection.execute("INSERT INTO user_review_kinds VALUES (?1, ?2)", id, kind));
    return {};
}

Result<void> check_name_is_free(store::Connection& connection, const User& user) {
    if (user.name == keeper().name) {
        return fail(ErrorCode::conflict, "Namnet är programmets eget.", "name", "Välj ett annat namn.");
    }
    auto& rows = TRY(connection.prepare("SELECT 1 FROM users WHERE name = ?1 AND id <> ?2")).get();
    if (!TRY(rows.bind(user.name, user.id.str()).step())) return {};
    return fail(ErrorCode::conflict, fmt::format("Det finns redan en användare som heter {}.", user.name),
                "name", "Välj ett annat namn.");
}

std::optional<std::string> text_of(const std::optional<Timestamp>& moment) {
    if (!moment) return std::nullopt;
    return to_string(*moment);
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

}  // namespace

Result<User> load_user(store::Connection& connection, const UserId& id) {
    auto& rows = TRY(connection.prepare(std::string(columns) + "WHERE id = ?1")).get();
    if (!TRY(rows.bind(id.str()).step()))
        return fail(ErrorCode::not_found, "Användaren finns inte.", id.str());
    auto user = TRY(user_of_row(rows));
    TRY(load_lists(connection, user));
    return user;
}

Result<std::vector<User>> load_users(store::Connection& connection) {
    std::vector<User> users;
    auto& rows = TRY(connection.prepare(std::string(columns) + "ORDER BY name, id")).get();
    while (TRY(rows.step()))
        users.push_back(TRY(user_of_row(rows)));
    for (auto& user : users)
        TRY(load_lists(connection, user));
    return users;
}

Result<void> insert_user(store::Connection& connection, const User& user) {
    TRY(check_name_is_free(connection, user));
    TRY(connection.execute(
        "INSERT INTO users (id, name, department, disabled, created) VALUES (?1, ?2, ?3, ?4, ?5)",
        user.id.str(), user.name, user.department, user.disabled, to_string(user.created)));
    return save_lists(connection, user);
}

Result<void> save_user(store::Connection& connection, const User& user) {
    TRY(check_name_is_free(connection, user));
    TRY(connection.execute(
        "UPDATE users SET name = ?2, department = ?3, disabled = ?4, last_signed_in = ?5 WHERE id = ?1",
        user.id.str(), user.name, user.department, user.disabled, text_of(user.last_signed_in)));
    return save_lists(connection, user);
}

Result<bool> has_administrator(store::Connection& connection) {
    auto& rows = TRY(connection.prepare("SELECT 1 FROM user_roles r JOIN users u ON u.id = r.user "
                                        "WHERE r.role = 'administrator' AND u.disabled = 0 LIMIT 1"))
                     .get();
    return rows.step();
}

Result<std::string> clean_name(std::string_view name, std::string_view field) {
    const auto begin = name.find_first_not_of(' ');
    const auto end = name.find_last_not_of(' ');
    const auto trimmed =
        begin == std::string_view::npos ? std::string_view() : name.substr(begin, end - begin + 1);
    if (trimmed.empty()) return fail(ErrorCode::invalid_input, "Namnet är tomt.", std::string(field));
    if (trimmed.size() > 200)
        return fail(ErrorCode::invalid_input, "Namnet är för långt.", std::string(field));
    if (std::any_of(trimmed.begin(), trimmed.end(), is_control)) {
        return fail(ErrorCode::invalid_input, "Namnet innehåller tecken som inte går att visa.",
                    std::string(field));
    }
    return std::string(trimmed);
}

Result<std::vector<std::string>> clean_names(const std::vector<std::string>& names, std::string_view field) {
    if (names.size() > 1000)
        return fail(ErrorCode::invalid_input, "Namnen är för många.", std::string(field));
    std::vector<std::string> cleaned;
    for (const auto& name : names)
        cleaned.push_back(TRY(clean_name(name, field)));
    std::sort(cleaned.begin(), cleaned.end());
    cleaned.erase(std::unique(cleaned.begin(), cleaned.end()), cleaned.end());
    return cleaned;
}

Result<std::vector<Role>> clean_roles(std::vector<Role> roles) {
    if (roles.empty()) return fail(ErrorCode::invalid_input, "Minst en roll behövs.", "roles");
    std::sort(roles.begin(), roles.end());
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    return roles;
}

Result<std::string> clean_department(std::string_view department) {
    if (department.find_first_not_of(' ') == std::string_view::npos) return std::string();
    return clean_name(department, "department");
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
            .review_kinds = user.review_kinds};
}

}  // namespace kansli::access::detail
