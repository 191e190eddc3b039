#include "access/credentials.hpp"

#include <string>
#include <utility>

#include "access/detail/base32.hpp"
#include "access/detail/credential_rows.hpp"
#include "access/detail/session_rows.hpp"
#include "access/detail/user_rows.hpp"
#include "access/one_time_code.hpp"
#include "core/hash.hpp"
#include "core/log.hpp"

namespace kansli::access {

namespace {

constexpr std::size_t secret_bytes = 20;  // as RFC 4226, section 4, recommends

// An enabled administrator to open the house with: the first one, made when there is none. Nothing when one
// has been in.
Result<std::optional<User>> first_administrator(store::Connection& connection, Timestamp moment) {
    std::optional<User> found;
    for (auto& user : TRY(detail::load_users(connection))) {
        const bool may_open = detail::has_role(user, Role::administrator) && !user.disabled &&
                              !detail::has_role(user, Role::service);
        if (!may_open) continue;
        if (user.last_signed_in) return std::optional<User>();
        if (!found || user.created < found->created) found = std::move(user);
    }
    if (found) return found;
    const User made{.id = UserId(random_token()),
                    .user_name = TRY(detail::free_user_name(connection, "administrator")),
                    .name = "Administratör",
                    .roles = {Role::editor, Role::reviewer, Role::administrator, Role::auditor},
                    .review_kinds = {"*"},
                    .created = moment};
    TRY(detail::insert_user(connection, made));
    return std::optional<User>(made);
}

Failure wrong_code() {
    return fail(ErrorCode::invalid_input, "Koden stämmer inte.", "code",
                "Vänta på nästa kod i appen och försök igen. Kontrollera att telefonens klocka går rätt.");
}

}  // namespace

Credentials::Credentials(store::Database& database, Attempts& attempts, const SecretBox& box, Clock clock,
                         PasswordCost cost)
    : database_(database), attempts_(attempts), box_(box), clock_(std::move(clock)), cost_(cost) {
}

Result<int> Credentials::seal_secrets() {
    int sealed = 0;
    int open = 0;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        auto& row =
            TRY(connection.prepare("SELECT count(*) FROM second_factors WHERE (secret <> '' AND secret "
                                   "NOT LIKE 'box1:%') OR (pending <> '' AND pending NOT LIKE 'box1:%')"))
                .get();
        row.bind();
        TRY(row.step());
        open = static_cast<int>(row.integer(0));
        return {};
    }));
    if (open == 0) return 0;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        sealed = TRY(detail::seal_open_secrets(connection, box_));
        return {};
    }));
    // Sealed they are; when somebody reads for long, what was written over lies in the log a while yet.
    if (const auto wiped = database_.wipe_removed(); !wiped)
        log::warning("Databasen kunde inte skrivas om efter krypteringen: {}", to_line(wiped.error()));
    return sealed;
}

Result<int> Credentials::lost_second_factors() {
    int lost = 0;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        lost = TRY(detail::count_unreadable(connection, box_));
        return {};
    }));
    return lost;
}

Result<SignInLink> Credentials::issue_link(const UserId& id, const Alongside<User>& alongside) {
    SignInLink link;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto user = TRY(detail::load_user(connection, id));
        if (user.disabled) return fail(ErrorCode::conflict, "Kontot är avstängt.", user.user_name);
        if (detail::has_role(user, Role::service)) {
            return fail(ErrorCode::conflict, "Ett tjänstekonto loggar inte in.", user.user_name,
                        "Skapa en API-nyckel till det i stället.");
        }
        link = TRY(detail::make_link(connection, id, clock_()));
        return run_alongside(alongside, connection, user);
    }));
    return link;
}

Result<std::optional<SignInLink>> Credentials::first_administrator_link(const Alongside<User>& alongside) {
    std::optional<SignInLink> link;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto user = TRY(first_administrator(connection, clock_()));
        if (!user) return {};
        link = TRY(detail::make_link(connection, user->id, clock_()));
        return run_alongside(alongside, connection, *user);
    }));
    return link;
}

Result<LocalAccount> Credentials::local_account(const UserId& id) {
    LocalAccount account;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        auto& row = TRY(connection.prepare("SELECT (SELECT changed FROM passwords WHERE user = ?1), "
                                           "(SELECT confirmed FROM second_factors WHERE user = ?1), "
                                           "(SELECT count(*) FROM recovery_codes WHERE user = ?1)"))
                        .get();
        TRY(row.bind(id.str()).step());
        if (!row.is_null(0)) account.password_changed = TRY(parse_timestamp(row.view(0)));
        if (!row.is_null(1)) account.second_factor_since = TRY(parse_timestamp(row.view(1)));
        account.recovery_codes = static_cast<int>(row.integer(2));
        TRY(row.run());
        const auto factor = TRY(detail::second_factor_of(connection, box_, id));
        account.second_factor_lost = factor.confirmed && factor.secret.empty();
        return {};
    }));
    return account;
}

