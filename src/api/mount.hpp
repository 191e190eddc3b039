#pragma once

#include <string>
#include <string_view>

#include "api/route_table.hpp"
#include "api/services.hpp"
#include "http/server.hpp"

namespace kansli::api {

// The cookie that holds the session's token, and the one that a browser is known by when it comes again.
inline constexpr std::string_view session_cookie = "kansli_session";
inline constexpr std::string_view device_cookie = "kansli_device";

// Hangs every route of the table on the server behind the same gate: who asks, may they, does the page that
// asks belong to us. `table` and `services` outlive the server.
void mount(http::Server& server, const RouteTable& table, Services& services);

}  // namespace kansli::api
