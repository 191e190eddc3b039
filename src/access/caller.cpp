#include "access/caller.hpp"

#include <algorithm>

namespace kansli::access {

namespace {

constexpr std::string_view keeper_name = "kansli";
constexpr std::string_view every_kind = "*";

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Rights rights_of(std::span<const Role> roles) {
    Rights rights;
    for (const Role role : roles)
        rights |= rights_of(role);
    return rights;
}

Caller keeper() {
    return {.id = UserId(std::string(keeper_name)),
            .name = std::string(keeper_name),
            .roles = {Role::editor, Role::reviewer, Role::administrator, Role::auditor,
                      Role::data_protection_officer},
            .review_kinds = {std::string(every_kind)},
            .user_name = std::string(keeper_name)};
}

bool is_keeper(const Caller& caller) {
    return caller.id.str() == keeper_name;
}

const std::string& account_name(const Caller& caller) {
    return caller.user_name.empty() ? caller.name : caller.user_name;
}

bool has_role(const Caller& caller, Role role) {
    return std::find(caller.roles.begin(), caller.roles.end(), role) != caller.roles.end();
}

bool may(const Caller& caller, Right right) {
    return rights_of(caller.roles).has(right) && (!caller.scope || caller.scope->has(right));
}

bool may_review(const Caller& caller, std::string_view kind) {
    return may(caller, Right::review) &&
           (contains(caller.review_kinds, every_kind) || contains(caller.review_kinds, kind));
}

std::vector<std::string> principals_of(const Caller& caller) {
    auto principals = caller.groups;
    if (!caller.department.empty()) principals.push_back("department:" + caller.department);
    principals.push_back("person:" + account_name(caller));
    principals.insert(principals.end(), caller.former_principals.begin(), caller.former_principals.end());
    return principals;
}

bool may_read(const Caller& caller, const AccessList& list) {
    if (list.empty() || has_role(caller, Role::administrator)) return true;
    const auto principals = principals_of(caller);
    return std::any_of(principals.begin(), principals.end(),
                       [&](const std::string& principal) { return contains(list, principal); });
}

}  // namespace kansli::access
