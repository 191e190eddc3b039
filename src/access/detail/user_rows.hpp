#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/people.hpp"
#include "store/database.hpp"

// Users as rows, and the rules for their fields.
namespace kansli::access::detail {

[[nodiscard]] Result<User> load_user(store::Connection& connection, const UserId& id);
[[nodiscard]] Result<std::vector<User>> load_users(store::Connection& connection);
// Both fail with conflict when the name is taken.
[[nodiscard]] Result<void> insert_user(store::Connection& connection, const User& user);
[[nodiscard]] Result<void> save_user(store::Connection& connection, const User& user);
[[nodiscard]] Result<bool> has_administrator(store::Connection& connection);

// Without spaces around it; invalid_input when it is empty, over 200 bytes or holds control characters.
[[nodiscard]] Result<std::string> clean_name(std::string_view name, std::string_view field);
// Cleaned, sorted, each once.
[[nodiscard]] Result<std::vector<std::string>> clean_names(const std::vector<std::string>& names,
                                                           std::string_view field);
// Sorted, each once; invalid_input when there is none.
[[nodiscard]] Result<std::vector<Role>> clean_roles(std::vector<Role> roles);
// Cleaned; may be empty.
[[nodiscard]] Result<std::string> clean_department(std::string_view department);

[[nodiscard]] bool has_role(const User& user, Role role);
[[nodiscard]] Caller caller_of(const User& user);

}  // namespace kansli::access::detail
