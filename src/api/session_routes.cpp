#include <string>
#include <utility>

#include "api/account_messages.hpp"
#include "api/identify.hpp"
#include "api/messages.hpp"
#include "api/mount.hpp"
#include "api/routes.hpp"
#include "api/sign_in_cookies.hpp"

namespace kansli::api {

User view(const access::Caller& caller) {
    User user{.id = caller.id.str(),
              .user_name = caller.user_name,
              .name = caller.name,
              .roles = caller.roles,
              .groups = caller.groups,
              .department = caller.department,
              .review_kinds = caller.review_kinds,
              .rights = {}};
    for (const Right right : json::enum_values<Right>())
        if (right != Right::anyone && access::may(caller, right)) user.rights.push_back(right);
    return user;
}

namespace {

SessionView session_view(const Services& services, const access::Caller& caller, const std::string& session) {
    return {.user = view(caller),
            .csrf = access::csrf_token(session),
            .version = KANSLI_VERSION,
            .municipality = services.municipality};
}

http::Response signed_in_response(const Services& services, const access::SignedIn& signed_in) {
    auto response =
        http::Response::json(json::write(session_view(services, signed_in.caller, signed_in.token)));
    add_sign_in_cookies(response, services, signed_in);
    return response;
}

access::Alongside<access::User> sign_in_noted(const Call& call, access::SignInWay way,
                                              const std::string& device) {
    return [&record = call.services.record, content = json::write(SignInNote{way, device})](
               store::Connection& connection, const access::User& user) -> Result<void> {
        const access::Caller who{
            .id = user.id, .name = user.name, .roles = user.roles, .user_name = user.user_name};
        TRY(record.append(connection, who, "signed_in", user.id.str(), content, now()));
        return {};
    };
}

Result<http::Response> sign_in_with_link(Call& call) {
    const auto body = TRY(call.body<SignIn>());
    const auto visit = visit_of(call.request);
    return signed_in_response(
        call.services, TRY(call.services.sign_in.with_link(
                           body.token, visit, sign_in_noted(call, access::SignInWay::link, visit.device))));
}

Result<http::Response> sign_in_with_password(Call& call) {
    auto body = TRY(call.body<PasswordSignIn>());
    const auto visit = visit_of(call.request);
    return signed_in_response(call.services,
                              TRY(call.services.sign_in.with_password(
                                  {.user_name = std::move(body.user_name),
                                   .password = std::move(body.password),
                                   .code = std::move(body.code)},
                                  visit, sign_in_noted(call, access::SignInWay::password, visit.device))));
}

// Whom a proxy has named gets a session here, for the sake of the token that changes need.
Result<http::Response> show_session(Call& call) {
    if (call.session.empty() && !call.proxy_user.empty()) {
        const auto visit = visit_of(call.request);
        return signed_in_response(
            call.services,
            TRY(call.services.sign_in.by_proxy(call.proxy_user, visit,
                                               sign_in_noted(call, access::SignInWay::proxy, visit.device))));
    }
    return response_of(session_view(call.services, call.caller, call.session), 200);
}

access::Alongside<access::Session> sign_out_noted(const Call& call) {
    return [&record = call.services.record, who = call.caller](
               store::Connection& connection, const access::Session& session) -> Result<void> {
        TRY(record.append(connection, who, "signed_out", session.user.str(), "{}", now()));
        return {};
    };
}

}  // namespace

void add_session_routes(RouteTable& table) {
    table.add_response<Nothing, SessionView>(
        {http::Method::get, "/api/session", "getSession", "Vem som är inloggad.", Right::account},
        show_session);
    table.add_response<SignIn, SessionView>(
        {http::Method::post, "/api/session", "signIn", "Logga in med en engångslänk.", Right::anyone},
        sign_in_with_link);
    table.add_response<PasswordSignIn, SessionView>(
        {http::Method::post, "/api/session/password", "signInWithPassword",
         "Logga in med användarnamn, lösenord och kod.", Right::anyone},
        sign_in_with_password);
    table.add_response<Nothing, Nothing>(
        {http::Method::del, "/api/session", "signOut", "Logga ut.", Right::account},
        [](Call& call) -> Result<http::Response> {
            TRY(call.services.sessions.end(call.session, sign_out_noted(call)));
            return http::Response::no_content().with("Set-Cookie",
                                                     cookie_text(call.services, {session_cookie, ""}));
        },
        204);
}

}  // namespace kansli::api
