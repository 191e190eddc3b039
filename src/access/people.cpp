#include "access/people.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "access/detail/names.hpp"
#include "access/detail/schema.hpp"
#include "access/detail/user_rows.hpp"
#include "core/ascii.hpp"
#include "core/hash.hpp"

namespace kansli::access {

namespace {

Result<void> apply(User& user, const UserChange& change) {
    if (change.user_name) user.user_name = TRY(detail::clean_user_name(*change.user_name));
    if (change.name) user.name = TRY(detail::clean_name(*change.name, "name"));
    if (change.email) user.email = TRY(detail::clean_email(*change.email));
    if (change.roles) user.roles = TRY(detail::clean_roles(*change.roles));
    if (change.review_kinds)
        user.review_kinds = TRY(detail::clean_names(*change.review_kinds, "review_kinds"));
    if (change.department) user.department = TRY(detail::clean_department(*change.department));
    if (change.groups) user.groups = TRY(detail::clean_names(*change.groups, "groups"));
    if (change.disabled) user.disabled = *change.disabled;
    return {};
}

UserChange all_of(const NewUser& wanted) {
    UserChange change{.name = wanted.name,
                      .roles = wanted.roles,
                      .groups = wanted.groups,
                      .department = wanted.department,
                      .review_kinds = wanted.review_kinds,
                      .disabled = {},
                      .user_name = {},
                      .email = wanted.email};
    if (!wanted.user_name.empty()) change.user_name = wanted.user_name;
    return change;
}

}  // namespace

People::People(store::Database& database, Clock clock) : database_(database), clock_(std::move(clock)) {
}

std::span<const store::TableNote> People::table_notes() {
    return detail::table_notes();
}

std::span<const store::Migration> People::migrations() {
    return detail::schema();
}

Result<User> People::create_user(const NewUser& wanted, const Alongside& alongside) {
    User user{.id = UserId(random_token()), .created = clock_()};
    TRY(apply(user, all_of(wanted)));
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        if (user.user_name.empty())
            user.user_name = TRY(detail::free_user_name(connection, detail::user_name_from(user.name)));
        TRY(detail::insert_user(connection, user));
        return run_alongside(alongside, connection, user);
    }));
    return user;
}

Result<User> People::update_user(const UserId& id, const UserChange& change, const Alongside& alongside) {
    User user;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        user = TRY(detail::load_user(connection, id));
        TRY(apply(user, change));
        user = TRY(detail::change_user(connection, user));
        return run_alongside(alongside, connection, user);
    }));
    return user;
}

Result<std::vector<User>> People::users() {
    std::vector<User> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(detail::load_users(connection));
        return {};
    }));
    return found;
}

Result<User> People::user(const UserId& id) {
    User found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(detail::load_user(connection, id));
        return {};
    }));
    return found;
}

Result<User> People::user_called(std::string_view name) {
    std::vector<User> namesakes;
    for (auto& user : TRY(users())) {
        if (user.user_name == to_lower_ascii(name)) return std::move(user);
        if (user.name == name) namesakes.push_back(std::move(user));
    }
    if (namesakes.size() == 1) return std::move(namesakes.front());
    if (namesakes.empty())
        return fail(ErrorCode::not_found, "Ingen har det namnet.", std::string(name),
                    "kansli user list visar alla.");
    return fail(ErrorCode::conflict, fmt::format("{} personer har det namnet.", namesakes.size()),
                std::string(name), "Ange användarnamnet i stället.");
}

Result<Caller> People::caller_of_user(const UserId& id) {
    if (id == keeper().id) return keeper();
    const auto found = TRY(user(id));
    if (found.disabled) return fail(ErrorCode::forbidden, "Kontot är avstängt.", found.user_name);
    return detail::caller_of(found);
}

Result<std::optional<Caller>> People::caller_of_user_name(std::string_view user_name) {
    std::optional<User> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(detail::find_user(connection, to_lower_ascii(user_name)));
        return {};
    }));
    if (!found || found->disabled || detail::has_role(*found, Role::service)) return std::optional<Caller>();
    return std::optional(detail::caller_of(*found));
}

}  // namespace kansli::access
