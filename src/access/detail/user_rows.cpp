#include "access/detail/user_rows.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "json/describe.hpp"

namespace kansli::access::detail {

namespace {

constexpr auto columns = "SELECT id, name, role, disabled, created, last_signed_in FROM users ";

Result<User> user_of_row(const store::Statement& row) {
    User user;
    user.id = UserId(row.text(0));
    user.name = row.text(1);
    const auto role = json::enum_value<Role>(row.view(2));
    if (!role) return fail(ErrorCode::corrupt, fmt::format("Rollen \"{}\" är okänd.", row.view(2)), "users");
    user.role = *role;
    user.disabled = row.integer(3) != 0;
    user.created = TRY(parse_timestamp(row.view(4)));
    if (!row.is_null(5)) user.last_signed_in = TRY(parse_timestamp(row.view(5)));
    return user;
}

Result<void> load_groups(store::Connection& connection, User& user) {
    auto& rows = TRY(connection.prepare("SELECT name FROM user_groups WHERE user = ?1 ORDER BY name")).get();
    rows.bind(user.id.str());
    while (TRY(rows.step()))
        user.groups.push_back(rows.text(0));
    return {};
}

Result<void> save_groups(store::Connection& connection, const User& user) {
    TRY(connection.execute("DELETE FROM user_groups WHERE user = ?1", user.id.str()));
    for (const auto& group : user.groups) {
        TRY(connection.execute("INSERT INTO user_groups VALUES (?1, ?2)", user.id.str(), group));
    }
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
    TRY(load_groups(connection, user));
    return user;
}

Result<std::vector<User>> load_users(store::Connection& connection) {
    std::vector<User> users;
    auto& rows = TRY(connection.prepare(std::string(columns) + "ORDER BY name, id")).get();
    while (TRY(rows.step()))
        users.push_back(TRY(user_of_row(rows)));
    for (auto& user : users)
        TRY(load_groups(connection, user));
    return users;
}

Result<void> insert_user(store::Connection& connection, const User& user) {
    TRY(check_name_is_free(connection, user));
    TRY(connection.execute(
        "INSERT INTO users (id, name, role, disabled, created) VALUES (?1, ?2, ?3, ?4, ?5)", user.id.str(),
        user.name, json::enum_name(user.role), user.disabled, to_string(user.created)));
    return save_groups(connection, user);
}

Result<void> save_user(store::Connection& connection, const User& user) {
    TRY(check_name_is_free(connection, user));
    TRY(connection.execute(
        "UPDATE users SET name = ?2, role = ?3, disabled = ?4, last_signed_in = ?5 WHERE id = ?1",
        user.id.str(), user.name, json::enum_name(user.role), user.disabled, text_of(user.last_signed_in)));
    return save_groups(connection, user);
}

Result<bool> has_administrator(store::Connection& connection) {
    auto& rows =
        TRY(connection.prepare("SELECT 1 FROM users WHERE role = 'administrator' AND disabled = 0 LIMIT 1"))
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

Result<std::vector<std::string>> clean_groups(const std::vector<std::string>& groups) {
    if (groups.size() > 1000) return fail(ErrorCode::invalid_input, "Grupperna är för många.", "groups");
    std::vector<std::string> cleaned;
    for (const auto& group : groups)
        cleaned.push_back(TRY(clean_name(group, "groups")));
    std::sort(cleaned.begin(), cleaned.end());
    cleaned.erase(std::unique(cleaned.begin(), cleaned.end()), cleaned.end());
    return cleaned;
}

Caller caller_of(const User& user) {
    return {.id = user.id, .name = user.name, .role = user.role, .groups = user.groups};
}

}  // namespace kansli::access::detail
