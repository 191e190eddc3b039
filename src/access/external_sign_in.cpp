#include "access/external_sign_in.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "access/detail/grant_rows.hpp"
#include "access/detail/names.hpp"
#include "access/detail/session_rows.hpp"
#include "access/detail/user_rows.hpp"
#include "core/ascii.hpp"
#include "core/hash.hpp"
#include "core/visible_text.hpp"

namespace kansli::access {

namespace {

constexpr std::size_t secret_size = 32;
constexpr std::size_t longest_path = 1000;
constexpr int most_pending = 10'000;

Failure no_such_sign_in() {
    return fail(ErrorCode::not_authenticated,
                "Inloggningen har gått ut eller börjades i en annan webbläsare.", {}, "Börja om.");
}

Failure no_account() {
    return fail(ErrorCode::not_found, "Du har inget konto i Kansli.", {}, "Be en administratör om ett.");
}

Failure opens_nothing() {
    return fail(ErrorCode::forbidden, "Ditt konto ger ingen behörighet.", {},
                "Be en administratör om hjälp.");
}

// The one that `sql` finds. When there are several, what vouches for them says nothing, and nobody gets in by it.
Result<std::optional<UserId>> only_one(store::Connection& connection, std::string_view sql,
                                       const std::string& value) {
    std::vector<UserId> found;
    auto& rows = TRY(connection.prepare(sql)).get();
    rows.bind(value);
    while (TRY(rows.step()))
        found.emplace_back(rows.text(0));
    if (found.size() > 1) return no_account();
    return found.empty() ? std::optional<UserId>() : std::optional(found.front());
}

Result<std::optional<UserId>> linked_user(store::Connection& connection, const ExternalPerson& person) {
    auto& rows =
        TRY(connection.prepare("SELECT user FROM external_identities WHERE issuer = ?1 AND subject = ?2"))
            .get();
    if (!TRY(rows.bind(person.issuer, person.subject).step())) return std::optional<UserId>();
    std::optional user{UserId(rows.text(0))};
    TRY(rows.run());
    return user;
}

// By what vouches for the person, the surest first.
Result<std::optional<UserId>> vouched_user(store::Connection& connection, const ExternalPerson& person) {
    for (const auto& identifier : person.identifiers) {
        if (auto user = TRY(only_one(
                connection, "SELECT user FROM provisioned_people WHERE external_id = ?1 AND removed = 0",
                identifier)))
            return user;
    }
    if (!person.user_name.empty()) {
        if (auto user = TRY(only_one(connection, "SELECT id FROM users WHERE user_name = ?1",
                                     to_lower_ascii(person.user_name))))
            return user;
    }
    if (person.email.empty()) return std::optional<UserId>();
    return only_one(connection, "SELECT id FROM users WHERE lower(email) = ?1", to_lower_ascii(person.email));
}

Result<bool> is_linked(store::Connection& connection, const UserId& user, const std::string& issuer) {
    auto& rows =
        TRY(connection.prepare("SELECT 1 FROM external_identities WHERE user = ?1 AND issuer = ?2")).get();
    const bool linked = TRY(rows.bind(user.str(), issuer).step());
    TRY(rows.run());
    return linked;
}

Result<void> link_user(store::Connection& connection, const UserId& user, const ExternalPerson& person,
                       Timestamp moment) {
    return connection.execute("INSERT INTO external_identities VALUES (?1, ?2, ?3, ?4)", person.issuer,
                              person.subject, user.str(), to_string(moment));
}

Result<User> create_from(store::Connection& connection, const ExternalPerson& person, Timestamp moment) {
    const auto& shown = person.name.empty() ? person.suggested_name : person.name;
    User user{.id = UserId(random_token()), .roles = {Role::reader}, .created = moment};
    // Nobody who signs in can mend what the directory calls them, so that hidden signs are left out and not refused.
    user.name = TRY(detail::clean_name(visible_text(shown.empty() ? person.email : shown), "name"));
    user.email = detail::clean_email(person.email).value_or("");
    const auto wanted = detail::clean_user_name(person.suggested_name);
    user.user_name =
        TRY(detail::free_user_name(connection, wanted ? *wanted : detail::user_name_from(user.name)));
    TRY(detail::insert_user(connection, user));
    return detail::load_user(connection, user.id);
}

struct Found {
    User user{};
    std::vector<ExternalChange> changes{};
};

Result<Found> find_or_create(store::Connection& connection, const ExternalPerson& person, bool create,
                             Timestamp moment) {
    if (const auto known = TRY(linked_user(connection, person)))
        return Found{.user = TRY(detail::load_user(connection, *known))};
    if (const auto vouched = TRY(vouched_user(connection, person))) {
        // An address or a name can be given to somebody new at the provider. The account stays with the one it had.
        if (TRY(is_linked(connection, *vouched, person.issuer))) return no_account();
        auto user = TRY(detail::load_user(connection, *vouched));
        if (detail::has_role(user, Role::service)) return no_account();
        TRY(link_user(connection, user.id, person, moment));
        return Found{.user = std::move(user), .changes = {ExternalChange::linked}};
    }
    if (!create) return no_account();
    auto user = TRY(create_from(connection, person, moment));
    TRY(link_user(connection, user.id, person, moment));
    return Found{.user = std::move(user), .changes = {ExternalChange::created, ExternalChange::linked}};
}

}  // namespace

bool is_local_path(std::string_view path) {
    if (path.empty() || path.front() != '/' || path.size() > longest_path) return false;
    const bool is_plain = std::ranges::all_of(path, [](char c) { return c > ' ' && c < 0x7F && c != '\\'; });
    return is_plain && !path.starts_with("//") && !path.starts_with("/api/") && !path.starts_with("/scim/");
}

ExternalSignIn::ExternalSignIn(store::Database& database, Attempts& attempts, GrantRules rules,
                               bool create_people, Clock clock)
    : database_(database),
      attempts_(attempts),
      rules_(std::move(rules)),
      create_people_(create_people),
      clock_(std::move(clock)) {
}

Result<BegunSignIn> ExternalSignIn::begin(const std::string& issuer, const std::string& return_path,
                                          const Visit& visit) {
    TRY(attempts_.begin(TRY(detail::attempt_of(database_, visit))));
    BegunSignIn begun{.state = random_token(secret_size),
                      .browser = random_token(secret_size),
                      .nonce = random_token(secret_size),
                      .verifier = random_token(secret_size)};
    const auto moment = clock_();
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        TRY(connection.execute("DELETE FROM pending_sign_ins WHERE expires <= ?1", to_string(moment)));
        TRY(connection.execute(
            "DELETE FROM pending_sign_ins WHERE hash IN (SELECT hash FROM pending_sign_ins "
            "ORDER BY expires DESC LIMIT -1 OFFSET ?1)",
            most_pending));
        return connection.execute("INSERT INTO pending_sign_ins VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                                  sha256(begun.state), sha256(begun.browser), issuer, begun.nonce,
                                  begun.verifier, is_local_path(return_path) ? return_path : "/",
                                  to_string(moment + pending_lifetime));
    }));
    return begun;
}

