#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/organisation.hpp"
#include "store/database.hpp"

// Departments and groups as rows.
namespace kansli::access::detail {

[[nodiscard]] Result<std::vector<Department>> load_departments(store::Connection& connection);
[[nodiscard]] Result<std::vector<Group>> load_groups(store::Connection& connection);
[[nodiscard]] Result<Department> load_department(store::Connection& connection, const DepartmentId& id);
[[nodiscard]] Result<Group> load_group(store::Connection& connection, const GroupId& id);

// The name that the department has is its own from now on; conflict when it is or was another's.
[[nodiscard]] Result<void> take_department_name(store::Connection& connection, const Department& department);
// The new group, or the changed one; conflict when its name is or was another's.
[[nodiscard]] Result<void> save_group(store::Connection& connection, const Group& group);

// The id of the department or group of that name; invalid_input, naming `field`, when there is none. An empty
// department is no department.
[[nodiscard]] Result<std::optional<std::string>> department_named(store::Connection& connection,
                                                                  std::string_view name,
                                                                  std::string_view field);
[[nodiscard]] Result<std::string> group_named(store::Connection& connection, std::string_view name,
                                              std::string_view field);

}  // namespace kansli::access::detail
