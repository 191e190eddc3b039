#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kansli::extract::detail {

// The delimiter that divides the first lines most evenly: one of ; , tab and |.
[[nodiscard]] char guess_delimiter(std::string_view text);

// One record of RFC 4180 from the front of `text`, which moves past it: quoted cells, doubled quotes, line
// breaks inside quotes.
[[nodiscard]] std::vector<std::string> take_record(std::string_view& text, char delimiter);

}  // namespace kansli::extract::detail
