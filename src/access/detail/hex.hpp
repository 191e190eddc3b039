#pragma once

#include <string>
#include <string_view>

namespace kansli::access::detail {

// Two lower-case hexadecimal digits a byte.
[[nodiscard]] std::string hex_of(std::string_view raw);
// Nothing when it is anything else.
[[nodiscard]] std::string raw_of_hex(std::string_view hex);

}  // namespace kansli::access::detail
