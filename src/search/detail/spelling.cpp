#include "search/detail/spelling.hpp"

#include <algorithm>

#include "core/ascii.hpp"
#include "search/detail/terms.hpp"
#include "text/language.hpp"

namespace kansli::search::detail {

namespace {

constexpr std::size_t shortest_doubted = 3;  // bytes
constexpr std::size_t short_word = 5;        // up to this only one letter may differ
constexpr std::size_t longest_doubted = 60;
constexpr std::size_t most_dotted_letters = 6;

// What may have been meant by a letter that was typed without its dots or ring.
std::vector<std::string_view> dotted(char letter) {
    switch (letter) {
        case 'a':
            return {"a", "å", "ä"};
        case 'o':
            return {"o", "ö"};
        default:
            return {};
    }
}

}  // namespace

std::uint64_t Spelling::sections_with(const std::string& word) const {
    std::uint64_t sections = 0;
    for (const auto& shard : lease_.shards()) {
        auto at = shard->database.spellings_begin();
        const auto end = shard->database.spellings_end();
        if (at == end) continue;
        at.skip_to(word);
        if (at != end && *at == word) sections += at.get_termfreq();
    }
    return sections;
}

bool Spelling::is_right(const std::string& word) const {
    const std::string stem = text::stem(word);
    return statistics_.knows(stem) || statistics_.knows(part_term(stem)) || splitter_.knows(word);
}

// The most frequent word that differs only in dots and rings; empty when there is none.
std::string Spelling::with_dots(const std::string& word) const {
    std::vector<std::string> spellings = {""};
    std::size_t letters = 0;
    for (const char letter : word) {
        const auto choices = dotted(letter);
        const bool open = !choices.empty() && ++letters <= most_dotted_letters;
        std::vector<std::string> longer;
        for (const std::string& begun : spellings) {
            if (!open) longer.push_back(begun + letter);
            for (std::size_t i = 0; open && i < choices.size(); ++i)
                longer.push_back(begun + std::string(choices[i]));
        }
        spellings = std::move(longer);
    }
    std::string best;
    std::uint64_t most = 0;
    for (const std::string& spelling : spellings) {
        const std::uint64_t sections = sections_with(spelling);
        if (sections > most) {
            most = sections;
            best = spelling;
        }
    }
    return best;
}

std::string Spelling::other_spelling(const std::string& word) const {
    if (std::string dots = with_dots(word); !dots.empty()) return dots;
    // What can be read as a compound, such as "byggolv", is more often a slip than that compound, but only a small slip.
    const bool small = word.size() <= short_word || !splitter_.split(word).empty();
    return lease_.together().get_spelling_suggestion(word, small ? 1 : 2);
}

std::optional<std::string> Spelling::propose(std::string_view query,
                                             const std::vector<Clause>& clauses) const {
    std::string proposed;
    std::size_t copied = 0;
    for (const Clause& clause : clauses) {
        if (clause.kind != ClauseKind::word || clause.excluded || clause.words.front().empty()) continue;
        const std::string& word = clause.words.front();
        if (word.size() < shortest_doubted || word.size() > longest_doubted || has_ascii_digit(word))
            continue;
        if (text::is_stop_word(word) || is_right(word)) continue;
        const std::string other = other_spelling(word);
        if (other.empty() || other == word) continue;
        proposed.append(query, copied, clause.start - copied);
        proposed += other;
        copied = clause.end;
    }
    if (copied == 0) return std::nullopt;
    proposed.append(query.substr(copied));
    return proposed;
}

}  // namespace kansli::search::detail
