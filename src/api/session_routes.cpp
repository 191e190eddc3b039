#include <string>
#include <utility>

#include <fmt/format.h>

#include "api/messages.hpp"
#include "api/mount.hpp"
#include "api/routes.hpp"

namespace kansli::api {

User view(const access::Caller& caller) {
    User user{.id = caller.id.str(),
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

std::string cookie(const Services& services, const std::string& token, long seconds) {
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", session_cookie, token,
                       seconds, services.secure_cookies ? "; Secure" : "");
}

Result<http::Response> sign_in(Call& call) {
    const auto body = TRY(json::read<SignIn>(call.request.body));
    const auto note = [&](store::Connection& connection, const access::User& user) -> Result<void> {
        const access::Caller who{.id = user.id, .name = user.name, .roles = user.roles};
        TRY(call.services.record.append(connection, who, "signed_in", user.id.str(), "{}", now()));
        return {};
    };
    const auto session = TRY(call.services.people.redeem_link(body.token, call.request.remote_address, note));
    return http::Response::json(json::write(session_view(call.services, session.caller, session.token)))
        .with("Set-Cookie", cookie(call.services, session.token, access::session_seconds))
        .with("Cache-Control", "no-store");
}

}  // namespace

void add_session_routes(RouteTable& table) {
    table.add<Nothing, SessionView>({http::Method::get, "/api/session", "getSession", "Vem som är inloggad."},
                                    [](Call& call, Nothing) -> Result<SessionView> {
                                        return session_view(call.services, call.caller, call.session);
                                    });
    table.add_response<SignIn, SessionView>(
        {http::Method::post, "/api/session", "signIn", "Logga in med en engångslänk.", Right::anyone},
        [](Call& call) { return sign_in(call); });
    table.add_response<Nothing, Nothing>(
        {http::Method::del, "/api/session", "signOut", "Logga ut."},
        [](Call& call) -> Result<http::Response> {
            TRY(call.services.people.end_session(call.session));
            return http::Response::no_content().with("Set-Cookie", cookie(call.services, "", 0));
        },
        204);
}

}  // namespace kansli::api
