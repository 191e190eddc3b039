#include "search/detail/analyser.hpp"

#include <algorithm>

#include "core/ascii.hpp"
#include "text/language.hpp"

namespace kansli::search::detail {

namespace {

constexpr std::size_t most_remembered_words = 300'000;
constexpr std::size_t shortest_part = 2;
constexpr std::size_t shortest_spelled = 3;  // shorter words have too many neighbours to suggest
constexpr std::size_t longest_spelled = 60;

void add_part(const std::string& part, Word& word) {
    std::string term = text::stem(part);
    const bool known = std::ranges::find(word.parts, term) != word.parts.end();
    if (part.size() >= shortest_part && term != word.stem && !known) word.parts.push_back(std::move(term));
}

}  // namespace

Word analyse(const std::string& folded, const text::CompoundSplitter& splitter) {
    Word word;
    word.folded = folded;
    word.stop = folded == "§" || folded.size() > longest_word || text::is_stop_word(folded);
    if (word.stop) return word;
    word.stem = text::stem(folded);
    if (has_ascii_digit(folded)) return word;
    word.spelled = folded.size() >= shortest_spelled && folded.size() <= longest_spelled;
    if (folded.size() < shortest_compound) return word;
    const std::vector<std::string> halves = splitter.split(folded);
    for (const std::string& half : halves)
        add_part(half, word);
    word.main_parts = word.parts.size();
    for (const std::string& half : halves)
        for (const std::string& quarter : splitter.split(half))
            add_part(quarter, word);
    return word;
}

Word& Analyser::word(const std::string& folded) {
    const auto found = words_.find(folded);
    if (found != words_.end()) return found->second;
    return words_.emplace(folded, analyse(folded, *splitter_)).first->second;
}

void Analyser::forget_if_large() {
    if (words_.size() > most_remembered_words) words_.clear();
}

}  // namespace kansli::search::detail
