#pragma once

#include <string>
#include <vector>

#include "access/grants.hpp"
#include "access/people.hpp"
#include "store/database.hpp"

// What groups outside have given people, as rows.
namespace kansli::access::detail {

// Gives `user` what membership of `groups` leads to by the rules, and takes back what the same source gave before and no
// longer gives. What was given by hand stays, and so does what another source gives; the last administrator stays one. The
// user is saved, and is as it then is. True when anything was changed.
[[nodiscard]] Result<bool> follow_groups(store::Connection& connection, User& user, GrantSource source,
                                         const GrantRules& rules, const std::vector<std::string>& groups);

}  // namespace kansli::access::detail
