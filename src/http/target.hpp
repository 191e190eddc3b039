#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace kansli::http {

// What stands after the method in a request line, taken apart and decoded.
struct Target {
    std::string path{};                   // decoded, begins with "/"
    std::vector<std::string> segments{};  // what stands between the slashes; none for "/"
    std::vector<std::pair<std::string, std::string>> query{};
};

// Strict: a "%" without two digits, ill-formed UTF-8, control characters, an encoded slash, a backslash, and
// the segments
// "." and ".." are invalid_input, so that a path can never mean another place than it says.
[[nodiscard]] Result<Target> parse_target(std::string_view text);

// "a=1&b=x+y" as pairs in their order; "+" is a space. Also the body of application/x-www-form-urlencoded.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view text);

// The value of a Cookie header; what is no pair is left out, and the first of two with the same name counts.
[[nodiscard]] std::map<std::string, std::string> parse_cookies(std::string_view text);

// "%C3%A5" to "å". invalid_input for a "%" without two digits, control characters and ill-formed UTF-8.
[[nodiscard]] Result<std::string> percent_decode(std::string_view text);

}  // namespace kansli::http
