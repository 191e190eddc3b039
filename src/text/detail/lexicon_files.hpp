#pragma once

#include <span>
#include <string_view>

namespace kansli::text::detail {

// The texts of data/lexicon/*.txt (cmake/embedded_text.cmake).
[[nodiscard]] std::span<const std::string_view> lexicon_files();
// … and of data/lexicon/questions/*.txt.
[[nodiscard]] std::span<const std::string_view> question_files();

}  // namespace kansli::text::detail
