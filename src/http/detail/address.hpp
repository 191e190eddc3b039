#pragma once

#include <cstdint>
#include <string_view>

#include <sys/socket.h>

namespace kansli::http::detail {

// True when the address belongs to the internet at large; false for loopback, private, link-local, multicast, documentation
// and transition addresses, and for what is no IP address.
[[nodiscard]] bool is_public(const sockaddr& address);
[[nodiscard]] bool is_public(std::string_view text);

}  // namespace kansli::http::detail
