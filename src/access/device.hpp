#pragma once

#include <string>
#include <string_view>

namespace kansli::access {

// The browser and the system that a User-Agent header tells of, such as "Firefox, Windows": enough for a
// person to know their own devices by, and too little to follow anybody with. Empty when it tells neither.
[[nodiscard]] std::string device_words(std::string_view user_agent);

}  // namespace kansli::access
