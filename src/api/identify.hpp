#pragma once

#include <optional>
#include <string>

#include "access/caller.hpp"
#include "access/sessions.hpp"
#include "api/services.hpp"
#include "http/message.hpp"

namespace kansli::api {

// Who is behind a request, and how that is known.
struct Identity {
    access::Caller caller{};
    std::string
        session{};  // the session's token; empty with an API key, and when a proxy has named a new guest
    access::SessionId session_id{};
    std::string proxy_user{};
    bool by_key = false;
};

// From the Authorization header when it holds a key, else from a trusted proxy's header, else from the session
// cookie. Nothing when nobody is signed in; not_authenticated for a key that does not work.
[[nodiscard]] Result<std::optional<Identity>> identify(Services& services, const http::Request& request);

// What the browser of a request brings when it signs in.
[[nodiscard]] access::Visit visit_of(const http::Request& request);

}  // namespace kansli::api
