#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace kansli::archive::detail {

// The bytes [start, end) of the text, widened to whole characters and kept within it.
[[nodiscard]] inline std::string excerpt(std::string_view text, std::size_t start, std::size_t end) {
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    end = std::min(end, text.size());
    while (start > 0 && continues(text[start]))
        --start;
    while (end < text.size() && continues(text[end]))
        ++end;
    return std::string(text.substr(start, end - start));
}

}  // namespace kansli::archive::detail
