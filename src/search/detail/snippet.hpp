#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/detail/matcher.hpp"
#include "search/searcher.hpp"

namespace kansli::search::detail {

// The part of a section that shows best why it was found: whole sentences where they fit, otherwise a stretch of the
// telling sentence with "…" where it was cut. White space is single blanks, with "·" between the rows of a table.
struct Snippet {
    std::string text{};
    std::vector<Span> marks{};
};

// `most` is its length in bytes, without the marks of cuts.
[[nodiscard]] Snippet make_snippet(std::string_view text, Matcher& matcher, const std::vector<Leaf>& leaves,
                                   std::size_t most = 300);

}  // namespace kansli::search::detail
