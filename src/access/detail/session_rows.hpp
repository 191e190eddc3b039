#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/attempts.hpp"
#include "access/sessions.hpp"
#include "store/database.hpp"

// Sessions and known devices as rows.
namespace kansli::access::detail {

// A new session for the user, and the one whose place it takes ended. The device is known from then on.
[[nodiscard]] Result<SignedIn> start_session(store::Connection& connection, const User& user, SignInWay way,
                                             const Visit& visit, Timestamp moment);

// Sessions, links and devices; keys stay, and are refused as long as the person is disabled.
[[nodiscard]] Result<void> end_everything_of(store::Connection& connection, const UserId& id);

// All of a person's sessions but that of `token`; empty: all.
[[nodiscard]] Result<void> end_other_sessions(store::Connection& connection, const UserId& id,
                                              const SessionId& but);

// Whether the account has signed in from this device; with an empty name whether anybody has.
[[nodiscard]] Result<bool> is_known_device(store::Connection& connection, std::string_view device_token,
                                           std::string_view user_name);

// A try to sign in that names no account: by a link, or at an identity provider.
[[nodiscard]] Result<Attempt> attempt_of(store::Database& database, const Visit& visit);

}  // namespace kansli::access::detail
