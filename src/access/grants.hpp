#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "json/describe.hpp"

namespace kansli::access {

// What a group at an identity provider can give a person here. The names are stored.
enum class GrantKind : std::uint8_t { role, review, group, department };
KANSLI_DESCRIBE_ENUM(GrantKind, role, review, group, department)

struct Grant {
    GrantKind kind = GrantKind::role;
    std::string name{};  // of the role, the kind of proposal, the group or the department

    friend auto operator<=>(const Grant&, const Grant&) = default;
};

// What each group gives, by its name or id as the provider writes it. The order is that of the settings.
using GrantRules = std::map<std::string, std::vector<Grant>>;

// "role:reader", "review:answer", "group:Handläggare" or "department:Byggnadsnämnden". invalid_input for anything else, for
// a role that does not exist and for that of service accounts, which nobody signs in to.
[[nodiscard]] Result<Grant> parse_grant(std::string_view text);

// Who says which groups a person is in. Each takes back what it has given itself, and nothing else.
enum class GrantSource : std::uint8_t {
    openid,  // the claims of a sign-in
    scim,    // the program that provisions people
};
KANSLI_DESCRIBE_ENUM(GrantSource, openid, scim)

}  // namespace kansli::access
