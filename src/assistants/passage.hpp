#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// A section's text as the pieces that can be quoted: sentences, list items and rows of tables, each item with the words that lead in to
// it, each row with the row that names its columns.
// Pure; threads: any.
namespace kansli::assistants {

struct Span {
    std::size_t start = 0;
    std::size_t end = 0;

    friend bool operator==(const Span&, const Span&) = default;
};

struct Passage {
    Span span{};  // bytes of the section's text
    // The passage that this one hangs on: "Bygglov krävs inte om" for "1. …", and the sentence before for "Där får …".
    std::optional<std::size_t> lead{};
    bool item = false;  // begins with a list label
    bool row = false;   // of a table
    // The row that names the columns of the others, also where a new page repeats it.
    bool names_columns = false;
    // For a row of a table: the row that names its columns; empty: none. It is not quoted with it, only told beside it.
    std::string columns{};
};

// The passages of `text` from byte `body` on, in order. A passage's lead always comes before it. `rows_above`: when the text begins in
// the middle of a table, the table's rows before it, of which the first may name the columns.
[[nodiscard]] std::vector<Passage> passages_of(std::string_view text, std::size_t body,
                                               std::span<const std::string> rows_above = {});

// A passage as it is shown: its text on one line, and each cell of a row behind the name of its column when a header gives one:
// "Åtgärd: Komplementbyggnad | Avgift: 4 800".
[[nodiscard]] std::string shown(std::string_view text, const Passage& passage);

// The text with line ends and repeated blanks as one space.
[[nodiscard]] std::string on_one_line(std::string_view text);

// What must be quoted for passage `at` to be readable by itself: one span from its outermost lead-in to its end when that is at
// most `most` bytes, else the lead-ins and the passage each for itself, in order.
[[nodiscard]] std::vector<Span> quotable(const std::vector<Passage>& passages, std::size_t at,
                                         std::size_t most);

}  // namespace kansli::assistants
