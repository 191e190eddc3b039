#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "search/detail/query_parser.hpp"
#include "search/detail/readers.hpp"
#include "search/detail/statistics.hpp"
#include "text/compounds.hpp"
#include "text/lexicon.hpp"

namespace kansli::search::detail {

// A word that the caller can find nothing with, and the word that was likely meant.
struct Doubt {
    std::size_t clause = 0;  // index of the clause
    std::string meant{};
    bool sure = false;  // enough to look for it unasked
};

// Looks for other spellings of words that the caller can find nothing with. Only words of whole shards are proposed, since those of the mixed
// one are not all the caller's, and none for a word that is right: one that stands in what the caller may read, or that the word
// list, the compound splitter or the lexicon knows.
// Method: all words within one slip, and those without lost dots and rings, are looked up; when there are none of them, Xapian's trigram
// candidate within a Damerau distance of 2 or 3. The cheapest slip wins, among like ones the most frequent word.
// Cost: some 60 look-ups for each letter of a doubtful word, of which there are at most `most_doubted`.
class Spelling {
  public:
    // All outlive the object.
    Spelling(const Lease& lease, const Statistics& statistics, const text::CompoundSplitter& splitter,
             const text::Lexicon& lexicon, Date day)
        : lease_(lease), statistics_(statistics), splitter_(splitter), lexicon_(lexicon), day_(day) {}

    // At most one for each clause, in their order. Throws Xapian::Error.
    [[nodiscard]] std::vector<Doubt> doubts(const std::vector<Clause>& clauses) const;

  private:
    struct Other {
        std::string word{};
        double cost = 0;  // of the slip: text::typing_cost
    };
    [[nodiscard]] std::optional<Other> other_spelling(const std::string& word) const;
    [[nodiscard]] std::optional<Other> best_of(const std::string& word, const std::set<std::string>& words,
                                               double most) const;
    [[nodiscard]] std::map<std::string, std::uint64_t> sections_with(
        const std::set<std::string>& words) const;
    [[nodiscard]] std::set<std::size_t> known_to_lexicon(const std::vector<Clause>& clauses) const;
    [[nodiscard]] bool is_doubtful(const Clause& clause) const;
    [[nodiscard]] bool is_open(const std::string& word) const;
    [[nodiscard]] bool is_sure(const Clause& clause, std::size_t at, const Other& other) const;

    const Lease& lease_;
    const Statistics& statistics_;
    const text::CompoundSplitter& splitter_;
    const text::Lexicon& lexicon_;
    Date day_;
};

// The query with the doubtful words replaced.
[[nodiscard]] std::string replaced(std::string_view query, const std::vector<Clause>& clauses,
                                   const std::vector<Doubt>& doubts);

}  // namespace kansli::search::detail
