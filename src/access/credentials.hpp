#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/attempts.hpp"
#include "access/passwords.hpp"
#include "access/people.hpp"
#include "access/secret_box.hpp"
#include "access/sessions.hpp"

namespace kansli::access {

inline constexpr std::chrono::hours link_lifetime{24};
inline constexpr int recovery_codes_given = 10;

// A way in, once. The token stands nowhere but here: the store keeps its SHA-256.
struct SignInLink {
    UserId user{};
    std::string token{};
    Timestamp expires{};
};

// How far a person has come with a local account. Signing in with a password takes all of it: a password alone
// opens nothing.
struct LocalAccount {
    std::optional<Timestamp> password_changed{};
    std::optional<Timestamp> second_factor_since{};
    bool second_factor_lost = false;  // it cannot be read any more and is to be enrolled again
    int recovery_codes = 0;
};

struct PasswordChange {
    std::string current{};  // when there is one
    std::string wanted{};
    SessionId session{};  // the one that goes on; all others of the person end
};

// What people show to prove who they are: one-time links, a password with a second factor, recovery codes.
// Changing any of it takes the password or a code that is there already, so that a browser left open does not
// give an account away; who has lost both asks an administrator to reset them and gets a link.
// Threads: any.
// Invariants: links, recovery codes and passwords are stored only as SHA-256 or Argon2id; the secret of the
// second factor, which has to be read again, is sealed (SecretBox). A link works once and for 24 hours, and a new link voids the old
// ones; a one-time code works once; a service account has none of these.
class Credentials {
  public:
    Credentials(store::Database& database, Attempts& attempts, const SecretBox& box, Clock clock = now,
                PasswordCost cost = {});

    // Seals the secrets that earlier versions stored as they were, and wipes those from the file; how many.
    [[nodiscard]] Result<int> seal_secrets();
    // How many people's second factor cannot be read, since the key to it did not come along (a restored copy): they get in with a
    // recovery code or a link, and enrol again.
    [[nodiscard]] Result<int> lost_second_factors();

    // conflict for a disabled person and for a service account.
    [[nodiscard]] Result<SignInLink> issue_link(const UserId& id, const Alongside<User>& alongside = {});
    // A link for the first administrator, who is created when there is none, until an administrator has
    // signed in; nothing after that.
    [[nodiscard]] Result<std::optional<SignInLink>> first_administrator_link(
        const Alongside<User>& alongside = {});

    [[nodiscard]] Result<LocalAccount> local_account(const UserId& id);

    // In all of these invalid_input for a password or code that is wrong, and busy after ten wrong ones within a
    // quarter of an hour.
    // Also invalid_input when `wanted` is no good password.
    [[nodiscard]] Result<void> set_password(const UserId& id, const PasswordChange& change,
                                            const Alongside<User>& alongside = {});
    // A new secret in base 32, which counts from confirm_second_factor() on. conflict before there is a
    // password. `code`: one of the present second factor, when there is one.
    [[nodiscard]] Result<std::string> begin_second_factor(const UserId& id, std::string_view code);
    // The authenticator has the secret: new recovery codes, shown once.
    [[nodiscard]] Result<std::vector<std::string>> confirm_second_factor(
        const UserId& id, std::string_view code, const Alongside<User>& alongside = {});
    [[nodiscard]] Result<std::vector<std::string>> renew_recovery_codes(
        const UserId& id, std::string_view code, const Alongside<User>& alongside = {});
    // Takes password, second factor, recovery codes, sessions and links away.
    [[nodiscard]] Result<void> reset(const UserId& id, const Alongside<User>& alongside = {});

  private:
    [[nodiscard]] Result<Attempt> begin_attempt(const UserId& id);
    [[nodiscard]] Result<void> require_code(store::Connection& connection, const UserId& id,
                                            std::string_view code);

    store::Database& database_;
    Attempts& attempts_;
    const SecretBox& box_;
    Clock clock_;
    PasswordCost cost_;
};

}  // namespace kansli::access
