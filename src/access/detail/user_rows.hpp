#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/people.hpp"
#include "store/database.hpp"

// People as rows.
namespace kansli::access::detail {

[[nodiscard]] Result<User> load_user(store::Connection& connection, const UserId& id);
// Nothing when nobody has the user name now.
[[nodiscard]] Result<std::optional<User>> find_user(store::Connection& connection,
                                                    std::string_view user_name);
[[nodiscard]] Result<std::vector<User>> load_users(store::Connection& connection);
// Both fail with conflict when the user name is or was another's, and with invalid_input when a group or the
// department does not exist.
[[nodiscard]] Result<void> insert_user(store::Connection& connection, const User& user);
[[nodiscard]] Result<void> save_user(store::Connection& connection, const User& user);
// Saves what has been changed and gives the user as they then are: with nothing left of the ways in when disabled. conflict
// also when no administrator would be left.
[[nodiscard]] Result<User> change_user(store::Connection& connection, const User& user);
// Only the time of the last sign-in.
[[nodiscard]] Result<void> note_sign_in(store::Connection& connection, const UserId& id, Timestamp moment);
// One who can sign in: a service account is none.
[[nodiscard]] Result<bool> has_administrator(store::Connection& connection);
// `wanted`, or with a number after it when somebody has or had that name.
[[nodiscard]] Result<std::string> free_user_name(store::Connection& connection, const std::string& wanted);

[[nodiscard]] bool has_role(const User& user, Role role);
[[nodiscard]] Caller caller_of(const User& user);

}  // namespace kansli::access::detail
