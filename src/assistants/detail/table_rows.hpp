#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Rows of tables as documents keep them: cells on one line with " | " between them. Pure; threads: any.
namespace kansli::assistants::detail {

[[nodiscard]] bool is_row(std::string_view line);

// The cells of a row, an empty one included.
[[nodiscard]] std::vector<std::string_view> cells_of(std::string_view row);

// Whether the first of the rows names the columns of the others: short, different words without figures, as many as the
// others have cells, above a column that has a figure in each of them. It may come again word for word, as on each page of a
// long table. No more is believed: a wrong name on a number would be worse than none.
[[nodiscard]] bool has_header(const std::vector<std::string_view>& rows);

// "Åtgärd: Bygglov | Avgift: 4 500". Requires: as many cells as names.
[[nodiscard]] std::string named_cells(std::string_view header, std::string_view row);

}  // namespace kansli::assistants::detail
