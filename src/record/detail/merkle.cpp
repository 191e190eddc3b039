#include "record/detail/merkle.hpp"

#include <array>
#include <cstring>
#include <string_view>

namespace kansli::record::detail {

namespace {

Digest leaf(Sha256& sha, const Digest& data) {
    std::array<char, 33> bytes{0};
    std::memcpy(bytes.data() + 1, data.data(), data.size());
    sha.update({bytes.data(), bytes.size()});
    return sha.finish_bytes();
}

Digest node(Sha256& sha, const Digest& left, const Digest& right) {
    std::array<char, 65> bytes{1};
    std::memcpy(bytes.data() + 1, left.data(), left.size());
    std::memcpy(bytes.data() + 33, right.data(), right.size());
    sha.update({bytes.data(), bytes.size()});
    return sha.finish_bytes();
}

}  // namespace

void MerkleTree::add(const Digest& data) {
    Digest whole = leaf(sha_, data);
    for (std::size_t rest = count_; (rest & 1U) == 1U; rest >>= 1U) {
        whole = node(sha_, peaks_.back(), whole);
        peaks_.pop_back();
    }
    peaks_.push_back(whole);
    ++count_;
}

Digest MerkleTree::root() {
    if (peaks_.empty()) return sha_.finish_bytes();
    Digest root = peaks_.back();
    for (std::size_t i = peaks_.size() - 1; i > 0; --i)
        root = node(sha_, peaks_[i - 1], root);
    return root;
}

std::vector<Digest> merkle_path(std::span<const Digest> data, std::size_t index) {
    Sha256 sha;
    std::vector<Digest> level;
    level.reserve(data.size());
    for (const auto& each : data)
        level.push_back(leaf(sha, each));
    std::vector<Digest> path;
    for (; level.size() > 1; index >>= 1U) {
        if (const std::size_t sibling = index ^ 1U; sibling < level.size()) path.push_back(level[sibling]);
        // An odd one at the end goes up as it is.
        const std::size_t above = (level.size() + 1) / 2;
        for (std::size_t i = 0; i < above; ++i) {
            const bool pair = 2 * i + 1 < level.size();
            level[i] = pair ? node(sha, level[2 * i], level[2 * i + 1]) : level[2 * i];
        }
        level.resize(above);
    }
    return path;
}

std::optional<Digest> root_of_path(const Digest& data, std::size_t index, std::size_t size,
                                   std::span<const Digest> path) {
    if (index >= size) return std::nullopt;
    Sha256 sha;
    Digest root = leaf(sha, data);
    std::size_t place = index;
    std::size_t last = size - 1;
    for (const auto& sibling : path) {
        if (last == 0) return std::nullopt;
        if ((place & 1U) == 1U || place == last) {
            root = node(sha, sibling, root);
            // Levels where this side is the odd one at the end have no sibling.
            while ((place & 1U) == 0U && place != 0) {
                place >>= 1U;
                last >>= 1U;
            }
        } else {
            root = node(sha, root, sibling);
        }
        place >>= 1U;
        last >>= 1U;
    }
    if (last != 0) return std::nullopt;
    return root;
}

}  // namespace kansli::record::detail
