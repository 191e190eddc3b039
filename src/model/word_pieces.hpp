#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kansli::model {

// A fixed vocabulary of words and parts of words. A part that stands inside a word, not at its beginning, is written "##lov". Words are
// cut greedily, the longest piece first (Wu et al. 2016, WordPiece); the vocabulary is learned by merging the commonest neighbours
// (Sennrich, Haddow and Birch 2016). Threads: const use from any.
class WordPieces {
  public:
    static constexpr std::size_t longest_name = 255;  // bytes, "##" included

    // The letters of the words, then merges until there are `size` pieces. The same words give the same pieces.
    [[nodiscard]] static WordPieces learn(const std::map<std::string, std::uint64_t>& words,
                                          std::size_t size);

    // Of a name that stands twice, the first counts. Requires: no name is longer than longest_name.
    explicit WordPieces(std::vector<std::string> pieces);

    // Appends the pieces of a word, in order. Letters that no piece has are left out.
    void cut(std::string_view word, std::vector<std::uint32_t>& pieces) const;

    [[nodiscard]] const std::vector<std::string>& pieces() const { return pieces_; }

    // The same for copies, and for nothing else: what is remembered of a vocabulary is kept by it.
    [[nodiscard]] std::uint64_t identity() const { return identity_; }

  private:
    std::vector<std::string> pieces_;
    std::uint64_t identity_;
    std::unordered_map<std::string, std::uint32_t>
        numbers_{};            // owns its names, so that a copy points at nothing of this
    std::size_t longest_ = 0;  // bytes
};

}  // namespace kansli::model
