#include "access/provisioning.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "access/detail/grant_rows.hpp"
#include "access/detail/names.hpp"
#include "access/detail/organisation_rows.hpp"
#include "access/detail/provisioned_rows.hpp"
#include "access/detail/user_rows.hpp"
#include "core/hash.hpp"

namespace kansli::access {

namespace {

constexpr std::size_t longest_external_id = 255;

Result<void> check_external_id(const std::string& external_id) {
    const bool printable = std::ranges::none_of(external_id, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
    if (external_id.size() <= longest_external_id && printable) return {};
    return fail(ErrorCode::invalid_input, "externalId går inte att använda.", "externalId");
}

Result<void> clean_person(User& user) {
    user.user_name = TRY(detail::clean_user_name(user.user_name));
    user.name = TRY(detail::clean_name(user.name, "name"));
    user.email = TRY(detail::clean_email(user.email));
    return {};
}

using PeopleIds = std::set<std::string>;

PeopleIds ids_of_members(const ProvisionedGroup& group) {
    PeopleIds ids;
    for (const auto& member : group.members)
        ids.insert(member.id.str());
    return ids;
}

// Puts the person into the group or takes them out, and lets the rules follow. True when anything was changed.
Result<bool> set_membership(store::Connection& connection, User& user, const std::string& group, bool in) {
    const auto place = std::ranges::find(user.groups, group);
    const bool was_in = place != user.groups.end();
    if (was_in == in) return false;
    if (in) {
        user.groups.push_back(group);
    } else {
        user.groups.erase(place);
    }
    TRY(detail::save_user(connection, user));
    return true;
}

Result<bool> follow_marks(store::Connection& connection, User& user, const GrantRules& rules) {
    return detail::follow_groups(connection, user, GrantSource::scim, rules,
                                 TRY(detail::group_marks(connection, user.id)));
}

// A member that is named must be somebody whom the program sees.
Result<User> member_named(store::Connection& connection, const std::string& id) {
    auto person = detail::load_person(connection, UserId(id));
    if (person) return std::move(person->user);
    if (person.error().code != ErrorCode::not_found) return Failure(person.error());
    return fail(ErrorCode::invalid_input, "Medlemmen finns inte.", "members");
}

// Who is to be in a group, and who was.
struct Move {
    PeopleIds before{};
    PeopleIds after{};
    bool follow_all = false;  // the group's marks may have changed, and so what it gives those who stay
};

Result<void> move_members(store::Connection& connection, const std::string& group, const Move& move,
                          const GrantRules& rules, const Alongside<User>& note) {
    auto touched = move.before;
    touched.insert(move.after.begin(), move.after.end());
    for (const auto& id : touched) {
        const bool in = move.after.contains(id);
        const bool was_in = move.before.contains(id);
        if (in == was_in && !move.follow_all) continue;
        auto user = TRY(was_in ? detail::load_user(connection, UserId(id)) : member_named(connection, id));
        const bool moved = TRY(set_membership(connection, user, group, in));
        const bool followed = TRY(follow_marks(connection, user, rules));
        if (moved || followed)
            TRY(run_alongside(note, connection, TRY(detail::load_user(connection, user.id))));
    }
    return {};
}

Result<User> bring_back(store::Connection& connection, const UserId& id, const NewUser& wanted) {
    auto user = TRY(detail::load_user(connection, id));
    user.user_name = wanted.user_name;
    user.name = wanted.name;
    user.email = wanted.email;
    user.disabled = false;
    TRY(clean_person(user));
    return detail::change_user(connection, user);
}

Result<User> add_person(store::Connection& connection, const NewUser& wanted, Timestamp moment) {
    User user{.id = UserId(random_token()),
              .user_name = wanted.user_name,
              .name = wanted.name,
              .email = wanted.email,
              .roles = wanted.roles,
              .created = moment};
    TRY(clean_person(user));
    TRY(detail::insert_user(connection, user));
    return detail::load_user(connection, user.id);
}

}  // namespace

Provisioning::Provisioning(store::Database& database, GrantRules rules, Clock clock)
    : database_(database), rules_(std::move(rules)), clock_(std::move(clock)) {
}

Result<std::vector<ProvisionedPerson>> Provisioning::people(const WantedPeople& wanted) {
    std::vector<ProvisionedPerson> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(detail::load_people(connection, wanted));
        return {};
    }));
    return found;
}

Result<ProvisionedPerson> Provisioning::person(const UserId& id) {
    ProvisionedPerson found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(detail::load_person(connection, id));
        return {};
    }));
    return found;
}

