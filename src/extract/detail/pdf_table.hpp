#pragma once

#include <string>
#include <vector>

#include "extract/detail/pdf_layout.hpp"

namespace kansli::extract::detail {

// Text with the printed lines it came from; offsets into `text`.
struct PlacedText {
    std::string text{};
    std::vector<Place> places{};

    // Adds a printed line as join_line() does, and remembers where it stands.
    void add_line(std::string_view line, const Box& box, int page);
};

struct PrintedRow {
    std::vector<PlacedText> cells{};
};

// A table of a page, and which of the page's runs it is made of.
struct PrintedTable {
    std::vector<PrintedRow> rows{};
    std::vector<std::size_t> runs{};
};

// Finds tables by the white corridors that run through several lines. Text in columns has such a corridor too; it is told apart by
// its lines, which are full of words.
[[nodiscard]] std::vector<PrintedTable> find_tables(const Page& page);

}  // namespace kansli::extract::detail
