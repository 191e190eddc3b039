#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <xapian.h>

#include "core/time.hpp"
#include "search/detail/joined_words.hpp"
#include "search/detail/query_parser.hpp"
#include "search/detail/readers.hpp"
#include "search/detail/spelling.hpp"
#include "search/detail/statistics.hpp"
#include "search/weights.hpp"
#include "text/compounds.hpp"
#include "text/lexicon.hpp"

namespace kansli::search::detail {

// One term that a question looks for, and what of the question it comes from. Explanations and marks follow these.
struct Leaf {
    enum class Kind : std::uint8_t {
        word,
        part_of_text,
        part_of_query,
        synonym,
        respelled,  // the word that a misspelt one was read as
        joined,     // the compound of two words
        prefix,
        phrase,
        place,
        reference
    };

    Kind kind = Kind::word;
    std::size_t clause = 0;  // index of the clause
    std::string term{};      // in the index
    std::string stem{};      // to compare the text's words with; the key for a place or reference
    double factor = 1;       // of its weight: how much it counts by what it is and by how telling it is
    double rarity = 0;  // how telling it is, for choosing what to show: ln(1 + sections / sections with it)
};

struct BuiltQuery {
    Xapian::Query query{};  // empty: nothing to look for
    std::vector<Leaf> leaves{};
    std::vector<Clause> clauses{};
    std::vector<std::string> words{};  // of each clause, as it was read; empty for what is no plain word
    std::vector<Joined> joined{};      // places are those of clauses
};

// What words may be called otherwise, on the day that is asked about, and how they are read.
struct Understanding {
    const text::Lexicon& lexicon;
    Date day{};
    std::span<const Doubt> respelled{};  // words that are read as others
    bool join = false;                   // look for the compounds of words that stand apart
};

// Turns clauses into one query. Words count each for itself, with extra weight where all are found; a question gives none.
// Phrases are required, excluded words must not be there. Prefixes are opened into the words that the caller may read. The query is
// to be weighed with Bm25: all that is telling of a term stands in it.
[[nodiscard]] BuiltQuery build_query(std::vector<Clause> clauses, QueryStyle style, const Lease& lease,
                                     const Statistics& statistics, const text::CompoundSplitter& splitter,
                                     const Understanding& understanding, const Weights& weights);

}  // namespace kansli::search::detail
