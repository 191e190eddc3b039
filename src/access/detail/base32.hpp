#pragma once

#include <string>
#include <string_view>

namespace kansli::access::detail {

// Base 32 (RFC 4648, section 6) without padding, in capitals.
[[nodiscard]] std::string base32(std::string_view bytes);

}  // namespace kansli::access::detail
