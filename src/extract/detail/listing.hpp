#pragma once

#include <string>

#include "extract/extract.hpp"

namespace kansli::extract::detail {

// An extract as lines that a person can read and compare: "heading 2 | 3.2 Avgifter". Used by tests and by people at the command
// line; not a format that anything reads back.
[[nodiscard]] std::string listing(const Extract& extract);

}  // namespace kansli::extract::detail
