#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/hash.hpp"

// The tree of RFC 9162, section 2.1: a leaf is SHA-256(00 ‖ data), a node SHA-256(01 ‖ left ‖ right), and the left side of a
// node is the largest power of two that leaves something for the right. Here the data are the hashes of the links.
namespace kansli::record::detail {

// The root over leaves that come one after the other. Keeps one digest a level, whatever their number.
class MerkleTree {
  public:
    void add(const Digest& data);
    // Of no leaves: SHA-256 of nothing.
    [[nodiscard]] Digest root();
    void clear() {
        peaks_.clear();
        count_ = 0;
    }

  private:
    std::vector<Digest> peaks_;  // roots of the whole subtrees, the largest first
    std::size_t count_ = 0;
    Sha256 sha_;
};

// The digests that lead from leaf `index` to the root, from below. Requires: index < data.size().
[[nodiscard]] std::vector<Digest> merkle_path(std::span<const Digest> data, std::size_t index);

// The root that the path leads to from leaf `index` of `size`; nothing when the path has not the length of such a tree.
[[nodiscard]] std::optional<Digest> root_of_path(const Digest& data, std::size_t index, std::size_t size,
                                                 std::span<const Digest> path);

}  // namespace kansli::record::detail
