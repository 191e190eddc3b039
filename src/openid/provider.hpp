#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "json/value.hpp"
#include "openid/key_set.hpp"
#include "openid/wire.hpp"

namespace kansli::openid {

// Kansli as the provider knows it.
struct Registration {
    std::string issuer{};  // to the letter as the provider writes it
    std::string client_id{};
    std::string client_secret{};  // empty: none, PKCE alone
    std::vector<std::string> scopes = {"openid", "profile", "email"};
    std::string groups_claim = "groups";  // a dot leads into an object: "realm_access.roles"
    std::string user_name_claim{};        // one that the provider vouches for; empty: none
};

// A sign-in that is about to begin. The secrets are the caller's to keep until the browser comes back.
struct Question {
    std::string return_address{};  // where the provider sends the browser
    std::string state{};
    std::string nonce{};
    std::string verifier{};  // of which the provider gets the hash (RFC 7636)
};

// What the browser came back with, and what was kept.
struct Answer {
    std::string return_address{};
    std::string code{};
    std::string nonce{};
    std::string verifier{};
};

// What the provider says about whoever has signed in.
struct Person {
    std::string issuer{};
    std::string subject{};                   // never reused by the issuer
    std::vector<std::string> identifiers{};  // the subject, and the object id of Entra ID
    std::string user_name{};                 // of the configured claim; empty: none is vouched for
    std::string suggested_name{};            // what a new person might be called; proves nothing
    std::string name{};
    std::string email{};  // only when the provider has verified it
    std::vector<std::string> groups{};
};

// What the provider says about itself (OpenID Connect Discovery 1.0).
struct Description {
    std::string authorization{};
    std::string token{};
    std::string keys{};
    bool secret_in_form = false;  // the token endpoint does not take the secret in a header
    bool names_issuer = false;    // answers always say who they are from (RFC 9207)
};

// True for https, and for http to the computer itself.
[[nodiscard]] bool is_safe_address(std::string_view address);

// One identity provider.
// Threads: any. All but the constructor and issuer() may wait for the provider, at most ten seconds a call.
// Errors: unavailable when the provider cannot be reached or answers with a failure, corrupt when what it says is not what
// it should be, forbidden for a host that is not named in the settings, too_large, busy when too many wait for it, conflict
// when the groups did not fit in the token. Messages say what was wrong for the one who runs Kansli, without personal data.
class Provider {
  public:
    using Clock = std::function<Timestamp()>;

    Provider(Registration registration, Wire wire, Clock clock = now);

    [[nodiscard]] const std::string& issuer() const { return registration_.issuer; }
    // As it is known since at most an hour.
    [[nodiscard]] Result<Description> description();
    // Where to send the browser.
    [[nodiscard]] Result<std::string> sign_in_address(const Question& question);
    // Changes the code for the person.
    [[nodiscard]] Result<Person> redeem(const Answer& answer);

  private:
    struct Known {
        std::optional<Description> description{};
        Timestamp described{};
        KeySet keys{};
        std::optional<Timestamp> keys_asked{};
        std::optional<Timestamp> keys_renewed{};  // because a token named one that was not there
        std::optional<Error> failure{};           // the last try to read the description
        Timestamp failed{};
    };
    [[nodiscard]] Result<std::string> ask(WireCall call);
    [[nodiscard]] Result<Description> read_description();
    [[nodiscard]] Result<KeySet> keys(const Description& description, bool renew);
    [[nodiscard]] Result<json::Value> exchange(const Description& description, const Answer& answer);
    [[nodiscard]] Result<json::Value> claims_of(const Description& description, const json::Value& tokens,
                                                const Answer& answer);

    Registration registration_;
    Wire wire_;
    Clock clock_;
    std::counting_semaphore<> free_lines_;
    std::mutex mutex_{};
    Known known_{};
};

// The person that the claims of a checked token describe. conflict when the provider has left the groups out because they
// were too many.
[[nodiscard]] Result<Person> person_of(const json::Value& claims, const Registration& registration);

}  // namespace kansli::openid
