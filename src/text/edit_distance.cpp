#include "text/edit_distance.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "text/difference.hpp"

namespace kansli::text {

namespace {

using Word = std::uint64_t;
constexpr std::size_t bits = 64;

bool is_blank_piece(std::string_view piece) {
    return piece.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::vector<std::string_view> words_of(std::string_view text) {
    auto words = pieces(text);
    std::erase_if(words, is_blank_piece);
    return words;
}

// One column of the table of distances, as differences between neighbours: 64 rows to a block.
struct VerticalBlock {
    Word plus = ~Word{0};
    Word minus = 0;
};

// Moves a block one column on. `carry` is the horizontal difference (−1, 0, 1) that comes in at its upper edge and goes out at the row
// of `last`.
int advance(VerticalBlock& block, Word equal, int carry, Word last) {
    if (carry < 0) equal |= 1;
    const Word zero = (((equal & block.plus) + block.plus) ^ block.plus) | equal | block.minus;
    Word plus = block.minus | ~(zero | block.plus);
    Word minus = zero & block.plus;
    const int out = (plus & last) != 0 ? 1 : (minus & last) != 0 ? -1 : 0;
    plus = (plus << 1U) | (carry > 0 ? 1U : 0U);
    minus = (minus << 1U) | (carry < 0 ? 1U : 0U);
    block.plus = minus | ~(zero | plus);
    block.minus = zero & plus;
    return out;
}

// For each word the rows in which the pattern has it.
using Rows = std::unordered_map<std::string_view, std::vector<Word>>;

Rows rows_of(const std::vector<std::string_view>& pattern, std::size_t blocks) {
    Rows rows;
    for (std::size_t row = 0; row < pattern.size(); ++row) {
        auto& mask = rows[pattern[row]];
        mask.resize(blocks);
        mask[row / bits] |= Word{1} << (row % bits);
    }
    return rows;
}

std::size_t distance_of(const std::vector<std::string_view>& pattern,
                        const std::vector<std::string_view>& text) {
    if (pattern.empty()) return text.size();
    const std::size_t blocks = (pattern.size() + bits - 1) / bits;
    const auto rows = rows_of(pattern, blocks);
    const std::vector<Word> nowhere(blocks);
    const Word last_row = Word{1} << ((pattern.size() - 1) % bits);
    std::vector<VerticalBlock> column(blocks);
    auto distance = static_cast<std::ptrdiff_t>(pattern.size());
    for (const auto word : text) {
        const auto found = rows.find(word);
        const auto& equal = found == rows.end() ? nowhere : found->second;
        int carry = 1;  // the top row of the table counts the text's words
        for (std::size_t i = 0; i < blocks; ++i)
            carry = advance(column[i], equal[i], carry, i + 1 == blocks ? last_row : Word{1} << (bits - 1));
        distance += carry;
    }
    return static_cast<std::size_t>(distance);
}

}  // namespace

std::size_t word_distance(std::string_view before, std::string_view after) {
    return distance_of(words_of(before), words_of(after));
}

double normalised_distance(std::string_view before, std::string_view after) {
    const auto first = words_of(before);
    const auto second = words_of(after);
    const auto longer = std::max(first.size(), second.size());
    return longer == 0 ? 0 : static_cast<double>(distance_of(first, second)) / static_cast<double>(longer);
}

}  // namespace kansli::text
