#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/rights.hpp"
#include "core/id.hpp"
#include "json/describe.hpp"

namespace kansli::access {

using UserId = Id<struct UserTag>;

// How sensitive a text is, after the confidentiality levels of SKR's KLASSA. The order is the order of
// caution.
enum class InformationClass : std::uint8_t { open, internal, confidential, secret };
KANSLI_DESCRIBE_ENUM(InformationClass, open, internal, confidential, secret)

// Who may read something, each as a principal (see `principals_of`). Empty: every signed-in person.
using AccessList = std::vector<std::string>;

// Who asks. Passed by value to everything that reads or writes on somebody's behalf; there is no ambient
// user.
struct Caller {
    UserId id{};
    std::string name{};  // as people write it; two may have the same
    std::vector<Role> roles{};
    std::vector<std::string> groups{};
    std::string department{};                 // nämnd or förvaltning; may be empty
    std::vector<std::string> review_kinds{};  // what a reviewer may decide; "*" is every kind
    std::optional<Rights> scope{};            // of the API key that is used: never more than this
    std::string user_name{};                  // unique, and never somebody else's later
    // Under which the groups, the department and the person were known before they were renamed: lists that
    // were written then still let them in.
    std::vector<std::string> former_principals{};

    friend bool operator==(const Caller&, const Caller&) = default;
};

// Whoever holds the data folder itself: the command line and the program's own jobs.
[[nodiscard]] Caller keeper();
[[nodiscard]] bool is_keeper(const Caller& caller);

// What the record and access lists know the caller by: the user name, or the name of one that has none.
[[nodiscard]] const std::string& account_name(const Caller& caller);

[[nodiscard]] bool has_role(const Caller& caller, Role role);
// What the roles grant, within the scope of the key.
[[nodiscard]] bool may(const Caller& caller, Right right);
// Whether the caller may decide on proposals of this kind.
[[nodiscard]] bool may_review(const Caller& caller, std::string_view kind);

// The names under which an access list can let the caller in: the groups as they are, "department:NAME" and
// "person:NAME"; and those of before, when something was renamed.
[[nodiscard]] std::vector<std::string> principals_of(const Caller& caller);

// True when the list is open to all, when it names one of the caller's principals, and for administrators.
[[nodiscard]] bool may_read(const Caller& caller, const AccessList& list);

}  // namespace kansli::access
