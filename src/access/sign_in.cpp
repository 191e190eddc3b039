#include "access/sign_in.hpp"

#include <optional>
#include <utility>

#include "access/detail/credential_rows.hpp"
#include "access/detail/names.hpp"
#include "access/detail/session_rows.hpp"
#include "access/detail/user_rows.hpp"
#include "core/ascii.hpp"
#include "core/hash.hpp"

namespace kansli::access {

namespace {

Failure nothing_fits() {
    return fail(ErrorCode::not_authenticated, "Användarnamnet, lösenordet eller koden stämmer inte.", {},
                "Försök igen, eller be en administratör om en inloggningslänk.");
}

bool may_enter(const User& user) {
    return !user.disabled && !detail::has_role(user, Role::service);
}

}  // namespace

// Who has been named, as far as that can be known without having believed a word.
struct SignIn::Candidate {
    std::optional<UserId> user{};  // when there is such a person with a password and a second factor
    std::string hash{};            // theirs, or the decoy
    bool code_fits = false;
    Attempt attempt{};
};

SignIn::SignIn(store::Database& database, Attempts& attempts, const SecretBox& box, Clock clock,
               PasswordCost cost)
    : database_(database),
      attempts_(attempts),
      box_(box),
      clock_(std::move(clock)),
      decoy_(decoy_hash(cost)) {
}

Result<SignedIn> SignIn::with_link(std::string_view token, const Visit& visit,
                                   const Alongside<User>& alongside) {
    const auto attempt = TRY(detail::attempt_of(database_, visit));
    TRY(attempts_.begin(attempt));
    SignedIn signed_in;
    const auto moment = clock_();
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto user = TRY(detail::take_link(connection, token, moment));
        signed_in = TRY(detail::start_session(connection, user, SignInWay::link, visit, moment));
        return run_alongside(alongside, connection, user);
    }));
    attempts_.succeeded(attempt);
    return signed_in;
}

Result<SignIn::Candidate> SignIn::find_candidate(const PasswordAndCode& shown, const Visit& visit) {
    Candidate candidate{.user = {}, .hash = decoy_};
    // What cannot be a user name is counted as one name, so that long ones do not fill the memory.
    const auto name = detail::clean_user_name(shown.user_name).value_or("?");
    candidate.attempt = {.origin = visit.origin, .account = name, .known_device = {}};
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        if (TRY(detail::is_known_device(connection, visit.device_token, name)))
            candidate.attempt.known_device = sha256(visit.device_token);
        const auto user = TRY(detail::find_user(connection, name));
        if (!user || !may_enter(*user)) return {};
        const auto hash = TRY(detail::password_hash_of(connection, user->id));
        const auto factor = TRY(detail::second_factor_of(connection, box_, user->id));
        if (!hash || !factor.confirmed) return {};
        candidate.user = user->id;
        candidate.hash = *hash;
        candidate.code_fits = TRY(detail::code_fits(connection, box_, user->id, shown.code, clock_()));
        return {};
    }));
    return candidate;
}

Result<SignedIn> SignIn::with_password(const PasswordAndCode& shown, const Visit& visit,
                                       const Alongside<User>& alongside) {
    const auto candidate = TRY(find_candidate(shown, visit));
    TRY(attempts_.begin(candidate.attempt));
    // No transaction is open meanwhile: this takes long, and is meant to.
    const bool password_fits = verify_password(shown.password, candidate.hash);
    if (!candidate.user || !password_fits || !candidate.code_fits) return nothing_fits();
    SignedIn signed_in;
    const auto moment = clock_();
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto user = TRY(detail::load_user(connection, *candidate.user));
        const bool unchanged = TRY(detail::password_hash_of(connection, user.id)) == candidate.hash;
        if (!may_enter(user) || !unchanged ||
            !TRY(detail::use_code(connection, box_, user.id, shown.code, moment)))
            return nothing_fits();
        signed_in = TRY(detail::start_session(connection, user, SignInWay::password, visit, moment));
        return run_alongside(alongside, connection, user);
    }));
    attempts_.succeeded(candidate.attempt);
    return signed_in;
}

Result<SignedIn> SignIn::by_proxy(std::string_view user_name, const Visit& visit,
                                  const Alongside<User>& alongside) {
    SignedIn signed_in;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto user = TRY(detail::find_user(connection, to_lower_ascii(user_name)));
        if (!user || !may_enter(*user)) return nothing_fits();
        signed_in = TRY(detail::start_session(connection, *user, SignInWay::proxy, visit, clock_()));
        return run_alongside(alongside, connection, *user);
    }));
    return signed_in;
}

}  // namespace kansli::access
