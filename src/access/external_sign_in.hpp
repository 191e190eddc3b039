#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "access/attempts.hpp"
#include "access/grants.hpp"
#include "access/sessions.hpp"

namespace kansli::access {

inline constexpr std::chrono::minutes pending_lifetime{10};
inline constexpr long pending_seconds = 600;  // pending_lifetime, for the cookie

// A sign-in that has been begun and waits for the browser to come back from the identity provider.
struct PendingSignIn {
    std::string issuer{};
    std::string nonce{};
    std::string verifier{};
    std::string return_path{};  // the page that the person wanted
};

// The secrets of one: what goes to the provider and what the browser keeps meanwhile.
struct BegunSignIn {
    std::string state{};    // goes to the provider and comes back with the browser
    std::string browser{};  // for a cookie: only this browser can finish it
    std::string nonce{};
    std::string verifier{};
};

// Whom an identity provider has signed in. Who has checked that it said so is the caller.
struct ExternalPerson {
    std::string issuer{};
    std::string subject{};                   // the provider's own name for the person, never reused
    std::vector<std::string> identifiers{};  // by which a provisioning program may know them
    std::string email{};                     // verified, or empty
    std::string user_name{};                 // vouched for, or empty
    std::string suggested_name{};            // for a new user name
    std::string name{};
    std::vector<std::string> groups{};
};

// What happened to the account when somebody came in.
enum class ExternalChange : std::uint8_t {
    created,    // there was none
    linked,     // known from now on by the provider's name for the person
    changed,    // the groups gave or took something
    signed_in,  // always last, unless nothing opens
};

// Signing in at an identity provider, but for what is said to it.
// Threads: any.
// Errors: not_authenticated when the sign-in is unknown, has been used, is too old or another browser's; not_found when the
// person has no account here; forbidden when they have one that opens nothing: no role, or it is disabled; busy, see Attempts.
// Invariants: a state is used once, by the browser that began it, within ten minutes, and is stored only as SHA-256; an
// account belongs to one person at each provider, and is never found by anything that the provider has not vouched for; the
// session, the link and what the groups give are one transaction.
class ExternalSignIn {
  public:
    // Told of each change, in its order, inside the transaction.
    using Notes = std::function<Result<void>(store::Connection&, const User&, ExternalChange)>;

    // `create_people`: who has no account gets one, as a reader.
    ExternalSignIn(store::Database& database, Attempts& attempts, GrantRules rules, bool create_people,
                   Clock clock = now);

    // Anything but a path on this site is forgotten and leads to the first page.
    [[nodiscard]] Result<BegunSignIn> begin(const std::string& issuer, const std::string& return_path,
                                            const Visit& visit);
    [[nodiscard]] Result<PendingSignIn> take(std::string_view state, std::string_view browser,
                                             const Visit& visit);
    [[nodiscard]] Result<SignedIn> enter(const ExternalPerson& person, const Visit& visit,
                                         const Notes& notes = {});

  private:
    store::Database& database_;
    Attempts& attempts_;
    GrantRules rules_;
    bool create_people_;
    Clock clock_;
};

// True for what leads to a page of this site: "/inkorg?x=1". False for addresses of other sites however they are written, for
// the API, and for anything that is not plain ASCII.
[[nodiscard]] bool is_local_path(std::string_view path);

}  // namespace kansli::access
