#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the readers of all formats share: cleaning of text, joining of printed lines, and what marks and
// headings look like.
namespace kansli::extract::detail {

// Text as the house keeps it: one line, single spaces, normal form C; ligatures spelt out, soft hyphens and
// invisible characters gone, bullets of symbol fonts as "•", other private-use characters gone.
[[nodiscard]] std::string tidy(std::string_view utf8);

// A list mark at the start of a tidy line: "•", "–", "1.", "a)", "(2)", "iv)".
struct Marker {
    std::string text{};
    std::size_t length = 0;  // bytes up to where the item's own text begins
    bool bullet = false;
};
[[nodiscard]] std::optional<Marker> find_marker(std::string_view line);

// "a)" and its like, which Markdown does not know as lists.
[[nodiscard]] bool is_letter_marker(const Marker& marker);

// "4 §", "8 a §", "12 kap.", "2 b kap.": a statute's section or chapter begins here.
[[nodiscard]] bool starts_section(std::string_view line);
[[nodiscard]] bool starts_chapter(std::string_view line);

// A decimal number before a capital: "3.2 Avgifter", "1. Allmänt".
[[nodiscard]] bool starts_numbered_heading(std::string_view line);

// Whether a line standing by itself can be a heading: short, begins as one, does not end as a sentence.
[[nodiscard]] bool can_be_heading(std::string_view line);

// Whether most letters are capitals, as in headings of typed documents.
[[nodiscard]] bool is_all_capitals(std::string_view line);

// "2.1 Beräkning av inkomst ..... 4": a line of a table of contents.
[[nodiscard]] bool is_contents_line(std::string_view line);
[[nodiscard]] bool is_contents_heading(std::string_view line);

// Programs put names of files in the title of their own accord; those are no titles.
[[nodiscard]] bool is_file_name(std::string_view title);

// Adds the next printed line of a paragraph. A hyphen that only divides a word at the line's end goes;
// "bygg-" before "och" and the hyphen of "EU-stöd" stay. Returns where the added line begins in `text`.
std::size_t join_line(std::string& text, std::string_view line);

[[nodiscard]] std::vector<std::string_view> split_lines(std::string_view text);

// Tidy pieces of a paragraph with line breaks: broken only where a line begins an item or a section, joined elsewhere.
[[nodiscard]] std::vector<std::string> broken_at_marks(std::string_view text);

[[nodiscard]] std::string join_cells(const std::vector<std::string>& cells);

}  // namespace kansli::extract::detail
