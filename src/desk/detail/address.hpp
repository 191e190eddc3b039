#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace kansli::desk::detail {

// invalid_input for what is not one plain mail address. Whether it exists is the mail server's to say.
[[nodiscard]] Result<void> check_address(const std::string& address, std::string_view field);

}  // namespace kansli::desk::detail
