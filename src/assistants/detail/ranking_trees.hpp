#pragma once

#include <array>
#include <cstdint>

// Written by bench/quality/ranking/train.py from known questions; do not edit by hand.
namespace kansli::assistants::detail {

// A question to a feature, "is it below the number?", or with feature −1 a leaf that holds the number.
struct RankingNode {
    std::int8_t feature = -1;
    std::uint8_t below = 0;  // where the tree goes on, from its root
    std::uint8_t above = 0;
    float number = 0;
};

inline constexpr std::array<std::uint16_t, 1> ranking_roots = {0};
inline constexpr std::array<RankingNode, 1> ranking_nodes = {{{-1, 0, 0, 0.0F}}};

}  // namespace kansli::assistants::detail
