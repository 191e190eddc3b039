#include "search/detail/vocabulary.hpp"

#include <charconv>

#include <fmt/format.h>

namespace kansli::search::detail {

void append_word(std::string& bytes, std::string_view word, std::uint32_t sections) {
    fmt::format_to(std::back_inserter(bytes), "{} {}\n", word, sections);
}

void for_each_word(std::string_view bytes,
                   const std::function<void(std::string_view, std::uint32_t)>& visit) {
    while (!bytes.empty()) {
        const std::size_t space = bytes.find(' ');
        const std::size_t line = bytes.find('\n');
        if (space == std::string_view::npos || line == std::string_view::npos || line < space) return;
        std::uint32_t sections = 0;
        const auto parsed = std::from_chars(bytes.data() + space + 1, bytes.data() + line, sections);
        if (parsed.ec != std::errc{}) return;
        visit(bytes.substr(0, space), sections);
        bytes.remove_prefix(line + 1);
    }
}

}  // namespace kansli::search::detail
