#include "access/people.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "access/detail/user_rows.hpp"
#include "core/hash.hpp"

namespace kansli::access {

namespace {

constexpr std::array<store::Migration, 2> steps = {{{"access", 1, R"sql(
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'administrator')),
    disabled INTEGER NOT NULL,
    created TEXT NOT NULL,
    last_signed_in TEXT
) WITHOUT ROWID;
CREATE TABLE user_groups (
    user TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    PRIMARY KEY (user, name)
) WITHOUT ROWID;
CREATE TABLE sign_in_links (
    hash TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users (id),
    expires TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users (id),
    created TEXT NOT NULL,
    last_used TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_of_user ON sessions (user);
)sql"},
                                                    {"access", 2, R"sql(
CREATE TABLE user_roles (
    user TEXT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    PRIMARY KEY (user, role)
) WITHOUT ROWID;
CREATE INDEX user_roles_by_role ON user_roles (role);
INSERT INTO user_roles SELECT id, role FROM users;
INSERT INTO user_roles SELECT id, 'auditor' FROM users WHERE role = 'administrator';
CREATE TABLE user_review_kinds (
    user TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    PRIMARY KEY (user, kind)
) WITHOUT ROWID;
ALTER TABLE users DROP COLUMN role;
ALTER TABLE users ADD COLUMN department TEXT NOT NULL DEFAULT '';
)sql"}}};

Result<void> run(const People::Alongside& alongside, store::Connection& connection, const User& user) {
    return alongside ? alongside(connection, user) : Result<void>();
}

Result<SignInLink> make_link(store::Connection& connection, const UserId& id, Timestamp moment) {
    SignInLink link{.user = id, .token = random_token(32), .expires = moment + link_lifetime};
    TRY(connection.execute("DELETE FROM sign_in_links WHERE user = ?1 OR expires <= ?2", id.str(),
                           to_string(moment)));
    TRY(connection.execute("INSERT INTO sign_in_links VALUES (?1, ?2, ?3)", sha256(link.token), id.str(),
                           to_string(link.expires)));
    return link;
}

Result<void> end_everything_of(store::Connection& connection, const UserId& id) {
    TRY(connection.execute("DELETE FROM sessions WHERE user = ?1", id.str()));
    return connection.execute("DELETE FROM sign_in_links WHERE user = ?1", id.str());
}

Result<void> apply(User& user, const UserChange& change) {
    if (change.name) user.name = TRY(detail::clean_name(*change.name, "name"));
    if (change.roles) user.roles = TRY(detail::clean_roles(*change.roles));
    if (change.review_kinds)
        user.review_kinds = TRY(detail::clean_names(*change.review_kinds, "review_kinds"));
    if (change.department) user.department = TRY(detail::clean_department(*change.department));
    if (change.groups) user.groups = TRY(detail::clean_names(*change.groups, "groups"));
    if (change.disabled) user.disabled = *change.disabled;
    return {};
}

// An enabled administrator to open the house with: the first one, made when there is none. Nothing when one
// has been in.
Result<std::optional<User>> first_administrator(store::Connection& connection, Timestamp moment) {
    std::optional<User> found;
    for (auto& user : TRY(detail::load_users(connection))) {
        if (!detail::has_role(user, Role::administrator) || user.disabled) continue;
        if (user.last_signed_in) return std::optional<User>();
        if (!found || user.created < found->created) found = std::move(user);
    }
    if (found) return found;
    const User made{.id = UserId(random_token()),
                    .name = "Administratör",
                    .roles = {Role::editor, Role::reviewer, Role::administrator, Role::auditor},
                    .review_kinds = {"*"},
                    .created = moment};
    TRY(detail::insert_user(connection, made));
    return std::optional<User>(made);
}

}  // namespace

People::People(store::Database& database, Clock clock) : database_(database), clock_(std::move(clock)) {
}

std::span<const store::Migration> People::migrations() {
    return steps;
}

Result<User> People::create_user(const NewUser& wanted, const Alongside& alongside) {
    User user{.id = UserId(random_token()), .created = clock_()};
    TRY(apply(user, {.name = wanted.name,
                     .roles = wanted.roles,
                     .groups = wanted.groups,
                     .department = wanted.department,
                     .review_kinds = wanted.review_kinds,
                     .disabled = {}}));
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        TRY(detail::insert_user(connection, user));
        return run(alongside, connection, user);
    }));
    return user;
}

Result<User> People::update_user(const UserId& id, const UserChange& change, const Alongside& alongside) {
    User user;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        user = TRY(detail::load_user(connection, id));
        const bool had_administrator = TRY(detail::has_administrator(connection));
        TRY(apply(user, change));
        TRY(detail::save_user(connection, user));
        if (had_administrator && !TRY(detail::has_administrator(connection))) {
            return fail(ErrorCode::conflict, "Det måste finnas minst en administratör.", {},
                        "Gör någon annan till administratör först.");
        }
        if (user.disabled) TRY(end_everything_of(connection, id));
        return run(alongside, connection, user);
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

Result<Caller> People::caller_of_user(const UserId& id) {
    if (id == keeper().id) return keeper();
    const auto found = TRY(user(id));
    if (found.disabled) return fail(ErrorCode::forbidden, "Användaren är avstängd.", found.name);
    return detail::caller_of(found);
}

Result<SignInLink> People::issue_link(const UserId& id, const Alongside& alongside) {
    SignInLink link;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto user = TRY(detail::load_user(connection, id));
        if (user.disabled) return fail(ErrorCode::conflict, "Användaren är avstängd.", user.name);
        link = TRY(make_link(connection, id, clock_()));
        return run(alongside, connection, user);
    }));
    return link;
}

Result<std::optional<SignInLink>> People::first_administrator_link(const Alongside& alongside) {
    std::optional<SignInLink> link;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto user = TRY(first_administrator(connection, clock_()));
        if (!user) return {};
        link = TRY(make_link(connection, user->id, clock_()));
        return run(alongside, connection, *user);
    }));
    return link;
}

}  // namespace kansli::access
