#include "extract/detail/pdf_lines.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace kansli::extract::detail {

namespace {

constexpr double larger_than_body = 1.12;  // times the body's letters: a heading's
constexpr double same_size = 1.04;         // sizes within this are one size
constexpr std::size_t most_lines =
    600;  // of a page; more is a drawing, and its columns are not worth finding

// How far the column reaches that a line belongs to: as far as the lines of its block, or of a page's lines with the same left edge.
double column_right_of(const Line& line, std::span<const Line> page_lines) {
    double in_block = line.box.right;
    int block_lines = 0;
    std::vector<double> rights;
    for (const auto& other : page_lines) {
        if (other.row != nullptr || std::abs(other.height() - line.height()) > 0.1 * line.height()) continue;
        if (other.block == line.block) {
            in_block = std::max(in_block, other.box.right);
            ++block_lines;
        }
        if (std::abs(other.box.left - line.box.left) < 2 * line.height()) rights.push_back(other.box.right);
    }
    if (block_lines >= 4 || rights.size() < 3) return in_block;
    const auto high = rights.begin() + static_cast<std::ptrdiff_t>(rights.size() * 9 / 10);
    std::ranges::nth_element(rights, high);
    return std::max(in_block, *high);
}

}  // namespace

Lines::Lines(const std::vector<Page>& pages) {
    tables_.reserve(pages.size());
    for (const auto& page : pages)
        add_page(page);
    measure();
}

int Lines::rank(double height) const {
    if (height < body_height_ * larger_than_body) return 0;
    int rank = 1;
    for (const double size : sizes_)
        rank += size > height * same_size ? 1 : 0;
    return std::min(rank, 6);
}

void Lines::add_page(const Page& page) {
    tables_.push_back(find_tables(page));
    std::vector<const PrintedTable*> table_of(page.runs.size(), nullptr);
    for (const auto& table : tables_.back()) {
        for (const auto run : table.runs)
            table_of[run] = &table;
    }
    const auto first_line = lines_.size();
    std::vector<const PrintedTable*> written;
    for (std::size_t i = 0; i < page.runs.size(); ++i) {
        const auto* table = table_of[i];
        if (table == nullptr) {
            add_run(page.runs[i], page.number, first_line);
        } else if (std::ranges::find(written, table) == written.end()) {
            written.push_back(table);
            for (const auto& row : table->rows)
                lines_.push_back({.page = page.number, .block = -1, .row = &row});
        }
    }
    find_columns(first_line);
}

// Runs of one block on one baseline that no table claimed are one line after all.
void Lines::add_run(const Run& run, int page, std::size_t first_line) {
    if (lines_.size() > first_line) {
        auto& last = lines_.back();
        if (last.row == nullptr && last.block == run.block && share_line(last.box, run.box) &&
            run.box.left >= last.box.right - 1) {
            last.text.append(" ").append(run.text);
            last.box = united(last.box, run.box);
            return;
        }
    }
    lines_.push_back({run.text, run.box, run.size, page, run.block});
}

void Lines::find_columns(std::size_t first_line) {
    const auto page_lines = std::span(lines_).subspan(first_line);
    if (page_lines.size() > most_lines) {
        for (auto& line : page_lines)
            line.column_right = line.box.right;
        return;
    }
    for (auto& line : page_lines)
        line.column_right = column_right_of(line, page_lines);
}

void Lines::measure() {
    std::map<long, std::size_t> heights;  // tenths of a point -> letters
    for (const auto& line : lines_) {
        if (line.row == nullptr) heights[std::lround(line.height() * 10)] += line.text.size();
    }
    std::size_t most = 0;
    for (const auto& [height, letters] : heights) {
        if (letters <= most) continue;
        most = letters;
        body_height_ = static_cast<double>(height) / 10;
    }
    for (const auto& [height, letters] : heights) {
        const double size = static_cast<double>(height) / 10;
        if (size < body_height_ * larger_than_body) continue;
        if (sizes_.empty() || size > sizes_.back() * same_size) sizes_.push_back(size);
    }
    measure_leading();
}

void Lines::measure_leading() {
    std::vector<double> gaps;
    for (std::size_t i = 1; i < lines_.size(); ++i) {
        const auto& above = lines_[i - 1];
        const auto& below = lines_[i];
        if (above.row != nullptr || below.row != nullptr || above.block != below.block || below.height() <= 0)
            continue;
        const double gap = (below.box.top - above.box.bottom) / below.height();
        if (gap > -0.6 && gap < 1.5) gaps.push_back(gap);
    }
    if (gaps.empty()) return;
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::ranges::nth_element(gaps, middle);
    leading_ = *middle;
}

}  // namespace kansli::extract::detail
