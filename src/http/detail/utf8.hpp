#pragma once

#include <cstddef>
#include <string_view>

namespace kansli::http::detail {

// True when the bytes are well-formed UTF-8 (Unicode 15, table 3-7).
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace kansli::http::detail
