#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

// Boosted decision trees (Friedman 2001): the sum of one leaf of each tree. Learned and written by bench/quality/forest.py.
namespace kansli::assistants::detail {

// A question to a feature, "is it below the number?", or with feature −1 a leaf that holds the number.
struct TreeNode {
    std::int8_t feature = -1;
    std::uint8_t below = 0;  // where the tree goes on, from its root
    std::uint8_t above = 0;
    float number = 0;
};

// Requires: a value for every feature that the trees ask about.
inline double sum_of_leaves(std::span<const std::uint16_t> roots, std::span<const TreeNode> nodes,
                            std::span<const float> values) {
    double sum = 0;
    for (const auto root : roots) {
        const auto* node = &nodes[root];
        while (node->feature >= 0) {
            const bool is_below = values[static_cast<std::size_t>(node->feature)] < node->number;
            node = &nodes[root + std::size_t{is_below ? node->below : node->above}];
        }
        sum += node->number;
    }
    return sum;
}

}  // namespace kansli::assistants::detail
