#pragma once

#include <optional>
#include <string>
#include <string_view>

// The signs that a text is made of, where they could deceive whoever reads it: a person or a language model. Pure; threads: any.
// Requires: well-formed UTF-8.
namespace kansli::assistants::detail {

// One line without signs that cannot be seen: control characters and line ends become spaces, and what is hidden (zero width, direction,
// tags, variation selectors) is left out. What stays is what a person sees.
[[nodiscard]] std::string visible_line(std::string_view text);

// Why a sentence that a model has written cannot be shown as plain words, in Swedish: too long, a link or something that programs make one
// of, markup, signs that are hidden or of another script than Latin. Nothing when it can.
[[nodiscard]] std::optional<std::string> fault_of(std::string_view sentence);

}  // namespace kansli::assistants::detail
