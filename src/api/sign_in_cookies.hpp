#pragma once

#include <string>
#include <string_view>

#include "access/sessions.hpp"
#include "api/services.hpp"
#include "http/message.hpp"

namespace kansli::api {

struct Cookie {
    std::string_view name{};
    std::string value{};
    long seconds = 0;  // 0: the browser forgets it
    std::string_view path = "/";
    std::string_view same_site = "Strict";
};

// The value of Set-Cookie. No script sees the cookie, and over TLS it never leaves the encryption.
[[nodiscard]] std::string cookie_text(const Services& services, const Cookie& cookie);

// The cookies of whoever has just signed in.
void add_sign_in_cookies(http::Response& response, const Services& services,
                         const access::SignedIn& signed_in);

}  // namespace kansli::api
