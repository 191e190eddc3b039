#include "access/detail/provisioned_rows.hpp"

#include "access/detail/organisation_rows.hpp"
#include "access/detail/user_rows.hpp"
#include "core/ascii.hpp"

namespace kansli::access::detail {

namespace {

struct PersonRow {
    std::string external_id{};
    bool removed = false;
};

Result<PersonRow> person_row(store::Connection& connection, const UserId& id) {
    auto& rows =
        TRY(connection.prepare("SELECT external_id, removed FROM provisioned_people WHERE user = ?1")).get();
    if (!TRY(rows.bind(id.str()).step())) return PersonRow{};
    PersonRow row{.external_id = rows.text(0), .removed = rows.integer(1) != 0};
    TRY(rows.run());
    return row;
}

std::optional<std::string> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

// Whose the external id is in the table; empty: nobody's.
Result<std::string> owner_of_external_id(store::Connection& connection, std::string_view sql,
                                         const std::string& external_id) {
    if (external_id.empty()) return std::string();
    auto& rows = TRY(connection.prepare(sql)).get();
    if (!TRY(rows.bind(external_id).step())) return std::string();
    auto owner = rows.text(0);
    TRY(rows.run());
    return owner;
}

Failure taken_external_id() {
    return fail(ErrorCode::conflict, "Någon annan har redan detta externalId.", "externalId");
}

Result<std::vector<GroupReference>> groups_of(store::Connection& connection, const UserId& id) {
    std::vector<GroupReference> groups;
    auto& rows = TRY(connection.prepare("SELECT g.id, g.name FROM memberships m JOIN people_groups g "
                                        "ON g.id = m.people_group WHERE m.user = ?1 ORDER BY g.name"))
                     .get();
    rows.bind(id.str());
    while (TRY(rows.step()))
        groups.push_back({GroupId(rows.text(0)), rows.text(1)});
    return groups;
}

// The rows of people that the program sees, of those that are wanted.
Result<std::vector<UserId>> ids_of(store::Connection& connection, const WantedPeople& wanted) {
    std::vector<UserId> ids;
    auto& rows =
        TRY(connection.prepare("SELECT u.id FROM users u LEFT JOIN provisioned_people p ON p.user = u.id "
                               "WHERE coalesce(p.removed, 0) = 0 AND (?1 IS NULL OR u.user_name = ?1) "
                               "AND (?2 IS NULL OR p.external_id = ?2) AND NOT EXISTS "
                               "(SELECT 1 FROM user_roles r WHERE r.user = u.id AND r.role = 'service') "
                               "ORDER BY u.display_name, u.user_name"))
            .get();
    rows.bind(wanted.user_name ? std::optional(to_lower_ascii(*wanted.user_name)) : std::nullopt,
              wanted.external_id);
    while (TRY(rows.step()))
        ids.emplace_back(rows.text(0));
    return ids;
}

}  // namespace

Result<ProvisionedPerson> load_person(store::Connection& connection, const UserId& id) {
    auto user = TRY(load_user(connection, id));
    const auto row = TRY(person_row(connection, id));
    if (row.removed || has_role(user, Role::service))
        return fail(ErrorCode::not_found, "Personen finns inte.", id.str());
    return ProvisionedPerson{
        .user = std::move(user), .external_id = row.external_id, .groups = TRY(groups_of(connection, id))};
}

Result<std::vector<ProvisionedPerson>> load_people(store::Connection& connection,
                                                   const WantedPeople& wanted) {
    std::vector<ProvisionedPerson> people;
    for (const auto& id : TRY(ids_of(connection, wanted)))
        people.push_back(TRY(load_person(connection, id)));
    return people;
}

Result<std::optional<UserId>> removed_person(store::Connection& connection, const std::string& external_id) {
    const auto owner = TRY(owner_of_external_id(
        connection, "SELECT user FROM provisioned_people WHERE external_id = ?1 AND removed = 1",
        external_id));
    return owner.empty() ? std::optional<UserId>() : std::optional(UserId(owner));
}

Result<void> note_person(store::Connection& connection, const UserId& id, const std::string& external_id,
                         bool removed) {
    const auto owner = TRY(owner_of_external_id(
        connection, "SELECT user FROM provisioned_people WHERE external_id = ?1", external_id));
    if (!owner.empty() && owner != id.str()) return taken_external_id();
    return connection.execute(
        "INSERT INTO provisioned_people VALUES (?1, ?2, ?3) ON CONFLICT (user) DO UPDATE "
        "SET external_id = excluded.external_id, removed = excluded.removed",
        id.str(), or_null(external_id), removed);
}

Result<ProvisionedGroup> load_provisioned_group(store::Connection& connection, const GroupId& id) {
    ProvisionedGroup result{.group = TRY(load_group(connection, id))};
    auto& row =
        TRY(connection.prepare("SELECT external_id FROM provisioned_groups WHERE people_group = ?1")).get();
    if (TRY(row.bind(id.str()).step())) {
        result.external_id = row.text(0);
        TRY(row.run());
    }
    auto& rows = TRY(connection.prepare(
                         "SELECT u.id, u.display_name FROM memberships m JOIN users u ON u.id = m.user "
                         "LEFT JOIN provisioned_people p ON p.user = u.id WHERE m.people_group = ?1 AND "
                         "coalesce(p.removed, 0) = 0 AND NOT EXISTS (SELECT 1 FROM user_roles r "
                         "WHERE r.user = u.id AND r.role = 'service') ORDER BY u.id"))
                     .get();
    rows.bind(id.str());
    while (TRY(rows.step()))
        result.members.push_back({UserId(rows.text(0)), rows.text(1)});
    return result;
}

Result<bool> note_group(store::Connection& connection, const GroupId& id, const std::string& external_id) {
    const auto owner = TRY(owner_of_external_id(
        connection, "SELECT people_group FROM provisioned_groups WHERE external_id = ?1", external_id));
    if (!owner.empty() && owner != id.str()) return taken_external_id();
    TRY(connection.execute("INSERT OR IGNORE INTO provisioned_groups VALUES (?1, NULL)", id.str()));
    const bool is_new = connection.changes() > 0;
    TRY(connection.execute("UPDATE provisioned_groups SET external_id = ?2 WHERE people_group = ?1", id.str(),
                           or_null(external_id)));
    return is_new;
}

Result<std::vector<std::string>> group_marks(store::Connection& connection, const UserId& id) {
    std::vector<std::string> marks;
    auto& rows = TRY(connection.prepare("SELECT g.name, coalesce(p.external_id, '') FROM memberships m "
                                        "JOIN provisioned_groups p ON p.people_group = m.people_group "
                                        "JOIN people_groups g ON g.id = m.people_group WHERE m.user = ?1"))
                     .get();
    rows.bind(id.str());
    while (TRY(rows.step())) {
        marks.push_back(rows.text(0));
        if (!rows.view(1).empty()) marks.push_back(rows.text(1));
    }
    return marks;
}

}  // namespace kansli::access::detail
