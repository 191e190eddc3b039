#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/alongside.hpp"
#include "access/people.hpp"

namespace kansli::access {

// A session ends when it has been idle for a week and at the latest after thirty days. Long, because for many
// the only way back in is a link from an administrator; safe, because a session can be ended at any time and
// its token is kept only as a hash.
inline constexpr std::chrono::hours session_idle{24 * 7};
inline constexpr std::chrono::hours session_longest{24 * 30};
inline constexpr long session_seconds = 30L * 24 * 3600;  // session_longest, for the cookie
inline constexpr std::chrono::hours device_lifetime{24 * 365};
inline constexpr long device_seconds = 365L * 24 * 3600;  // device_lifetime, for the cookie

using SessionId = Id<struct SessionTag>;

// How somebody showed who they are.
enum class SignInWay : std::uint8_t {
    link,      // a one-time link from an administrator
    password,  // a password and a one-time code
    proxy,     // a reverse proxy that is trusted has said so
    openid,    // the organisation's identity provider has said so
};
KANSLI_DESCRIBE_ENUM(SignInWay, link, password, proxy, openid)

struct Session {
    SessionId id{};
    UserId user{};
    std::string user_name{};
    std::string name{};
    std::string device{};  // see device_words(); the address is not kept
    SignInWay way = SignInWay::link;
    Timestamp created{};
    Timestamp last_used{};
    Timestamp expires{};
};

// What a browser brings when it signs in.
struct Visit {
    std::string origin{};           // address, for counting failures alone
    std::string device{};           // see device_words()
    std::string device_token{};     // the secret of the device cookie, if there is one
    std::string earlier_session{};  // the token of the session that the new one takes the place of
};

struct SignedIn {
    std::string token{};         // the session's secret, for the cookie
    std::string device_token{};  // the device's, for the other cookie
    Caller caller{};
};

// Who a session's token stands for.
struct Visitor {
    Caller caller{};
    SessionId session{};
    SignInWay way = SignInWay::link;
};

// What a page must send with every change, so that another site cannot make the browser do it. Derived from
// the session's token by SHA-256 with a label: it cannot be turned back into the token and need not be
// stored.
[[nodiscard]] std::string csrf_token(std::string_view session_token);

// Who is signed in, and where. Sessions are made by `SignIn`.
// Threads: any.
// Invariants: tokens are 256 random bits and stored only as SHA-256; signing in gives a new token and ends the
// session whose token the browser brought, so nobody can be made to use a token that another one knows; a
// disabled person has no session.
class Sessions {
  public:
    explicit Sessions(store::Database& database, Clock clock = now);

    // not_authenticated when there is no such session, or no more.
    [[nodiscard]] Result<Visitor> visitor(std::string_view token);
    [[nodiscard]] Result<void> end(std::string_view token, const Alongside<Session>& alongside = {});

    // Newest first. Those of one person, and those of all.
    [[nodiscard]] Result<std::vector<Session>> sessions_of(const UserId& id);
    [[nodiscard]] Result<std::vector<Session>> all();
    // not_found when there is no such session, or it is not the one of `owner`; nobody as owner: anybody's.
    [[nodiscard]] Result<void> end_one(const SessionId& id, const std::optional<UserId>& owner,
                                       const Alongside<Session>& alongside = {});
    // All of a person's but one.
    [[nodiscard]] Result<void> end_others(const UserId& id, const SessionId& but,
                                          const Alongside<User>& alongside = {});

  private:
    store::Database& database_;
    Clock clock_;
};

}  // namespace kansli::access
