#include "access/caller.hpp"

#include <algorithm>

namespace kansli::access {

Caller keeper() {
    return {.id = UserId("kansli"), .name = "kansli", .role = Role::administrator, .groups = {}};
}

bool may_read(const Caller& caller, const AccessList& list) {
    if (list.empty() || caller.role == Role::administrator) return true;
    return std::any_of(caller.groups.begin(), caller.groups.end(), [&](const std::string& group) {
        return std::find(list.begin(), list.end(), group) != list.end();
    });
}

}  // namespace kansli::access
