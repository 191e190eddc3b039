#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grounding/detail/reading.hpp"
#include "grounding/sentence_check.hpp"

// Which words of the quotes say what the words of the sentence say, and how surely.
namespace kansli::grounding::detail {

// From this likeness on, two words are taken for the same.
inline constexpr double is_same = 0.7;
// From this one on, a word is taken to be found.
inline constexpr double is_found = 0.5;

struct Comparison {
    std::string quoted{};  // the quotes' texts, an empty line between them
    Reading sentence{};
    Reading quotes{};
    Reading titles{};                             // sources and places of the quotes
    std::vector<std::vector<double>> likeness{};  // of each word of the sentence to each of the quotes, 0–1
    std::vector<double> best{};                   // of each word of the sentence, titles too
    std::string titled{};
    std::vector<std::vector<std::size_t>> counterparts_of{};  // of each clause of the sentence

    // The share of a clause's weight that clauses of the quotes hold.
    [[nodiscard]] double overlap(const Clause& clause, std::span<const Clause> quoted_clauses) const;
    [[nodiscard]] std::vector<Clause> with_its_company(std::size_t clause) const;
    // The same of a whole sentence of the quotes.
    [[nodiscard]] double overlap(const Clause& clause, std::size_t quoted_sentence) const;
    // The clauses of the quotes, not conditions, that a clause speaks of: those that hold nearly as much of it as the fullest. None when none holds much.
    // Requires: a clause of `sentence`.
    [[nodiscard]] const std::vector<std::size_t>& counterparts(const Clause& clause) const;
    [[nodiscard]] std::vector<std::size_t> find_counterparts(const Clause& clause) const;
    // Whether a word of the sentence is there, as surely as `least`, among the words of the quotes that `where` holds of.
    template <typename Where>
    [[nodiscard]] bool is_met(std::size_t word, double least, Where where) const {
        for (std::size_t other = 0; other < quotes.words.size(); ++other)
            if (likeness[word][other] >= least && where(quotes.words[other])) return true;
        return false;
    }
};

// Not to be moved once made: the readings point into its texts.
class Comparing {
  public:
    Comparing(std::string_view sentence, std::span<const Quote> quotes, const CheckContext& context);
    Comparing(const Comparing&) = delete;
    Comparing& operator=(const Comparing&) = delete;

    [[nodiscard]] const Comparison& result() const { return result_; }

  private:
    void compare_words();
    void take_lexicon(const CheckContext& context);
    void take_vectors(const CheckContext& context);
    void take_titles();

    Comparison result_{};
};

// How alike two words are by their letters and by what is known of them, 0–1.
[[nodiscard]] double likeness(const Word& word, const Word& other);

}  // namespace kansli::grounding::detail
