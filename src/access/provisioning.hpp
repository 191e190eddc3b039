#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/grants.hpp"
#include "access/organisation.hpp"
#include "access/people.hpp"

namespace kansli::access {

struct GroupReference {
    GroupId id{};
    std::string name{};

    friend bool operator==(const GroupReference&, const GroupReference&) = default;
};

// A person as a provisioning program sees them.
struct ProvisionedPerson {
    User user{};
    std::string external_id{};             // what the program itself calls them; may be empty
    std::vector<GroupReference> groups{};  // only read

    friend bool operator==(const ProvisionedPerson&, const ProvisionedPerson&) = default;
};

struct Member {
    UserId id{};
    std::string name{};

    friend bool operator==(const Member&, const Member&) = default;
};

struct ProvisionedGroup {
    Group group{};
    std::string external_id{};
    std::vector<Member> members{};  // in order of id; only the ids are read

    friend bool operator==(const ProvisionedGroup&, const ProvisionedGroup&) = default;
};

// Which people are asked for; what is set must fit.
struct WantedPeople {
    std::optional<std::string> user_name{};
    std::optional<std::string> external_id{};
};

// Told of a group that is changed, and of each person whose groups or rights are changed by that.
struct GroupNotes {
    Alongside<Group> group{};
    Alongside<User> person{};
};

// People and groups as a program outside says they should be (SCIM). It sees people and groups whoever made them, so that it
// can take over those that were there before it, but never service accounts. Roles are not its business: it says who is in
// which group, and the rules in the settings say what that gives.
// Threads: any.
// Errors: those of `People` and `Organisation`; conflict also when an external id is another's. `where` names the field.
// Invariants: an edit sees the thing as it is, and is one transaction with what follows from it; whoever is removed is
// disabled and seen no more, but nothing of what they have done is; only the external id that they had brings them back.
class Provisioning {
  public:
    template <typename T>
    using Edit = std::function<Result<void>(T&)>;

    Provisioning(store::Database& database, GrantRules rules, Clock clock = now);

    // In order of name.
    [[nodiscard]] Result<std::vector<ProvisionedPerson>> people(const WantedPeople& wanted = {});
    [[nodiscard]] Result<ProvisionedPerson> person(const UserId& id);
    // A new person is a reader. conflict when the user name or external id is somebody's.
    [[nodiscard]] Result<ProvisionedPerson> create_person(const NewUser& wanted,
                                                          const std::string& external_id,
                                                          const Alongside<User>& alongside = {});
    // What counts of the edited person: external id, user name, name, e-mail, disabled.
    [[nodiscard]] Result<ProvisionedPerson> edit_person(const UserId& id, const Edit<ProvisionedPerson>& edit,
                                                        const Alongside<User>& alongside = {});
    [[nodiscard]] Result<void> remove_person(const UserId& id, const Alongside<User>& alongside = {});

    [[nodiscard]] Result<std::vector<ProvisionedGroup>> groups();
    [[nodiscard]] Result<ProvisionedGroup> group(const GroupId& id);
    [[nodiscard]] Result<ProvisionedGroup> create_group(const ProvisionedGroup& wanted,
                                                        const GroupNotes& notes = {});
    // What counts of the edited group: external id, name, ids of members.
    [[nodiscard]] Result<ProvisionedGroup> edit_group(const GroupId& id, const Edit<ProvisionedGroup>& edit,
                                                      const GroupNotes& notes = {});
    [[nodiscard]] Result<void> remove_group(const GroupId& id, const GroupNotes& notes = {});

  private:
    store::Database& database_;
    GrantRules rules_;
    Clock clock_;
};

}  // namespace kansli::access
