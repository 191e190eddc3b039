#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/compounds.hpp"

namespace kansli::search::detail {

// What the index keeps of a word.
struct Word {
    std::string folded{};
    std::string stem{};  // the term of the word itself
    std::vector<std::string>
        parts{};                 // terms of the words that a compound is made of, and of their own parts
    std::size_t main_parts = 0;  // how many of the first parts together make up the whole word
    bool stop = false;           // takes a place in phrases, but is no term
    bool spelled = false;        // may be suggested as a spelling
    std::uint64_t seen_in = 0;   // the writer's note: the last section that it stood in
    std::uint32_t sections = 0;  // the writer's note: how many sections of the version it stood in
};

inline constexpr std::size_t shortest_compound = 6;  // bytes
// The longest word that is indexed, in bytes. Longer ones are addresses, keys and scars of conversion.
inline constexpr std::size_t longest_word = 96;

// Turns words into terms, the same way for texts and for questions. Each distinct word is analysed once and remembered, since
// indexing is bound by it; a cache of words that has grown too large is emptied between versions.
// Threads: one.
class Analyser {
  public:
    explicit Analyser(std::shared_ptr<const text::CompoundSplitter> splitter)
        : splitter_(std::move(splitter)) {}

    // Requires: the reference is not kept past forget_if_large().
    Word& word(const std::string& folded);

    void forget_if_large();

  private:
    std::shared_ptr<const text::CompoundSplitter> splitter_;
    std::unordered_map<std::string, Word> words_{};
};

// The analysis of one word, without memory.
[[nodiscard]] Word analyse(const std::string& folded, const text::CompoundSplitter& splitter);

}  // namespace kansli::search::detail
