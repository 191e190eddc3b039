#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace kansli {

// The values of a TOML file (toml.io, 1.0) as text, for the small files that people write: settings and
// sidecars. A list gives several values, a single value one; keys inside a table are "table.key". Dates come
// as 2026-01-31.
using TomlValues = std::map<std::string, std::vector<std::string>>;

// invalid_input names `where` and the line that is wrong.
[[nodiscard]] Result<TomlValues> parse_toml(std::string_view text, std::string_view where);

}  // namespace kansli