Result<ProvisionedPerson> Provisioning::create_person(const NewUser& wanted, const std::string& external_id,
                                                      const Alongside<User>& alongside) {
    TRY(check_external_id(external_id));
    ProvisionedPerson person{.external_id = external_id};
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto before = TRY(detail::removed_person(connection, external_id));
        person.user =
            TRY(before ? bring_back(connection, *before, wanted) : add_person(connection, wanted, clock_()));
        TRY(detail::note_person(connection, person.user.id, external_id, false));
        return run_alongside(alongside, connection, person.user);
    }));
    return person;
}

Result<ProvisionedPerson> Provisioning::edit_person(const UserId& id, const Edit<ProvisionedPerson>& edit,
                                                    const Alongside<User>& alongside) {
    ProvisionedPerson person;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        person = TRY(detail::load_person(connection, id));
        const auto before = person;
        TRY(edit(person));
        TRY(check_external_id(person.external_id));
        TRY(clean_person(person.user));
        if (person == before) return {};
        person.user = TRY(detail::change_user(connection, person.user));
        TRY(detail::note_person(connection, id, person.external_id, false));
        return run_alongside(alongside, connection, person.user);
    }));
    return person;
}

Result<void> Provisioning::remove_person(const UserId& id, const Alongside<User>& alongside) {
    return database_.write([&](store::Connection& connection) -> Result<void> {
        auto person = TRY(detail::load_person(connection, id));
        person.user.disabled = true;
        const auto user = TRY(detail::change_user(connection, person.user));
        TRY(detail::note_person(connection, id, person.external_id, true));
        return run_alongside(alongside, connection, user);
    });
}

Result<std::vector<ProvisionedGroup>> Provisioning::groups() {
    std::vector<ProvisionedGroup> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        for (const auto& group : TRY(detail::load_groups(connection)))
            found.push_back(TRY(detail::load_provisioned_group(connection, group.id)));
        return {};
    }));
    return found;
}

Result<ProvisionedGroup> Provisioning::group(const GroupId& id) {
    ProvisionedGroup found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(detail::load_provisioned_group(connection, id));
        return {};
    }));
    return found;
}

Result<ProvisionedGroup> Provisioning::create_group(const ProvisionedGroup& wanted, const GroupNotes& notes) {
    TRY(check_external_id(wanted.external_id));
    const Group group{.id = GroupId(random_token()),
                      .name = TRY(detail::clean_principal(wanted.group.name, "name"))};
    ProvisionedGroup made;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        TRY(detail::save_group(connection, group));
        TRY(detail::note_group(connection, group.id, wanted.external_id));
        TRY(run_alongside(notes.group, connection, group));
        TRY(move_members(connection, group.name, {.after = ids_of_members(wanted)}, rules_, notes.person));
        made = TRY(detail::load_provisioned_group(connection, group.id));
        return {};
    }));
    return made;
}

Result<ProvisionedGroup> Provisioning::edit_group(const GroupId& id, const Edit<ProvisionedGroup>& edit,
                                                  const GroupNotes& notes) {
    ProvisionedGroup group;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        group = TRY(detail::load_provisioned_group(connection, id));
        const auto before = group;
        TRY(edit(group));
        TRY(check_external_id(group.external_id));
        group.group.name = TRY(detail::clean_principal(group.group.name, "name"));
        const bool is_new = TRY(detail::note_group(connection, id, group.external_id));
        const bool renamed = group.group.name != before.group.name || group.external_id != before.external_id;
        if (renamed) {
            TRY(detail::save_group(connection, group.group));
            TRY(run_alongside(notes.group, connection, group.group));
        }
        const Move move{.before = ids_of_members(before),
                        .after = ids_of_members(group),
                        .follow_all = renamed || is_new};
        TRY(move_members(connection, group.group.name, move, rules_, notes.person));
        group = TRY(detail::load_provisioned_group(connection, id));
        return {};
    }));
    return group;
}

Result<void> Provisioning::remove_group(const GroupId& id, const GroupNotes& notes) {
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const auto group = TRY(detail::load_provisioned_group(connection, id));
        TRY(move_members(connection, group.group.name, {.before = ids_of_members(group)}, rules_,
                         notes.person));
        TRY(connection.execute("DELETE FROM people_groups WHERE id = ?1", id.str()));
        return run_alongside(notes.group, connection, group.group);
    });
}

}  // namespace kansli::access
