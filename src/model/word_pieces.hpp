#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kansli::model {

// A fixed vocabulary of words and parts of words. A part that stands inside a word, not at its beginning, is written "##lov". Words are cut greedily,
// the longest piece first (Wu et al. 2016, WordPiece); the vocabulary is learned by merging the commonest neighbours (Sennrich,
// Haddow and Birch 2016). Threads: const use from any.
class WordPieces {
  public:
    // The letters of the words, then merges until there are `size` pieces. The same words give the same pieces.
    [[nodiscard]] static WordPieces learn(const std::map<std::string, std::uint64_t>& words, std::size_t size);

    explicit WordPieces(std::vector<std::string> pieces);

    // Appends the pieces of a word. Letters that no piece has are left out.
    void cut(std::string_view word, std::vector<std::uint32_t>& pieces) const;

    [[nodiscard]] const std::vector<std::string>& pieces() const { return pieces_; }

  private:
    std::vector<std::string> pieces_;
    std::unordered_map<std::string_view, std::uint32_t> numbers_{};
    std::size_t longest_ = 0;  // bytes, without "##"
};

}  // namespace kansli::model
