#include "api/mount.hpp"

#include <optional>
#include <utility>

#include "core/hash.hpp"

namespace kansli::api {

namespace {

bool changes_something(http::Method method) {
    return method != http::Method::get && method != http::Method::head;
}

// A foreign page can make the browser send a form with our cookie, but it can neither read the token nor add
// the header.
Result<void> check_origin(const http::Request& request, const Operation& operation,
                          const std::string& session) {
    if (!changes_something(request.method) || operation.right == Right::anyone) return {};
    const auto token = request.header("x-kansli-csrf");
    if (token && equal_secrets(*token, access::csrf_token(session))) return {};
    return fail(ErrorCode::forbidden, "Förfrågan kom inte från Kanslis egen sida.", {},
                "Ladda om sidan och försök igen.");
}

Result<void> check_right(const Operation& operation, const std::optional<access::Caller>& caller) {
    if (operation.right == Right::anyone) return {};
    if (!caller) {
        return fail(ErrorCode::not_authenticated, "Du är inte inloggad.", {}, "Öppna din inloggningslänk.");
    }
    if (!access::may(*caller, operation.right)) {
        return fail(ErrorCode::forbidden, "Dina roller räcker inte för detta.", {},
                    "Be en administratör om hjälp.");
    }
    return {};
}

Result<void> check_body_type(const Route& route, const http::Request& request) {
    if (!route.request || route.request->content_type != "application/json") return {};
    if (request.header("content-type").value_or("").starts_with("application/json")) return {};
    return fail(ErrorCode::unsupported, "Förfrågan ska vara JSON.", "Content-Type",
                "Skicka application/json.");
}

Result<http::Response> handle(const Route& route, Services& services, http::Request& request) {
    Call call{.request = request, .services = services};
    std::optional<access::Caller> caller;
    if (const auto cookie = request.cookies.find(std::string(session_cookie));
        cookie != request.cookies.end()) {
        auto known = services.people.caller_of_session(cookie->second);
        if (known) {
            caller = *std::move(known);
            call.session = cookie->second;
            call.caller = *caller;
        } else if (known.error().code != ErrorCode::not_authenticated) {
            return Failure(known.error());
        }
    }
    TRY(check_right(route.operation, caller));
    TRY(check_origin(request, route.operation, call.session));
    TRY(check_body_type(route, request));
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
                return response ? *std::move(response) : problem(response.error(), request.id);
            },
            route.operation.limits);
    }
}

}  // namespace kansli::api