// Only the person can get here, so counting by the account alone locks nobody else out.
Result<Attempt> Credentials::begin_attempt(const UserId& id) {
    Attempt attempt{.origin = {}, .account = id.str(), .known_device = "own account"};
    TRY(attempts_.begin(attempt));
    return attempt;
}

Result<void> Credentials::set_password(const UserId& id, const PasswordChange& change,
                                       const Alongside<User>& alongside) {
    User user;
    std::optional<std::string> earlier;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        user = TRY(detail::load_user(connection, id));
        earlier = TRY(detail::password_hash_of(connection, id));
        return {};
    }));
    if (earlier) {
        const auto attempt = TRY(begin_attempt(id));
        if (!verify_password(change.current, *earlier))
            return fail(ErrorCode::invalid_input, "Det nuvarande lösenordet stämmer inte.", "current",
                        "Har du glömt det? Be en administratör att återställa din inloggning.");
        attempts_.succeeded(attempt);
    }
    TRY(check_new_password(change.wanted, user.user_name, user.name));
    const auto hash = TRY(hash_password(change.wanted, cost_));
    return database_.write([&](store::Connection& connection) -> Result<void> {
        if (TRY(detail::password_hash_of(connection, id)) != earlier)
            return fail(ErrorCode::conflict, "Lösenordet ändrades nyss på ett annat ställe.");
        TRY(
            connection.execute("INSERT INTO passwords VALUES (?1, ?2, ?3) ON CONFLICT (user) "
                               "DO UPDATE SET hash = excluded.hash, changed = excluded.changed",
                               id.str(), hash, to_string(clock_())));
        TRY(detail::end_other_sessions(connection, id, change.session));
        return run_alongside(alongside, connection, user);
    });
}

Result<void> Credentials::require_code(store::Connection& connection, const UserId& id,
                                       std::string_view code) {
    if (!TRY(detail::use_code(connection, box_, id, code, clock_()))) return wrong_code();
    return {};
}

Result<std::string> Credentials::begin_second_factor(const UserId& id, std::string_view code) {
    const auto attempt = TRY(begin_attempt(id));
    const auto secret = random_bytes(secret_bytes);
    const auto sealed = TRY(box_.seal(secret, id.str()));
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        if (!TRY(detail::password_hash_of(connection, id)))
            return fail(ErrorCode::conflict, "Välj ett lösenord först.");
        if (TRY(detail::second_factor_of(connection, box_, id)).confirmed)
            TRY(require_code(connection, id, code));
        return connection.execute(
            "INSERT INTO second_factors (user, pending) VALUES (?1, ?2) "
            "ON CONFLICT (user) DO UPDATE SET pending = excluded.pending",
            id.str(), sealed);
    }));
    attempts_.succeeded(attempt);
    return detail::base32(secret);
}

Result<std::vector<std::string>> Credentials::confirm_second_factor(const UserId& id, std::string_view code,
                                                                    const Alongside<User>& alongside) {
    const auto attempt = TRY(begin_attempt(id));
    const auto moment = clock_();
    std::vector<std::string> codes;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto factor = TRY(detail::second_factor_of(connection, box_, id));
        if (factor.pending.empty())
            return fail(ErrorCode::conflict, "Det finns ingen ny kod att bekräfta.", {}, "Börja om.");
        const auto step = matching_step(factor.pending, code, moment, 0);
        if (!step) return wrong_code();
        TRY(
            connection.execute("UPDATE second_factors SET secret = pending, pending = '', confirmed = ?2, "
                               "last_step = ?3 WHERE user = ?1",
                               id.str(), to_string(moment), *step));
        codes = TRY(detail::make_recovery_codes(connection, id));
        return run_alongside(alongside, connection, TRY(detail::load_user(connection, id)));
    }));
    attempts_.succeeded(attempt);
    return codes;
}

Result<std::vector<std::string>> Credentials::renew_recovery_codes(const UserId& id, std::string_view code,
                                                                   const Alongside<User>& alongside) {
    const auto attempt = TRY(begin_attempt(id));
    std::vector<std::string> codes;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        if (!TRY(detail::second_factor_of(connection, box_, id)).confirmed)
            return fail(ErrorCode::conflict, "Koppla en app i telefonen först.");
        TRY(require_code(connection, id, code));
        codes = TRY(detail::make_recovery_codes(connection, id));
        return run_alongside(alongside, connection, TRY(detail::load_user(connection, id)));
    }));
    attempts_.succeeded(attempt);
    return codes;
}

Result<void> Credentials::reset(const UserId& id, const Alongside<User>& alongside) {
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const auto user = TRY(detail::load_user(connection, id));
        TRY(connection.execute("DELETE FROM passwords WHERE user = ?1", id.str()));
        TRY(connection.execute("DELETE FROM second_factors WHERE user = ?1", id.str()));
        TRY(connection.execute("DELETE FROM recovery_codes WHERE user = ?1", id.str()));
        TRY(connection.execute("DELETE FROM external_identities WHERE user = ?1", id.str()));
        TRY(detail::end_everything_of(connection, id));
        return run_alongside(alongside, connection, user);
    });
}

}  // namespace kansli::access
