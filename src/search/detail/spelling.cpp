#include "search/detail/spelling.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/ascii.hpp"
#include "search/detail/layout.hpp"
#include "search/detail/terms.hpp"
#include "text/language.hpp"
#include "text/typing_cost.hpp"

namespace kansli::search::detail {

namespace {

constexpr std::size_t shortest_doubted = 3;  // bytes
constexpr std::size_t short_word = 5;        // up to this only one letter may differ
constexpr std::size_t longer_word = 8;       // from here more may
constexpr std::size_t longest_doubted = 60;
constexpr std::size_t longest_varied =
    32;  // letters; longer words are looked for by their dots and trigrams alone
constexpr std::size_t most_dotted = 6;   // letters
constexpr std::size_t most_doubted = 8;  // words of a query

constexpr double one_slip = text::of_other_letter;
constexpr double most_slips = 2.0;
constexpr double worth_of_frequency = 0.1;  // each tenfold of sections makes up for so much of a slip
constexpr double most_worth = 0.3;

// What may be put right unasked. A short word is often another one that the documents lack; a name is nobody else's.
constexpr double sure_of_short = text::of_exchange;
constexpr double sure_of_middle = text::of_letter;
constexpr double sure_of_long = 1.2;
constexpr double sure_of_name = 3 * text::of_lost_dots;
constexpr double rounding = 1e-9;

constexpr auto alphabet = std::to_array<std::string_view>(
    {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p",
     "q", "r", "s", "t", "u", "v", "w", "x", "y", "z", "å", "ä", "ö", "é", "ü"});

std::vector<std::string> letters_of(const std::string& word) {
    std::vector<std::string> letters;
    for (const char byte : word) {
        const bool goes_on = (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U && !letters.empty();
        if (!goes_on) letters.emplace_back();
        letters.back() += byte;
    }
    return letters;
}

std::string joined_letters(const std::vector<std::string>& letters, std::size_t from, std::size_t to) {
    std::string joined;
    for (auto at = from; at < to; ++at)
        joined += letters[at];
    return joined;
}

// What may have been meant by the letters at `at`, and how many of them it takes.
struct Dotted {
    std::string_view meant{};
    std::size_t letters = 1;
};
std::vector<Dotted> dotted(const std::vector<std::string>& letters, std::size_t at) {
    const std::string& first = letters[at];
    const std::string second = at + 1 < letters.size() ? letters[at + 1] : "";
    std::vector<Dotted> ways;
    if (first == "a") {
        ways = {{"å"}, {"ä"}};
        if (second == "a") ways.push_back({"å", 2});
        if (second == "e") ways.push_back({"ä", 2});
    } else if (first == "o") {
        ways = {{"ö"}};
        if (second == "e") ways.push_back({"ö", 2});
    }
    return ways;
}

// The word with dots and rings put back wherever they may have been lost, in the first `left` places.
void add_dotted(const std::vector<std::string>& letters, std::size_t at, std::size_t left,
                const std::string& begun, std::set<std::string>& words) {
    if (at == letters.size()) {
        words.insert(begun);
        return;
    }
    const auto ways = left > 0 ? dotted(letters, at) : std::vector<Dotted>{};
    add_dotted(letters, at + 1, ways.empty() ? left : left - 1, begun + letters[at], words);
    for (const auto& way : ways)
        add_dotted(letters, at + way.letters, left - 1, begun + std::string(way.meant), words);
}

// The words that somebody may have meant who made one slip.
void add_one_slip(const std::vector<std::string>& letters, std::set<std::string>& words) {
    for (std::size_t at = 0; at <= letters.size(); ++at) {
        const auto before = joined_letters(letters, 0, at);
        const auto from_here = joined_letters(letters, at, letters.size());
        for (const auto letter : alphabet)
            words.insert(fmt::format("{}{}{}", before, letter, from_here));
        if (at == letters.size()) break;
        const auto after = joined_letters(letters, at + 1, letters.size());
        words.insert(before + after);
        for (const auto letter : alphabet)
            words.insert(fmt::format("{}{}{}", before, letter, after));
        if (at + 1 < letters.size())
            words.insert(before + letters[at + 1] + letters[at] +
                         joined_letters(letters, at + 2, letters.size()));
    }
}

// Written with a capital where a sentence does not begin.
bool looks_like_name(const Clause& clause, std::size_t at) {
    return at > 0 && !clause.written.starts_with(clause.words.front());
}

}  // namespace

// In order, so that each shard's list is gone through once.
std::map<std::string, std::uint64_t> Spelling::sections_with(const std::set<std::string>& words) const {
    std::map<std::string, std::uint64_t> sections;
    for (const auto& shard : lease_.shards()) {
        auto at = shard->database.spellings_begin();
        const auto end = shard->database.spellings_end();
        for (auto word = words.begin(); word != words.end() && at != end; ++word) {
            if (*at < *word) at.skip_to(*word);
            if (at != end && *at == *word) sections[*word] += at.get_termfreq();
        }
    }
    return sections;
}

std::optional<Spelling::Other> Spelling::best_of(const std::string& word, const std::set<std::string>& words,
                                                 double most) const {
    std::optional<Other> best;
    double least = 0;
    for (const auto& [other, sections] : sections_with(words)) {
        const double cost = other == word ? text::not_a_slip : text::typing_cost(word, other, most);
        if (cost >= text::not_a_slip || sections == 0) continue;
        const double worth =
            std::min(most_worth, worth_of_frequency * std::log10(static_cast<double>(sections)));
        if (best && cost - worth >= least) continue;
        least = cost - worth;
        best = Other{other, cost};
    }
    return best;
}

std::optional<Spelling::Other> Spelling::other_spelling(const std::string& word) const {
    const auto letters = letters_of(word);
    // What can be read as a compound, such as "byggolv", is more often a slip than that compound, but only a small slip.
    const bool small = word.size() <= short_word || !splitter_.split(word).empty();
    const double most = small ? one_slip : most_slips;
    std::set<std::string> words;
    add_dotted(letters, 0, most_dotted, "", words);
    if (letters.size() <= longest_varied) add_one_slip(letters, words);
    if (auto found = best_of(word, words, most)) return found;
    if (small) return std::nullopt;
    const unsigned farthest = letters.size() < longer_word ? 2 : 3;
    const std::string near = lease_.together().get_spelling_suggestion(word, farthest);
    return near.empty() ? std::nullopt : best_of(word, {near}, most);
}

// What the lexicon has a meaning for is not misspelt, though no document may have it.
std::set<std::size_t> Spelling::known_to_lexicon(const std::vector<Clause>& clauses) const {
    std::vector<text::Token> tokens;
    std::vector<std::size_t> at;
    for (std::size_t clause = 0; clause < clauses.size(); ++clause) {
        if (clauses[clause].kind != ClauseKind::word || clauses[clause].excluded) continue;
        tokens.push_back({clauses[clause].start, clauses[clause].end, clauses[clause].words.front()});
        at.push_back(clause);
    }
    std::set<std::size_t> known;
    for (const auto& meaning : lexicon_.meanings(tokens, day_)) {
        for (const auto token : meaning.tokens)
            if (!meaning.of_part) known.insert(at[token]);
    }
    return known;
}

bool Spelling::is_doubtful(const Clause& clause) const {
    if (clause.kind != ClauseKind::word || clause.excluded) return false;
    const std::string& word = clause.words.front();
    if (word.size() < shortest_doubted || word.size() > longest_doubted || has_ascii_digit(word))
        return false;
    if (text::is_stop_word(word) || splitter_.knows(word)) return false;
    const std::string stem = text::stem(word);
    return !statistics_.knows(stem) && !statistics_.knows(part_term(stem));
}

bool Spelling::is_open(const std::string& word) const {
    return std::ranges::any_of(lease_.shards(), [&](const auto& shard) {
        if (shard->kind() != open_shard) return false;
        auto at = shard->database.spellings_begin();
        const auto end = shard->database.spellings_end();
        if (at != end) at.skip_to(word);
        return at != end && *at == word;
    });
}

// What is read unasked goes into answers, which others may see than the asker: only words of documents that are open to all.
bool Spelling::is_sure(const Clause& clause, std::size_t at, const Other& other) const {
    const std::string& word = clause.words.front();
    const double cost = other.cost - rounding;
    if (!is_open(other.word)) return false;
    if (looks_like_name(clause, at)) return cost <= sure_of_name;
    if (word.size() <= short_word) return cost <= sure_of_short;
    const bool middle = word.size() < longer_word || !splitter_.split(word).empty();
    return cost <= (middle ? sure_of_middle : sure_of_long);
}

std::vector<Doubt> Spelling::doubts(const std::vector<Clause>& clauses) const {
    std::vector<Doubt> doubts;
    std::optional<std::set<std::size_t>> known;
    std::size_t looked_at = 0;
    for (std::size_t at = 0; at < clauses.size() && looked_at < most_doubted; ++at) {
        if (!is_doubtful(clauses[at])) continue;
        if (!known) known = known_to_lexicon(clauses);
        if (known->contains(at)) continue;
        ++looked_at;
        if (auto other = other_spelling(clauses[at].words.front()))
            doubts.push_back({at, other->word, is_sure(clauses[at], at, *other)});
    }
    return doubts;
}

std::string replaced(std::string_view query, const std::vector<Clause>& clauses,
                     const std::vector<Doubt>& doubts) {
    std::string text;
    std::size_t copied = 0;
    for (const auto& doubt : doubts) {
        const Clause& clause = clauses[doubt.clause];
        text.append(query, copied, clause.start - copied);
        text += doubt.meant;
        copied = clause.end;
    }
    text.append(query.substr(copied));
    return text;
}

}  // namespace kansli::search::detail
