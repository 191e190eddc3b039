#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "search/detail/statistics.hpp"
#include "text/compounds.hpp"

namespace kansli::search::detail {

// Two words of a question that documents write as one.
struct Joined {
    std::size_t first = 0;  // places among the words, in the order of the question
    std::size_t second = 0;
    std::string compound{};  // folded: "altantak"
};

// The compounds that stand in what the caller may read for words side by side ("altan tak", "bygglovs avgift") or with a preposition
// between them ("tak över altan", "avgift för ett bygglov"). `words`: all words of the question, folded, empty for what is no plain
// word. At most `most_joined` pairs are looked at, each by a few look-ups. Throws Xapian::Error.
[[nodiscard]] std::vector<Joined> joined_words(const std::vector<std::string>& words,
                                               const Statistics& statistics,
                                               const text::CompoundSplitter& splitter);

}  // namespace kansli::search::detail
