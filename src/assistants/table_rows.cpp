#include "assistants/detail/table_rows.hpp"

#include <algorithm>
#include <cstddef>

#include "core/ascii.hpp"

namespace kansli::assistants::detail {

namespace {

constexpr std::size_t longest_name = 80;  // bytes

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_ascii_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_ascii_space(text.back()))
        text.remove_suffix(1);
    return text;
}

bool are_names(const std::vector<std::string_view>& cells) {
    for (auto cell = cells.begin(); cell != cells.end(); ++cell) {
        if (cell->empty() || cell->size() > longest_name || has_ascii_digit(*cell) || cell->ends_with('.'))
            return false;
        if (std::find(cells.begin(), cell, *cell) != cell) return false;
    }
    return cells.size() > 1;
}

// "Period: Sportlov", as the rows of a sheet are read.
bool tells_its_column(std::string_view cell, std::string_view name) {
    return cell.starts_with(name) && cell.substr(name.size()).starts_with(':');
}

}  // namespace

bool is_row(std::string_view line) {
    return line.find(" | ") != std::string_view::npos;
}

std::vector<std::string_view> cells_of(std::string_view row) {
    std::vector<std::string_view> cells;
    for (;;) {
        const auto bar = row.find('|');
        cells.push_back(trimmed(row.substr(0, bar)));
        if (bar == std::string_view::npos) return cells;
        row.remove_prefix(bar + 1);
    }
}

bool has_header(const std::vector<std::string_view>& rows) {
    if (rows.size() < 2) return false;
    const auto names = cells_of(rows.front());
    if (!are_names(names)) return false;
    std::vector<bool> figures(names.size(), true);
    bool named = false;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        if (rows[row] == rows.front()) continue;
        named = true;
        const auto cells = cells_of(rows[row]);
        if (cells.size() != names.size()) return false;
        for (std::size_t at = 0; at < cells.size(); ++at) {
            if (cells[at] == names[at] || tells_its_column(cells[at], names[at])) return false;
            figures[at] = figures[at] && has_ascii_digit(cells[at]);
        }
    }
    return named && std::ranges::find(figures, true) != figures.end();
}

std::string named_cells(std::string_view header, std::string_view row) {
    const auto names = cells_of(header);
    const auto cells = cells_of(row);
    std::string text;
    for (std::size_t at = 0; at < cells.size() && at < names.size(); ++at) {
        if (cells[at].empty()) continue;
        if (!text.empty()) text += " | ";
        text.append(names[at]).append(": ").append(cells[at]);
    }
    return text;
}

}  // namespace kansli::assistants::detail
