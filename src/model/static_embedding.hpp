#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "model/word_pieces.hpp"

namespace kansli::model {

// A vector for each word piece; a text is the mean of its pieces' vectors, of length one. The first dimensions alone are a vector too, of
// less exactness (Matryoshka representations, Kusupati et al. 2022). Threads: const use from any.
class StaticEmbedding {
  public:
    static constexpr std::size_t most_dimensions = 4096;

    // `rows`: one a piece, `dimensions` numbers each. They are kept as whole numbers −127…127 with one factor a row; a row of next to
    // nothing (under 1e-7) is nothing. Requires: 1 to most_dimensions dimensions, as many rows as pieces, finite numbers.
    StaticEmbedding(WordPieces pieces, std::size_t dimensions, std::span<const float> rows);

    // The bytes that write() gave: "KSE1", the numbers of dimensions and of pieces (32 bits each), a length (8 bits) and a name a piece,
    // then a factor (float) and the numbers (8 bits each) a row, all little-endian. corrupt when they are something else.
    [[nodiscard]] static Result<StaticEmbedding> read(std::string_view bytes);
    [[nodiscard]] std::string write() const;

    [[nodiscard]] std::size_t dimensions() const { return dimensions_; }
    [[nodiscard]] const WordPieces& pieces() const { return pieces_; }

    // All zero for a text without words. Requires: `vector` has at most dimensions() places.
    void embed(std::string_view text, std::span<float> vector) const;
    [[nodiscard]] std::vector<float> embed(std::string_view text) const;

  private:
    StaticEmbedding(WordPieces pieces, std::size_t dimensions)
        : pieces_(std::move(pieces)), dimensions_(dimensions) {}

    WordPieces pieces_;
    std::size_t dimensions_;
    std::vector<std::int8_t> numbers_{};
    std::vector<float> factors_{};
};

// The pieces of a text: of the stems of its words, stop words left out.
[[nodiscard]] std::vector<std::uint32_t> pieces_of(std::string_view text, const WordPieces& pieces);

// Cosine of two vectors of length one. Requires: as many places in both.
[[nodiscard]] float similarity(std::span<const float> a, std::span<const float> b);

}  // namespace kansli::model
