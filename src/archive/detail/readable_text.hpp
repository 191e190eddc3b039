#pragma once

#include <string>
#include <string_view>

namespace kansli::archive::detail {

// The texts in JSON, a line each and in order, without names of members and escapes: what a person would read. The text itself
// when it is not JSON.
[[nodiscard]] std::string readable_text(std::string_view json_text);

// JSON as lines "name: value", indented by what they belong to, for people who do not read JSON.
[[nodiscard]] std::string labelled_text(std::string_view json_text);

}  // namespace kansli::archive::detail
