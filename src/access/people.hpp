#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/alongside.hpp"
#include "access/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "store/database.hpp"
#include "store/table_note.hpp"

namespace kansli::access {

using Clock = std::function<Timestamp()>;

struct User {
    UserId id{};
    std::string user_name{};    // unique and never somebody else's; what one signs in with
    std::string name{};         // as people write it; two may have the same
    std::string email{};        // may be empty
    std::vector<Role> roles{};  // sorted, each once, as groups and review_kinds
    std::vector<std::string> groups{};
    std::string department{};
    std::vector<std::string> review_kinds{};
    bool disabled = false;
    Timestamp created{};
    std::optional<Timestamp> last_signed_in{};
    std::vector<std::string> former_principals{};  // see Caller

    friend bool operator==(const User&, const User&) = default;
};

struct NewUser {
    std::string name{};
    std::vector<Role> roles = {Role::reader};
    std::vector<std::string> groups{};
    std::string department{};
    std::vector<std::string> review_kinds{};
    std::string user_name{};  // empty: made of the name
    std::string email{};
};

// What is set is changed.
struct UserChange {
    std::optional<std::string> name{};
    std::optional<std::vector<Role>> roles{};
    std::optional<std::vector<std::string>> groups{};
    std::optional<std::string> department{};
    std::optional<std::vector<std::string>> review_kinds{};
    std::optional<bool> disabled{};
    std::optional<std::string> user_name{};
    std::optional<std::string> email{};
};

// The people who have an account. It knows who somebody is, not what they did: callers write the record, with
// `Alongside` in the same transaction.
// Threads: any.
// Invariants: a user name belongs to one person for ever, also after it has been changed; groups and
// departments exist in `Organisation`; a disabled person has no links, sessions or usable keys; once there is
// an enabled administrator there always is one. Nobody is ever removed: the record names them.
class People {
  public:
    using Alongside = access::Alongside<User>;

    explicit People(store::Database& database, Clock clock = now);
    // The tables of the whole room.
    [[nodiscard]] static std::span<const store::Migration> migrations();
    [[nodiscard]] static std::span<const store::TableNote> table_notes();

    // conflict when the user name is or was another's; invalid_input when a field is not what it should be, or
    // a group or the department does not exist.
    [[nodiscard]] Result<User> create_user(const NewUser& user, const Alongside& alongside = {});
    // conflict also when it would leave no administrator.
    [[nodiscard]] Result<User> update_user(const UserId& id, const UserChange& change,
                                           const Alongside& alongside = {});
    // In order of name.
    [[nodiscard]] Result<std::vector<User>> users();
    [[nodiscard]] Result<User> user(const UserId& id);
    // By user name, or by name when only one person has it; not_found, or conflict when several have it.
    [[nodiscard]] Result<User> user_called(std::string_view name);
    // As the person is now, for work that is done on their behalf later. forbidden when disabled.
    [[nodiscard]] Result<Caller> caller_of_user(const UserId& id);
    // The enabled person with this user name, for whoever has been named by a trusted proxy; service accounts
    // are nobody here. Nothing when there is none.
    [[nodiscard]] Result<std::optional<Caller>> caller_of_user_name(std::string_view user_name);

  private:
    store::Database& database_;
    Clock clock_;
};

}  // namespace kansli::access
