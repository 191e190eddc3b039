#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/extract.hpp"

// What stands where on paper, before anybody has said what it means.
namespace kansli::extract::detail {

// Words that stand together on one line: a line of a column, or a cell's line in a table.
struct Run {
    Box box{};
    std::string text{};  // tidy; a soft hyphen at the end has become "-"
    double size = 0;     // height of most of its letters, in points
    int block = 0;       // as the page analysis grouped lines; runs of a block follow each other
};

struct Page {
    int number = 0;  // from 1
    double width = 0;
    double height = 0;
    std::vector<Run> runs{};  // in the reading order of the page analysis
};

struct PrintedPages {
    std::vector<Page> pages{};
    std::map<std::string, std::string> properties{};  // title, author and the like, keys in lower case
};

// Reads what `pdftotext -bbox-layout` writes. Anything else gives what can be made of it.
[[nodiscard]] PrintedPages parse_layout(std::string_view xhtml);

// Reads what `tesseract … tsv` writes about one page; `points_a_pixel` is 72 / dpi. Adds to the page's runs.
// Returns the mean confidence of its words, 0–100, or -1 when there are none.
double parse_tesseract(std::string_view tsv, double points_a_pixel, Page& page);

// Adds the words of a line as runs, divided at gaps that no space between words has, except after a list mark or a section's number.
struct PlacedWord {
    Box box{};
    std::string_view raw{};
};
void add_runs(Page& page, const std::vector<PlacedWord>& line, int block);

[[nodiscard]] inline double height_of(const Box& box) {
    return box.bottom - box.top;
}
[[nodiscard]] inline double width_of(const Box& box) {
    return box.right - box.left;
}
[[nodiscard]] Box united(const Box& a, const Box& b);

// Whether two boxes stand on the same printed line.
[[nodiscard]] bool share_line(const Box& a, const Box& b);

// Takes away running heads and feet and page numbers: what returns at the same height page after page, with the page's own
// number or without any.
void remove_furniture(std::vector<Page>& pages);

// Puts list marks and section numbers that stand in a column of their own in front of the text on their line.
void attach_leads(Page& page);

// Orders a page's runs as they are read: column by column where there are columns, the upper of two blocks first.
void restore_order(Page& page);

}  // namespace kansli::extract::detail
