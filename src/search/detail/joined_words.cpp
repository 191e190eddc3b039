#include "search/detail/joined_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "core/ascii.hpp"
#include "search/detail/terms.hpp"
#include "text/language.hpp"

namespace kansli::search::detail {

namespace {

constexpr std::size_t most_joined = 16;
constexpr std::size_t most_between = 2;     // words: the preposition and an article
constexpr std::size_t shortest_joined = 3;  // bytes

constexpr auto prepositions =
    std::to_array<std::string_view>({"av", "för", "från", "hos", "i", "inom", "kring", "med", "mot", "om",
                                     "omkring", "på", "runt", "till", "under", "ur", "vid", "åt", "över"});

// What may link the first part of a compound to the next, after its stem: "skol-plats", "gatu-belysning", "förskole-avgift".
constexpr auto links = std::to_array<std::string_view>({"", "s", "e", "o", "u", "a"});

bool may_be_part(const std::string& word) {
    return word.size() >= shortest_joined && !has_ascii_digit(word) && !text::is_light_word(word);
}

bool is_preposition(std::string_view word) {
    return std::ranges::find(prepositions, word) != prepositions.end();
}

// "tull" + "lager" is "tullager": no letter stands three times.
std::string put_together(std::string_view first, std::string_view second) {
    const auto last = first.size() - 1;
    const bool three = last > 0 && first[last] == first[last - 1] && first[last] == second.front();
    return std::string(first.substr(0, three ? last : first.size())) + std::string(second);
}

// A modifier and what it modifies, as places among the words.
struct Pair {
    std::size_t modifier = 0;
    std::size_t head = 0;
};

// The pair that begins with word `at`.
std::optional<Pair> pair_at(const std::vector<std::string>& words, std::size_t at) {
    if (!may_be_part(words[at]) || at + 1 >= words.size()) return std::nullopt;
    if (may_be_part(words[at + 1])) return Pair{at, at + 1};
    if (!is_preposition(words[at + 1])) return std::nullopt;
    for (std::size_t other = at + 2; other < words.size() && other <= at + 1 + most_between; ++other) {
        if (may_be_part(words[other])) return Pair{other, at};
        if (words[other].empty()) break;
    }
    return std::nullopt;
}

class Joiner {
  public:
    Joiner(const Statistics& statistics, const text::CompoundSplitter& splitter)
        : statistics_(statistics), splitter_(splitter) {}

    // The compound of both that the caller may read somewhere; empty when there is none.
    [[nodiscard]] std::string compound_of(const std::string& modifier, const std::string& head) const {
        std::set<std::string> firsts = {modifier, modifier + "s"};
        const std::string stem = text::stem(modifier);
        for (const auto link : links)
            firsts.insert(stem + std::string(link));
        for (const auto& first : firsts) {
            auto compound = put_together(first, head);
            const std::string term = text::stem(compound);
            if (!statistics_.knows(term) && !statistics_.knows(part_term(term))) continue;
            if (is_made_of(compound, stem, text::stem(head))) return compound;
        }
        return {};
    }

  private:
    // Not every word that two words make by chance is their compound: "av" and "gift".
    [[nodiscard]] bool is_made_of(const std::string& compound, const std::string& first,
                                  const std::string& second) const {
        const auto parts = splitter_.split(compound);
        return parts.size() == 2 && text::stem(parts[0]) == first && text::stem(parts[1]) == second;
    }

    const Statistics& statistics_;
    const text::CompoundSplitter& splitter_;
};

}  // namespace

std::vector<Joined> joined_words(const std::vector<std::string>& words, const Statistics& statistics,
                                 const text::CompoundSplitter& splitter) {
    std::vector<Joined> joined;
    const Joiner joiner(statistics, splitter);
    std::size_t looked_at = 0;
    for (std::size_t at = 0; at < words.size() && looked_at < most_joined; ++at) {
        const auto pair = pair_at(words, at);
        if (!pair) continue;
        ++looked_at;
        auto compound = joiner.compound_of(words[pair->modifier], words[pair->head]);
        if (compound.empty()) continue;
        joined.push_back({std::min(pair->modifier, pair->head), std::max(pair->modifier, pair->head),
                          std::move(compound)});
    }
    return joined;
}

}  // namespace kansli::search::detail
