#include "access/detail/grant_rows.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "access/detail/organisation_rows.hpp"
#include "access/detail/user_rows.hpp"
#include "core/log.hpp"

namespace kansli::access::detail {

namespace {

// Groups and departments stand by their id, so that a new name changes nothing.
using Given = std::set<Grant>;

// The stored form of a grant; nothing when the group or department does not exist, which is no reason to keep anybody out.
Result<std::optional<Grant>> stored_form(store::Connection& connection, const Grant& grant) {
    if (grant.kind == GrantKind::role || grant.kind == GrantKind::review) return std::optional(grant);
    std::optional<std::string> id;
    if (grant.kind == GrantKind::group) {
        const auto found = group_named(connection, grant.name, {});
        if (found) id = *found;
    } else if (const auto found = department_named(connection, grant.name, {})) {
        id = *found;
    }
    if (id) return std::optional(Grant{grant.kind, *id});
    log::warning("Inställningarna ger något som inte finns: {}:{}", json::enum_name(grant.kind), grant.name);
    return std::optional<Grant>();
}

Result<Given> wanted_grants(store::Connection& connection, const GrantRules& rules,
                            const std::vector<std::string>& groups) {
    Given wanted;
    for (const auto& [group, grants] : rules) {
        if (std::ranges::find(groups, group) == groups.end()) continue;
        for (const auto& grant : grants) {
            if (auto stored = TRY(stored_form(connection, grant))) wanted.insert(*std::move(stored));
        }
    }
    return wanted;
}

// What the source has given, or with `others` what all the other ones have.
Result<Given> given_rows(store::Connection& connection, const UserId& user, GrantSource source, bool others) {
    Given given;
    auto& rows = TRY(connection.prepare("SELECT given, value FROM given_by_groups WHERE user = ?1 "
                                        "AND (source = ?2) <> ?3"))
                     .get();
    rows.bind(user.str(), json::enum_name(source), others);
    while (TRY(rows.step())) {
        if (const auto kind = json::enum_value<GrantKind>(rows.view(0))) given.insert({*kind, rows.text(1)});
    }
    return given;
}

Result<Given> held_by(store::Connection& connection, const User& user) {
    Given held;
    for (const auto role : user.roles)
        held.insert({GrantKind::role, std::string(json::enum_name(role))});
    for (const auto& kind : user.review_kinds)
        held.insert({GrantKind::review, kind});
    for (const auto& group : user.groups)
        held.insert({GrantKind::group, TRY(group_named(connection, group, "groups"))});
    if (const auto department = TRY(department_named(connection, user.department, "department")))
        held.insert({GrantKind::department, *department});
    return held;
}

// The lists of a user made from what is held. A person has one department: the first of them.
Result<void> hold(store::Connection& connection, User& user, const Given& held) {
    user.roles.clear();
    user.review_kinds.clear();
    user.groups.clear();
    user.department.clear();
    for (const auto& [kind, value] : held) {
        if (kind == GrantKind::role) {
            if (const auto role = json::enum_value<Role>(value)) user.roles.push_back(*role);
        } else if (kind == GrantKind::review) {
            user.review_kinds.push_back(value);
        } else if (kind == GrantKind::group) {
            user.groups.push_back(TRY(load_group(connection, GroupId(value))).name);
        } else if (user.department.empty()) {
            user.department = TRY(load_department(connection, DepartmentId(value))).name;
        }
    }
    std::ranges::sort(user.roles);
    std::ranges::sort(user.groups);
    return {};
}

bool has_department(const Given& given) {
    return std::ranges::any_of(given, [](const Grant& grant) { return grant.kind == GrantKind::department; });
}

// A department is given only to whom has none: the one that was chosen by hand stays.
void drop_other_departments(Given& wanted, const Given& kept) {
    bool taken = has_department(kept);
    for (auto grant = wanted.begin(); grant != wanted.end();) {
        const bool drop = grant->kind == GrantKind::department && !kept.contains(*grant) && taken;
        taken = taken || grant->kind == GrantKind::department;
        grant = drop ? wanted.erase(grant) : std::next(grant);
    }
}

Result<void> write_given(store::Connection& connection, const User& user, GrantSource source,
                         const Given& given) {
    TRY(connection.execute("DELETE FROM given_by_groups WHERE user = ?1 AND source = ?2", user.id.str(),
                           json::enum_name(source)));
    for (const auto& [kind, value] : given) {
        TRY(connection.execute("INSERT INTO given_by_groups VALUES (?1, ?2, ?3, ?4)", user.id.str(),
                               json::enum_name(source), json::enum_name(kind), value));
    }
    return {};
}

}  // namespace

Result<bool> follow_groups(store::Connection& connection, User& user, GrantSource source,
                           const GrantRules& rules, const std::vector<std::string>& groups) {
    auto wanted = TRY(wanted_grants(connection, rules, groups));
    const auto before = TRY(given_rows(connection, user.id, source, false));
    const auto by_others = TRY(given_rows(connection, user.id, source, true));
    const auto held = TRY(held_by(connection, user));
    if (before.empty() && wanted.empty()) return false;
    const bool had_administrator = TRY(has_administrator(connection));
    Given kept;
    for (const auto& grant : held) {
        const bool taken_back =
            before.contains(grant) && !wanted.contains(grant) && !by_others.contains(grant);
        if (!taken_back) kept.insert(grant);
    }
    drop_other_departments(wanted, kept);
    Given given;
    for (const auto& grant : wanted) {
        const bool by_hand = held.contains(grant) && !before.contains(grant) && !by_others.contains(grant);
        if (!by_hand) given.insert(grant);
    }
    auto after = kept;
    after.insert(given.begin(), given.end());
    if (after == held && given == before) return false;
    TRY(hold(connection, user, after));
    TRY(save_user(connection, user));
    if (had_administrator && !TRY(has_administrator(connection))) {
        const Grant last{GrantKind::role, std::string(json::enum_name(Role::administrator))};
        log::warning("Grupperna tar bort den sista administratören. Rollen får stå kvar.");
        after.insert(last);
        given.insert(last);
        TRY(hold(connection, user, after));
        TRY(save_user(connection, user));
    }
    TRY(write_given(connection, user, source, given));
    user = TRY(load_user(connection, user.id));
    return after != held;
}

}  // namespace kansli::access::detail
