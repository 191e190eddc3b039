#pragma once

#include <string>
#include <string_view>

// How bytes are written in tokens, headers and forms.
namespace kansli::openid::detail {

// RFC 4648, section 5, without padding.
[[nodiscard]] std::string base64url(std::string_view bytes);
// RFC 4648, section 4, as headers have it.
[[nodiscard]] std::string base64(std::string_view bytes);
// As a value in a form or a query: all but letters, digits and - . _ ~ is escaped.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace kansli::openid::detail
