#include "api/mount.hpp"

#include <optional>
#include <utility>

#include "api/identify.hpp"
#include "core/hash.hpp"

namespace kansli::api {

namespace {

bool changes_something(http::Method method) {
    return method != http::Method::get && method != http::Method::head;
}

// A foreign page can make the browser send a form with our cookie, but it can neither read the token nor add
// the header. No browser sends a key by itself, so a request with one needs no token.
Result<void> check_origin(const http::Request& request, const Operation& operation,
                          const Identity& identity) {
    if (!changes_something(request.method) || operation.right == Right::anyone || identity.by_key) return {};
    const auto token = request.header("x-kansli-csrf");
    const bool fits =
        token && !identity.session.empty() && equal_secrets(*token, access::csrf_token(identity.session));
    if (fits) return {};
    return fail(ErrorCode::forbidden, "Förfrågan kom inte från Kanslis egen sida.", {},
                "Ladda om sidan och försök igen.");
}

Result<void> check_right(const Operation& operation, const std::optional<Identity>& identity) {
    if (operation.right == Right::anyone) return {};
    if (!identity) {
        return fail(ErrorCode::not_authenticated, "Du är inte inloggad.", {}, "Logga in och försök igen.");
    }
    if (access::may(identity->caller, operation.right)) return {};
    if (identity->by_key) {
        return fail(ErrorCode::forbidden, "API-nyckeln räcker inte för detta.", {},
                    "Använd en nyckel med den rättighet som behövs.");
    }
    return fail(ErrorCode::forbidden, "Dina roller räcker inte för detta.", {},
                "Be en administratör om hjälp.");
}

Result<void> check_body_type(const Route& route, const http::Request& request) {
    if (!route.request || route.request->content_type != "application/json") return {};
    if (request.header("content-type").value_or("").starts_with("application/json")) return {};
    return fail(ErrorCode::unsupported, "Förfrågan ska vara JSON.", "Content-Type",
                "Skicka application/json.");
}

Result<http::Response> handle(const Route& route, Services& services, http::Request& request) {
    Call call{.request = request, .services = services, .sizes = route.operation.sizes};
    const auto identity = TRY(identify(services, request));
    TRY(check_right(route.operation, identity));
    TRY(check_origin(request, route.operation, identity.value_or(Identity{})));
    TRY(check_body_type(route, request));
    TRY(check_query(route.operation, request));
    if (identity) {
        call.caller = identity->caller;
        call.session = identity->session;
        call.session_id = identity->session_id;
        call.proxy_user = identity->proxy_user;
    }
    const bool wants_stream = request.header("accept").value_or("").starts_with("text/event-stream");
    return route.stream && wants_stream ? route.stream(call) : route.handle(call);
}

}  // namespace

void mount(http::Server& server, const RouteTable& table, Services& services) {
    for (const auto& route : table.routes()) {
        server.route(
            route.operation.method, route.operation.path,
            [&route, &services](http::Request& request) {
                auto response = handle(route, services, request);
                return response ? *std::move(response) : route.refuse(response.error(), request.id);
            },
            route.operation.limits);
    }
}

}  // namespace kansli::api
