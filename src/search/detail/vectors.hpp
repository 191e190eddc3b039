#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "documents/document.hpp"
#include "model/static_embedding.hpp"
#include "search/detail/readers.hpp"

// Sections as vectors: what they mean, beside the words that they have. A vector lies with its section in the index, as a value of one
// whole number −127…127 a dimension, and follows the index's transactions.
namespace kansli::search::detail {

inline constexpr Xapian::valueno vector_slot = 0;

using SmallNumbers = std::vector<std::int8_t>;

// A vector of length one as whole numbers.
[[nodiscard]] SmallNumbers to_small(std::span<const float> vector);
// Cosine of two vectors. Requires: as many places in both.
[[nodiscard]] float nearness(std::span<const std::int8_t> a, std::span<const std::int8_t> b);

// What a section means: its text, and the headings over it at less weight. Bytes for the index; empty for a section without words.
[[nodiscard]] std::string section_vector(const model::StaticEmbedding& embedding, std::string_view title,
                                         const documents::Section& section, std::string_view body);

// The vectors of one shard as of a revision, side by side.
class VectorTable {
  public:
    VectorTable(const Xapian::Database& shard, std::size_t dimensions);

    // None for a document without one.
    [[nodiscard]] std::span<const std::int8_t> of(Xapian::docid document) const;

  private:
    std::size_t dimensions_;
    std::vector<std::uint32_t> rows_{};  // by document; 0: none, else the row's number from 1
    SmallNumbers numbers_{};
};

// Tables of late, by shard. Threads: any.
class VectorTables {
  public:
    explicit VectorTables(std::size_t dimensions) : dimensions_(dimensions) {}

    [[nodiscard]] std::shared_ptr<const VectorTable> of(const OpenShard& shard);

  private:
    struct Known {
        Xapian::rev revision = 0;
        std::shared_ptr<const VectorTable> table{};
    };

    std::size_t dimensions_;
    std::mutex mutex_{};
    std::map<std::string, Known> known_{};  // by the shard's identity
};

}  // namespace kansli::search::detail
