#pragma once

#include <string>
#include <string_view>

#include "access/attempts.hpp"
#include "access/credentials.hpp"
#include "access/sessions.hpp"

namespace kansli::access {

struct PasswordAndCode {
    std::string user_name{};
    std::string password{};
    std::string code{};  // of the authenticator, or a recovery code
};

// The doors: each takes what a person shows and gives a session.
// Errors: not_authenticated, which never says what was wrong; busy when the one who tries has failed too often
// (see Attempts).
// Threads: any.
// Invariants: neither disabled people nor service accounts get in; a name that nobody has takes as long as a
// wrong password; the session, the spent link or code and what runs alongside are one transaction.
class SignIn {
  public:
    SignIn(store::Database& database, Attempts& attempts, const SecretBox& box, Clock clock = now,
           PasswordCost cost = {});

    [[nodiscard]] Result<SignedIn> with_link(std::string_view token, const Visit& visit = {},
                                             const Alongside<User>& alongside = {});
    [[nodiscard]] Result<SignedIn> with_password(const PasswordAndCode& shown, const Visit& visit = {},
                                                 const Alongside<User>& alongside = {});
    // For the person whom a trusted reverse proxy has named; who has checked that it is one is the caller.
    [[nodiscard]] Result<SignedIn> by_proxy(std::string_view user_name, const Visit& visit = {},
                                            const Alongside<User>& alongside = {});

  private:
    struct Candidate;
    [[nodiscard]] Result<Candidate> find_candidate(const PasswordAndCode& shown, const Visit& visit);

    store::Database& database_;
    Attempts& attempts_;
    const SecretBox& box_;
    Clock clock_;
    std::string decoy_;
};

}  // namespace kansli::access
