#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/detail/query_parser.hpp"
#include "search/detail/readers.hpp"
#include "search/detail/statistics.hpp"
#include "text/compounds.hpp"

namespace kansli::search::detail {

// Looks for other spellings of words that the caller can find nothing with. Only words of whole shards are proposed, since those of the mixed
// one are not all the caller's, and none for a word that is right: one that stands in what the caller may read, or that the word
// list or the compound splitter knows.
// Method: å, ä and ö typed as a and o come first, since keyboards and file names lose them; then Xapian's trigram
// candidates within a Damerau distance of 1 for short words and 2 for others, the most frequent of the nearest.
class Spelling {
  public:
    Spelling(const Lease& lease, const Statistics& statistics, const text::CompoundSplitter& splitter)
        : lease_(lease), statistics_(statistics), splitter_(splitter) {}

    // The query with the doubtful words replaced; none when there is nothing to propose. Throws Xapian::Error.
    [[nodiscard]] std::optional<std::string> propose(std::string_view query,
                                                     const std::vector<Clause>& clauses) const;

  private:
    [[nodiscard]] std::string other_spelling(const std::string& word) const;
    [[nodiscard]] bool is_right(const std::string& word) const;
    [[nodiscard]] std::uint64_t sections_with(const std::string& word) const;
    [[nodiscard]] std::string with_dots(const std::string& word) const;

    const Lease& lease_;
    const Statistics& statistics_;
    const text::CompoundSplitter& splitter_;
};

}  // namespace kansli::search::detail
