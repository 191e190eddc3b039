#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "documents/detail/marks.hpp"
#include "documents/document.hpp"
#include "extract/extract.hpp"

// Which blocks of a document begin a section, and how deep.
//
// Problem: the same statute arrives as Markdown with headings, as HTML with bold marks and as PDF where "4 §" is a few
// letters at the start of a line; a guideline numbers its headings "2.1", minutes write "§ 12", a price list is a sheet.
// Method: every line is read once for a mark (marks.hpp). The marks of the whole document then decide what kind of
// document it is, and each kind has its rules for which marks begin a section and which are cross references: numbers
// ascend within a chapter, a mark that runs into its text is followed by a capital, a line of a list of contents counts
// for nothing. What is left gives every start a rank; the tree is a stack over the ranks.
// Cost: linear in the text.
namespace kansli::documents::detail {

// A block as it stands in the normalised text.
struct Line {
    const extract::Block* block = nullptr;
    std::string text{};
    Mark mark{};
    bool contents = false;  // belongs to a list of contents

    [[nodiscard]] bool is_heading() const { return block->kind == extract::BlockKind::heading; }
};

enum class PathRule : std::uint8_t {
    absolute,  // the label is the path
    joined,    // the label follows the nearest chapter or annex: "9 kap. 4 §"
    under,     // the label follows the path around it: "Hemtjänst › Avgifter"
    comma,     // the same with a comma: "Avgifter 2026, rad 12"
};

struct Start {
    std::size_t line = 0;
    int rank = 0;  // smaller is further out
    PathRule rule = PathRule::under;
    std::string label{};           // its piece of the path
    std::size_t heading_size = 0;  // bytes of the line that are heading; 0: a piece of text without one
    SectionRole role = SectionRole::text;
    bool anchors = false;  // a chapter or annex: what joined labels follow
    bool nests = false;    // lies inside an empty start of the same rank before it
};

struct Structure {
    std::vector<Start> starts{};         // ordered by line
    std::optional<std::size_t> title{};  // the line that is the document's own title
    bool statute = false;                // its sections are those of a statute
    bool sheets = false;                 // its sections are sheets and rows
};

[[nodiscard]] std::vector<Line> read_lines(const std::vector<extract::Block>& blocks);

// `title`: what the file calls itself, or empty. `known_statute`: its metadata names an SFS number.
[[nodiscard]] Structure find_structure(const std::vector<Line>& lines, const std::string& title,
                                       bool known_statute);

// The starts by the rules of one kind of document. Each answers nothing when the document is not of that kind.
[[nodiscard]] std::optional<std::vector<Start>> statute_starts(const std::vector<Line>& lines,
                                                               bool known_statute);
[[nodiscard]] std::optional<std::vector<Start>> agenda_starts(const std::vector<Line>& lines);
[[nodiscard]] std::vector<Start> heading_starts(const std::vector<Line>& lines,
                                                std::optional<std::size_t> title);

// Sets Line::contents.
void mark_contents(std::vector<Line>& lines);

}  // namespace kansli::documents::detail
