#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "store/database.hpp"

namespace kansli::access {

// A session ends when it has been idle for a week and at the latest after thirty days. Long, because the only
// way back in is a link from an administrator; safe, because a session can be ended at any time and its token
// is kept only as a hash.
inline constexpr std::chrono::hours session_idle{24 * 7};
inline constexpr std::chrono::hours session_longest{24 * 30};
inline constexpr long session_seconds = 30L * 24 * 3600;  // session_longest, for the cookie
inline constexpr std::chrono::hours link_lifetime{24};

struct User {
    UserId id{};
    std::string name{};
    std::vector<Role> roles{};  // sorted, each once, as groups and review_kinds
    std::vector<std::string> groups{};
    std::string department{};
    std::vector<std::string> review_kinds{};
    bool disabled = false;
    Timestamp created{};
    std::optional<Timestamp> last_signed_in{};

    friend bool operator==(const User&, const User&) = default;
};

struct NewUser {
    std::string name{};
    std::vector<Role> roles = {Role::reader};
    std::vector<std::string> groups{};
    std::string department{};
    std::vector<std::string> review_kinds{};
};

// What is set is changed.
struct UserChange {
    std::optional<std::string> name{};
    std::optional<std::vector<Role>> roles{};
    std::optional<std::vector<std::string>> groups{};
    std::optional<std::string> department{};
    std::optional<std::vector<std::string>> review_kinds{};
    std::optional<bool> disabled{};
};

// A way in, once. The token stands nowhere but here: the store keeps its SHA-256.
struct SignInLink {
    UserId user{};
    std::string token{};
    Timestamp expires{};
};

struct SignedIn {
    std::string token{};  // the session's secret, for the cookie
    Caller caller{};
};

struct Session {
    Timestamp created{};
    Timestamp last_used{};
    Timestamp expires{};
};

// What a page must send with every change, so that another site cannot make the browser do it. Derived from
// the session's token by SHA-256 with a label: it cannot be turned back into the token and need not be
// stored.
[[nodiscard]] std::string csrf_token(std::string_view session_token);

// Users, their one-time links and their sessions. It knows who somebody is, not what they did: callers write
// the record, with `Alongside` in the same transaction. Threads: any. Invariants: tokens are stored only as
// SHA-256; a link works once and for 24 hours; a disabled user has neither links nor sessions; once there is
// an enabled administrator there always is one.
class People {
  public:
    using Clock = std::function<Timestamp()>;
    // Runs inside the transaction of a change; when it fails, the change is undone.
    using Alongside = std::function<Result<void>(store::Connection&, const User&)>;

    explicit People(store::Database& database, Clock clock = now);
    [[nodiscard]] static std::span<const store::Migration> migrations();

    // conflict when the name is taken, invalid_input when a name or group is empty, too long or unprintable.
    [[nodiscard]] Result<User> create_user(const NewUser& user, const Alongside& alongside = {});
    // conflict also when it would leave no administrator.
    [[nodiscard]] Result<User> update_user(const UserId& id, const UserChange& change,
                                           const Alongside& alongside = {});
    // In order of name.
    [[nodiscard]] Result<std::vector<User>> users();
    [[nodiscard]] Result<User> user(const UserId& id);
    // As the user is now, for work that is done on their behalf later. forbidden when disabled.
    [[nodiscard]] Result<Caller> caller_of_user(const UserId& id);

    // Links given to the user earlier stop working.
    [[nodiscard]] Result<SignInLink> issue_link(const UserId& id, const Alongside& alongside = {});
    // A link for the first administrator, who is created when there is none, until an administrator has
    // signed in; nothing after that.
    [[nodiscard]] Result<std::optional<SignInLink>> first_administrator_link(const Alongside& alongside = {});
    // not_authenticated when the link is unknown, used, too old or its user disabled (it does not tell
    // which); busy after twenty failures within a minute from the same `origin` (an address).
    [[nodiscard]] Result<SignedIn> redeem_link(std::string_view token, std::string_view origin = {},
                                               const Alongside& alongside = {});

    // not_authenticated when there is no such session, or no more.
    [[nodiscard]] Result<Caller> caller_of_session(std::string_view token);
    [[nodiscard]] Result<void> end_session(std::string_view token);
    [[nodiscard]] Result<void> end_sessions_of(const UserId& id);
    // Newest first.
    [[nodiscard]] Result<std::vector<Session>> sessions_of(const UserId& id);

  private:
    [[nodiscard]] Result<void> check_rate(const std::string& origin);
    void note_failure(const std::string& origin);

    store::Database& database_;
    Clock clock_;
    std::mutex failures_mutex_{};
    std::map<std::string, std::vector<Timestamp>> failures_{};  // of redeem_link, by origin
};

}  // namespace kansli::access
