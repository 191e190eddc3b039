#pragma once

#include <string>
#include <string_view>

#include "measures/figures.hpp"

// An assessment written out for people and their spreadsheets. Pure.
namespace kansli::measures {

[[nodiscard]] std::string_view swedish(Question question);
[[nodiscard]] std::string_view swedish(Unit unit);
// The figure's name in words; the name itself when there are none.
[[nodiscard]] std::string_view swedish_figure(std::string_view name);
// A decimal comma, and no more decimals than mean something.
[[nodiscard]] std::string swedish_number(double value);

// A cell of a semicolon-separated table: in quotation marks where it must be, and never the beginning of a formula (a text that a
// spreadsheet would compute gets an apostrophe before it).
[[nodiscard]] std::string csv_text(std::string_view text);

// One row a figure and group, semicolons, decimal commas, UTF-8 with a byte order mark, lines ended by CR LF: what Excel in Swedish opens.
[[nodiscard]] std::string as_csv(const Assessment& assessment);

// One line a figure, for a terminal.
[[nodiscard]] std::string as_text(const Assessment& assessment);

}  // namespace kansli::measures
