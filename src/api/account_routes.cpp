#include <string>
#include <utility>

#include "access/one_time_code.hpp"
#include "api/account_messages.hpp"
#include "api/noted.hpp"
#include "api/routes.hpp"

namespace kansli::api {

namespace {

using access::SessionId;
using access::UserId;

SessionRow session_row(const access::Session& session, const SessionId& current) {
    return {.id = session.id.str(),
            .user_name = session.user_name,
            .name = session.name,
            .device = session.device,
            .way = session.way,
            .created = session.created,
            .last_used = session.last_used,
            .expires = session.expires,
            .current = session.id == current};
}

SessionList session_list(const std::vector<access::Session>& sessions, const SessionId& current) {
    SessionList list;
    for (const auto& session : sessions)
        list.sessions.push_back(session_row(session, current));
    return list;
}

// The subject is the person; which session of theirs stands in the content.
access::Alongside<access::Session> session_end_noted(const Call& call) {
    return [&record = call.services.record, who = call.caller](
               store::Connection& connection, const access::Session& session) -> Result<void> {
        TRY(record.append(connection, who, "session_ended", session.user.str(),
                          json::write(session_row(session, {})), now()));
        return {};
    };
}

Result<Nothing> end_session(Call& call, const std::optional<UserId>& owner) {
    TRY(call.services.sessions.end_one(SessionId{call.path_value("session")}, owner,
                                       session_end_noted(call)));
    return Nothing{};
}

Result<AccountView> show_account(Call& call, Nothing /*request*/) {
    const auto user = TRY(call.services.people.user(call.caller.id));
    const auto local = TRY(call.services.credentials.local_account(user.id));
    return AccountView{.user_name = user.user_name,
                       .name = user.name,
                       .email = user.email,
                       .password_changed = local.password_changed,
                       .second_factor_since = local.second_factor_since,
                       .second_factor_lost = local.second_factor_lost,
                       .recovery_codes = local.recovery_codes};
}

Result<Nothing> set_password(Call& call, PasswordForm form) {
    TRY(call.services.credentials.set_password(call.caller.id,
                                               {.current = std::move(form.current).value_or(""),
                                                .wanted = std::move(form.password),
                                                .session = call.session_id},
                                               noted<access::User>(call, "password_changed")));
    return Nothing{};
}

Result<FactorSetup> begin_second_factor(Call& call, CodeForm form) {
    auto secret = TRY(call.services.credentials.begin_second_factor(call.caller.id, form.code.value_or("")));
    const auto issuer = "Kansli " + call.services.municipality;
    return FactorSetup{.secret = secret,
                       .address = access::authenticator_address(issuer, call.caller.user_name, secret)};
}

void add_credential_routes(RouteTable& table) {
    table.add<Nothing, AccountView>(
        {http::Method::get, "/api/account", "getAccount", "Mitt konto.", Right::account}, show_account);
    table.add<PasswordForm, Nothing>({http::Method::put, "/api/account/password", "setPassword",
                                      "Välj lösenord. Mina andra inloggningar avslutas.", Right::account},
                                     set_password, 204);
    table.add<CodeForm, FactorSetup>(
        {http::Method::post, "/api/account/second-factor", "beginSecondFactor",
         "En ny hemlighet till en autentiseringsapp. Den gäller när den har bekräftats.", Right::account},
        begin_second_factor);
    table.add<CodeForm, RecoveryCodes>(
        {http::Method::put, "/api/account/second-factor", "confirmSecondFactor",
         "Bekräfta appen med en kod ur den. Svaret är nya reservkoder, som visas bara nu.", Right::account},
        [](Call& call, CodeForm form) -> Result<RecoveryCodes> {
            return RecoveryCodes{TRY(call.services.credentials.confirm_second_factor(
                call.caller.id, form.code.value_or(""),
                noted<access::User>(call, "second_factor_confirmed")))};
        });
    table.add<CodeForm, RecoveryCodes>(
        {http::Method::post, "/api/account/recovery-codes", "renewRecoveryCodes",
         "Nya reservkoder. De gamla slutar gälla.", Right::account},
        [](Call& call, CodeForm form) -> Result<RecoveryCodes> {
            return RecoveryCodes{TRY(call.services.credentials.renew_recovery_codes(
                call.caller.id, form.code.value_or(""),
                noted<access::User>(call, "recovery_codes_renewed")))};
        });
}

}  // namespace

void add_account_routes(RouteTable& table) {
    add_credential_routes(table);
    table.add<Nothing, SessionList>(
        {http::Method::get, "/api/account/sessions", "listOwnSessions", "Var jag är inloggad.",
         Right::account},
        [](Call& call, Nothing) -> Result<SessionList> {
            return session_list(TRY(call.services.sessions.sessions_of(call.caller.id)), call.session_id);
        });
    table.add<Nothing, Nothing>(
        {http::Method::del, "/api/account/sessions", "endOtherSessions",
         "Avsluta mina inloggningar på andra ställen.", Right::account},
        [](Call& call, Nothing) -> Result<Nothing> {
            TRY(call.services.sessions.end_others(call.caller.id, call.session_id,
                                                  noted<access::User>(call, "other_sessions_ended")));
            return Nothing{};
        },
        204);
    table.add<Nothing, Nothing>(
        {http::Method::del, "/api/account/sessions/{session}", "endOwnSession",
         "Avsluta en av mina inloggningar.", Right::account},
        [](Call& call, Nothing) { return end_session(call, call.caller.id); }, 204);
    table.add<Nothing, SessionList>(
        {http::Method::get, "/api/sessions", "listSessions", "Alla som är inloggade.", Right::administer},
        [](Call& call, Nothing) -> Result<SessionList> {
            return session_list(TRY(call.services.sessions.all()), call.session_id);
        });
    table.add<Nothing, Nothing>(
        {http::Method::del, "/api/sessions/{session}", "endSession", "Avsluta någons inloggning.",
         Right::administer},
        [](Call& call, Nothing) { return end_session(call, std::nullopt); }, 204);
}

}  // namespace kansli::api
