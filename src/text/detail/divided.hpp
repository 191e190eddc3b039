#pragma once

#include <string_view>
#include <vector>

#include "core/ascii.hpp"

namespace kansli::text::detail {

[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_ascii_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_ascii_space(text.back()))
        text.remove_suffix(1);
    return text;
}

// The parts between marks, without the spaces around them; always one at least.
[[nodiscard]] inline std::vector<std::string_view> divided(std::string_view text, char mark) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto at = text.find(mark);
        parts.push_back(trimmed(text.substr(0, at)));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

}  // namespace kansli::text::detail
