#include "api/identify.hpp"

#include <string_view>
#include <utility>

#include "access/device.hpp"
#include "api/mount.hpp"
#include "core/ascii.hpp"

namespace kansli::api {

namespace {

constexpr std::string_view bearer = "bearer ";

std::string cookie_value(const http::Request& request, std::string_view name) {
    const auto cookie = request.cookies.find(std::string(name));
    return cookie == request.cookies.end() ? std::string() : cookie->second;
}

// The person of the session cookie, if there is one that holds.
Result<std::optional<access::Visitor>> visitor_of(Services& services, const std::string& token) {
    if (token.empty()) return std::optional<access::Visitor>();
    auto visitor = services.sessions.visitor(token);
    if (visitor) return std::optional(*std::move(visitor));
    if (visitor.error().code == ErrorCode::not_authenticated) return std::optional<access::Visitor>();
    return Failure(visitor.error());
}

Identity identity_of(access::Visitor visitor, std::string token) {
    return {.caller = std::move(visitor.caller),
            .session = std::move(token),
            .session_id = std::move(visitor.session)};
}

// The proxy decides who it is at every request; the session is there for the token that changes need.
Result<std::optional<Identity>> by_proxy(Services& services, const std::string& user_name,
                                         std::optional<access::Visitor> visitor, std::string token) {
    auto named = TRY(services.people.caller_of_user_name(user_name));
    if (!named) return std::optional<Identity>();
    Identity identity{.caller = *std::move(named)};
    if (visitor && visitor->caller.id == identity.caller.id)
        identity = identity_of(*std::move(visitor), std::move(token));
    identity.proxy_user = user_name;
    return std::optional(std::move(identity));
}

}  // namespace

Result<std::optional<Identity>> identify(Services& services, const http::Request& request) {
    const auto authorization = request.header("authorization").value_or("");
    if (to_lower_ascii(authorization.substr(0, bearer.size())) == bearer) {
        auto caller = TRY(services.keys.caller_of(authorization.substr(bearer.size())));
        return std::optional(Identity{.caller = std::move(caller), .by_key = true});
    }
    auto token = cookie_value(request, session_cookie);
    auto visitor = TRY(visitor_of(services, token));
    if (const auto named = services.proxy_header.user(request))
        return by_proxy(services, *named, std::move(visitor), std::move(token));
    // A session that a proxy vouched for is worth nothing when it no longer does.
    if (!visitor || visitor->way == access::SignInWay::proxy) return std::optional<Identity>();
    return std::optional(identity_of(*std::move(visitor), std::move(token)));
}

access::Visit visit_of(const http::Request& request) {
    return {.origin = request.remote_address,
            .device = access::device_words(request.header("user-agent").value_or("")),
            .device_token = cookie_value(request, device_cookie),
            .earlier_session = cookie_value(request, session_cookie)};
}

}  // namespace kansli::api