Result<PendingSignIn> ExternalSignIn::take(std::string_view state, std::string_view browser,
                                           const Visit& visit) {
    const auto attempt = TRY(detail::attempt_of(database_, visit));
    TRY(attempts_.begin(attempt));
    std::optional<PendingSignIn> pending;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        auto& rows =
            TRY(connection.prepare("DELETE FROM pending_sign_ins WHERE hash = ?1 AND browser = ?2 AND "
                                   "expires > ?3 RETURNING issuer, nonce, verifier, return_path"))
                .get();
        if (!TRY(rows.bind(sha256(state), sha256(browser), to_string(clock_())).step())) return {};
        pending = PendingSignIn{.issuer = rows.text(0),
                                .nonce = rows.text(1),
                                .verifier = rows.text(2),
                                .return_path = rows.text(3)};
        return rows.run();
    }));
    if (!pending) return no_such_sign_in();
    // That it was begun is forgiven; that this is a try is not, until somebody has come in.
    attempts_.succeeded(attempt);
    return *std::move(pending);
}

Result<SignedIn> ExternalSignIn::enter(const ExternalPerson& person, const Visit& visit, const Notes& notes) {
    const auto moment = clock_();
    const auto attempt = TRY(detail::attempt_of(database_, visit));
    std::optional<SignedIn> signed_in;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        auto [user, changes] = TRY(find_or_create(connection, person, create_people_, moment));
        if (user.disabled) return opens_nothing();
        if (TRY(detail::follow_groups(connection, user, GrantSource::openid, rules_, person.groups)))
            changes.push_back(ExternalChange::changed);
        // What the groups have taken away is gone, whether anything is left to come in with or not.
        if (!user.roles.empty()) {
            changes.push_back(ExternalChange::signed_in);
            signed_in = TRY(detail::start_session(connection, user, SignInWay::openid, visit, moment));
        }
        for (const auto change : changes) {
            if (notes) TRY(notes(connection, user, change));
        }
        return {};
    }));
    if (!signed_in) return opens_nothing();
    attempts_.succeeded(attempt);
    return *std::move(signed_in);
}

}  // namespace kansli::access
