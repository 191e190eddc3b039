#include "api/sign_in_cookies.hpp"

#include <fmt/format.h>

#include "api/mount.hpp"

namespace kansli::api {

std::string cookie_text(const Services& services, const Cookie& cookie) {
    return fmt::format("{}={}; Path={}; HttpOnly; SameSite={}; Max-Age={}{}", cookie.name, cookie.value,
                       cookie.path, cookie.same_site, cookie.seconds,
                       services.secure_cookies ? "; Secure" : "");
}

void add_sign_in_cookies(http::Response& response, const Services& services,
                         const access::SignedIn& signed_in) {
    const Cookie session{session_cookie, signed_in.token, access::session_seconds};
    const Cookie device{device_cookie, signed_in.device_token, access::device_seconds};
    response.with("Set-Cookie", cookie_text(services, session))
        .with("Set-Cookie", cookie_text(services, device))
        .with("Cache-Control", "no-store");
}

}  // namespace kansli::api
