#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace kansli::http::detail {

// "form-data; name=\"a\"; filename=b": calls `take` with each parameter's name (lower case) and value (without quotes;
// \" is "). False when the text is malformed or a parameter comes twice.
[[nodiscard]] bool read_parameters(std::string_view text,
                                   const std::function<void(const std::string&, std::string)>& take);

}  // namespace kansli::http::detail
