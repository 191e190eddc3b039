#include "extract/detail/table.hpp"

#include <algorithm>

#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::size_t rows_to_look_at = 12;

std::size_t filled(const std::vector<std::string>& cells) {
    return static_cast<std::size_t>(
        std::ranges::count_if(cells, [](const auto& cell) { return !cell.empty(); }));
}

bool is_mostly_figures(std::string_view cell) {
    std::size_t figures = 0;
    std::size_t letters = 0;
    for (std::size_t at = 0; at < cell.size();) {
        const char32_t c = next_code_point(cell, at);
        figures += is_digit(c) ? 1U : 0U;
        letters += is_letter(c) ? 1U : 0U;
    }
    return figures > letters;
}

}  // namespace

// Names of columns are several short words without figures, each different from the others.
bool SheetTable::looks_like_names(const Row& row) {
    std::vector<std::string_view> seen;
    for (const auto& cell : row.cells) {
        if (cell.empty()) continue;
        if (count_code_points(cell) > 60 || is_mostly_figures(cell) || cell.ends_with('.')) return false;
        if (std::ranges::find(seen, std::string_view(cell)) != seen.end()) return false;
        seen.push_back(cell);
    }
    return seen.size() >= 2;
}

void SheetTable::row(int number, std::vector<std::string> cells) {
    for (auto& cell : cells)
        cell = tidy(cell);
    while (!cells.empty() && cells.back().empty())
        cells.pop_back();
    if (cells.empty()) return;
    Row row{number, std::move(cells)};
    if (decided_) return write(row);
    waiting_.push_back(std::move(row));
    if (waiting_.size() >= rows_to_look_at) decide();
}

void SheetTable::finish() {
    if (!decided_) decide();
}

// The column names stand in the first row that is as wide as the rows below it; titles and notes above are
// narrower.
void SheetTable::decide() {
    decided_ = true;
    std::size_t width = 0;
    for (const auto& row : waiting_)
        width = std::max(width, filled(row.cells));
    const auto header = std::ranges::find_if(waiting_, [&](const Row& row) {
        return filled(row.cells) >= 2 && filled(row.cells) * 3 >= width * 2 && looks_like_names(row);
    });
    const bool rows_below = header != waiting_.end() && header + 1 != waiting_.end();
    for (auto row = waiting_.begin(); row != waiting_.end(); ++row) {
        write(*row);
        if (rows_below && row == header) names_ = row->cells;
    }
    waiting_.clear();
}

void SheetTable::write(const Row& row) {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (row.cells[i].empty()) continue;
        const bool named = i < names_.size() && !names_[i].empty();
        cells.push_back(named ? names_[i] + ": " + row.cells[i] : row.cells[i]);
    }
    Block block{.kind = BlockKind::table_row, .sheet = sheet_, .row = row.number};
    block.text = join_cells(cells);
    writer_.add(std::move(block));
}

}  // namespace kansli::extract::detail
