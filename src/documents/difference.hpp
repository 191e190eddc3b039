#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/document.hpp"

// What a person wants to know of a new version: which sections changed, and which words in them.
namespace kansli::documents {

enum class PieceKind : std::uint8_t { same, inserted, deleted };

struct Piece {
    PieceKind kind = PieceKind::same;
    std::string text{};

    friend bool operator==(const Piece&, const Piece&) = default;
};

enum class SectionChange : std::uint8_t { changed, added, removed };

struct SectionDifference {
    std::string path{};
    SectionChange state = SectionChange::changed;
    std::vector<Piece> pieces{};
};

struct Difference {
    std::vector<SectionDifference> sections{};  // only those that differ, in the order of the newer version
};

// The words that differ, by the shortest edit script (Myers 1986, O(ND)) over words and the white space between them.
// Pieces without the inserted ones give `before`, without the deleted ones `after`. Texts that share next to nothing come as one
// deletion and one insertion, since a mosaic of single words helps nobody. Pure.
[[nodiscard]] std::vector<Piece> difference_of_texts(std::string_view before, std::string_view after);

// Sections are the same when their paths are the same; of several with one path, the first goes with the first.
[[nodiscard]] Difference difference(const ReadDocument& before, const ReadDocument& after);

}  // namespace kansli::documents
