#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kansli::text::detail {

// The whole number that one folded word stands for: "trettio", "femtusen", "tvåhundrafemtio". None for other words, and for numbers of a
// million and more, which are written apart ("två miljoner").
[[nodiscard]] std::optional<std::int64_t> numeral(std::string_view folded);

}  // namespace kansli::text::detail
