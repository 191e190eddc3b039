#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace kansli::text {

// Splits Swedish compounds into the words they are made of: "bygglovsavgift" into "bygglov" and "avgift", not
// "bygg" "lovs" "avgift". Learns from a word list and from how often words occur in the municipality's own
// documents. Threads: const use from any.
class CompoundSplitter {
  public:
    // `word_list`: a hunspell .dic file. unavailable when it cannot be read.
    [[nodiscard]] static Result<CompoundSplitter> create(const std::filesystem::path& word_list);
    ~CompoundSplitter();
    CompoundSplitter(CompoundSplitter&&) noexcept;
    CompoundSplitter& operator=(CompoundSplitter&&) noexcept;

    // Another one with the same word list, which it shares, that has learned nothing yet.
    [[nodiscard]] CompoundSplitter unlearned() const;

    // Takes in a word of the index with the number of sections it stands in.
    void learn(std::string_view folded, std::uint64_t frequency);

    // The parts in order, without linking letters; empty when the word is not a compound.
    [[nodiscard]] std::vector<std::string> split(std::string_view folded) const;

    // Whether the word list has the word, in any inflection.
    [[nodiscard]] bool knows(std::string_view folded) const;

  private:
    struct State;
    explicit CompoundSplitter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kansli::text
