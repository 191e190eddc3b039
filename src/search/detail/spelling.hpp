#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/detail/query_parser.hpp"
#include "search/detail/readers.hpp"
#include "text/compounds.hpp"

namespace kansli::search::detail {

// Looks for other spellings of words that the shards of a search do not hold. Only words of those shards are proposed, and
// none for a word that is right: one that the index, the word list or the compound splitter knows.
// Method: å, ä and ö typed as a and o come first, since keyboards and file names lose them; then Xapian's trigram
// candidates within a Damerau distance of 1 for short words and 2 for others, the most frequent of the nearest.
class Spelling {
  public:
    Spelling(const Lease& lease, const text::CompoundSplitter& splitter)
        : lease_(lease), splitter_(splitter) {}

    // The query with the doubtful words replaced; none when there is nothing to propose. Throws Xapian::Error.
    [[nodiscard]] std::optional<std::string> propose(std::string_view query,
                                                     const std::vector<Clause>& clauses) const;

  private:
    [[nodiscard]] std::string other_spelling(const std::string& word) const;
    [[nodiscard]] bool is_right(const std::string& word) const;
    [[nodiscard]] std::uint64_t sections_with(const std::string& word) const;
    [[nodiscard]] std::string with_dots(const std::string& word) const;

    const Lease& lease_;
    const text::CompoundSplitter& splitter_;
};

}  // namespace kansli::search::detail
