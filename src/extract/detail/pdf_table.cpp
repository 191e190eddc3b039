#include "extract/detail/pdf_table.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::size_t most_runs = 4000;     // a page with more is a drawing
constexpr double widest_row_gap = 3.5;      // between rows of one table, in line heights
constexpr double narrowest_corridor = 0.4;  // in line heights
constexpr double close_lines = 0.8;         // air between lines of one cell, in line heights

struct Corridor {
    double left = 0;
    double right = 0;
};

// The runs of a page that share a baseline, from left to right.
struct Baseline {
    Box box{};
    std::vector<std::size_t> runs{};
};

struct Region {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::vector<Corridor> corridors{};
};

std::vector<Baseline> baselines_of(const Page& page) {
    std::vector<std::size_t> order(page.runs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto centre = [&](std::size_t i) { return page.runs[i].box.top + page.runs[i].box.bottom; };
    std::ranges::stable_sort(order, {}, centre);
    std::vector<Baseline> baselines;
    for (const auto i : order) {
        if (baselines.empty() ||
            !share_line(page.runs[baselines.back().runs.front()].box, page.runs[i].box)) {
            baselines.push_back({page.runs[i].box, {}});
        }
        baselines.back().runs.push_back(i);
        baselines.back().box = united(baselines.back().box, page.runs[i].box);
    }
    for (auto& line : baselines)
        std::ranges::sort(line.runs, {}, [&](std::size_t i) { return page.runs[i].box.left; });
    return baselines;
}

std::size_t word_count(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1;
}

class TableFinder {
  public:
    explicit TableFinder(const Page& page) : page_(page), lines_(baselines_of(page)) {}

    std::vector<PrintedTable> find() {
        std::vector<PrintedTable> tables;
        for (std::size_t at = 0; at < lines_.size();) {
            const auto region = grow(at);
            if (region.end <= at + 1 || is_running_text(region) || is_justified(region)) {
                at = std::max(region.end, at + 1);
                continue;
            }
            tables.push_back(build(region));
            at = region.end;
        }
        return tables;
    }

  private:
    [[nodiscard]] const Run& run(std::size_t i) const { return page_.runs[i]; }

    [[nodiscard]] std::vector<Corridor> gaps_in(const Baseline& line) const {
        std::vector<Corridor> gaps;
        for (std::size_t i = 1; i < line.runs.size(); ++i) {
            const Corridor gap{run(line.runs[i - 1]).box.right, run(line.runs[i]).box.left};
            if (gap.right - gap.left >= narrowest_corridor * height_of(line.box)) gaps.push_back(gap);
        }
        return gaps;
    }

    // What of the corridors stays white on this line too.
    [[nodiscard]] std::vector<Corridor> narrowed(const std::vector<Corridor>& corridors,
                                                 const Baseline& line) const {
        std::vector<Corridor> left;
        for (auto corridor : corridors) {
            for (const auto i : line.runs) {
                const auto& box = run(i).box;
                if (box.right <= corridor.left || box.left >= corridor.right) continue;
                // The run reaches into the corridor from one side, or covers it.
                if (box.left <= corridor.left) {
                    corridor.left = box.right;
                } else {
                    corridor.right = std::min(corridor.right, box.left);
                }
            }
            if (corridor.right - corridor.left >= narrowest_corridor * height_of(line.box))
                left.push_back(corridor);
        }
        return left;
    }

    [[nodiscard]] std::size_t column_of(const Region& region, const Box& box) const {
        const double centre = (box.left + box.right) / 2;
        return static_cast<std::size_t>(std::ranges::count_if(
            region.corridors, [&](const Corridor& c) { return (c.left + c.right) / 2 < centre; }));
    }

    // The longest stretch of lines from `begin` that keeps a common corridor and has at least two lines with cells on both sides.
    [[nodiscard]] Region grow(std::size_t begin) const {
        Region region{begin, begin + 1, gaps_in(lines_[begin])};
        if (region.corridors.empty()) return region;
        std::size_t gapped = 1;
        std::size_t last_gapped = begin;
        std::size_t lonely = 0;  // lines in a row with nothing but the first column
        for (std::size_t at = begin + 1; at < lines_.size(); ++at) {
            const auto& line = lines_[at];
            const double height = std::min(height_of(line.box), height_of(lines_[at - 1].box));
            if (line.box.top - lines_[at - 1].box.bottom > widest_row_gap * height) break;
            auto corridors = narrowed(region.corridors, line);
            const bool loses = corridors.size() < region.corridors.size();
            if (corridors.empty() || (loses && (line.runs.size() < 2 || gapped >= 2))) break;
            region.corridors = std::move(corridors);
            const bool only_first = line.runs.size() == 1 && column_of(region, line.box) == 0;
            lonely = only_first ? lonely + 1 : 0;
            if (lonely >= 3) break;
            if (line.runs.size() >= 2) ++gapped;
            if (!only_first) last_gapped = at;
        }
        region.end = gapped >= 2 ? last_gapped + 1 : begin + 1;
        return region;
    }

    // Columns of running text: in at least two of them the lines are many words long and reach across the column.
    [[nodiscard]] bool is_running_text(const Region& region) const {
        struct Column {
            std::size_t lines = 0;
            std::size_t words = 0;
            std::size_t full = 0;
            Box box{};
        };
        std::vector<Column> columns(region.corridors.size() + 1);
        const auto each = [&](auto&& visit) {
            for (auto at = region.begin; at < region.end; ++at) {
                for (const auto i : lines_[at].runs)
                    visit(columns[column_of(region, run(i).box)], run(i));
            }
        };
        each([](Column& column, const Run& run) {
            column.box = column.lines == 0 ? run.box : united(column.box, run.box);
            ++column.lines;
            column.words += word_count(run.text);
        });
        each([](Column& column, const Run& run) {
            column.full += width_of(run.box) > 0.7 * width_of(column.box) ? 1U : 0U;
        });
        const auto running = std::ranges::count_if(columns, [](const Column& column) {
            return column.lines > 0 && column.words * 2 >= column.lines * 7 &&
                   column.full * 10 >= column.lines * 6;
        });
        return running >= 2;
    }

    // Two lines of one paragraph whose spaces were stretched to reach the margin.
    [[nodiscard]] bool is_justified(const Region& region) const {
        std::size_t gapped = 0;
        const int block = run(lines_[region.begin].runs.front()).block;
        for (auto at = region.begin; at < region.end; ++at) {
            gapped += lines_[at].runs.size() >= 2 ? 1U : 0U;
            for (const auto i : lines_[at].runs) {
                if (run(i).block != block) return false;
            }
        }
        return gapped < 3;
    }

    // The cells that one printed line gives to each column.
    struct LineCells {
        std::vector<PlacedText> cells{};
        Box box{};
    };

    [[nodiscard]] LineCells cells_of(const Region& region, const Baseline& line) const {
        LineCells cells{std::vector<PlacedText>(region.corridors.size() + 1), line.box};
        for (const auto i : line.runs) {
            cells.cells[column_of(region, run(i).box)].add_line(run(i).text, run(i).box, page_.number);
        }
        return cells;
    }

    [[nodiscard]] PrintedTable build(const Region& region) const {
        PrintedTable table;
        Box above{};
        LineCells previous;
        for (auto at = region.begin; at < region.end; ++at) {
            auto line = cells_of(region, lines_[at]);
            table.runs.insert(table.runs.end(), lines_[at].runs.begin(), lines_[at].runs.end());
            const double height = height_of(lines_[at].box);
            const bool close = !table.rows.empty() && line.box.top - above.bottom <= close_lines * height;
            if (close && continues(table.rows.back(), previous, line)) {
                append(table.rows.back(), line);
            } else {
                table.rows.push_back({line.cells});
            }
            above = line.box;
            previous = std::move(line);
        }
        return table;
    }

    static void append(PrintedRow& row, const LineCells& line) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            for (const auto& place : line.cells[i].places) {
                row.cells[i].add_line(
                    std::string_view(line.cells[i].text).substr(place.start, place.end - place.start),
                    place.box, place.page);
            }
        }
    }

    // Whether a printed line goes on with the cells of the row above instead of beginning a row.
    static bool continues(const PrintedRow& row, const LineCells& previous, const LineCells& line) {
        const auto& first = line.cells.front().text;
        if (first.empty()) return true;
        bool others_free = true;
        for (std::size_t i = 1; i < row.cells.size(); ++i) {
            const auto& above = previous.cells[i].text;
            const auto& below = line.cells[i].text;
            if (!above.empty() && !below.empty() && goes_on(above, below)) return true;
            others_free = others_free && (below.empty() || row.cells[i].text.empty());
        }
        const char32_t start = first_code_point(first);
        const bool goes_on_itself = is_lower(start) || start == U'(' || row.cells.front().text.ends_with('-');
        return others_free && goes_on_itself && !row.cells.front().text.empty() && !find_marker(first);
    }

    static bool goes_on(std::string_view above, std::string_view below) {
        if (!is_lower(first_code_point(below)) || find_marker(below)) return false;
        return above.ends_with('-') ||
               (word_count(above) >= 3 && !above.ends_with('.') && !above.ends_with(':'));
    }

    const Page& page_;
    std::vector<Baseline> lines_;
};

}  // namespace

void PlacedText::add_line(std::string_view line, const Box& box, int page) {
    const auto start = join_line(text, line);
    // The hyphen that ended the line before may be gone.
    if (!places.empty()) places.back().end = std::min(places.back().end, start);
    places.push_back({start, text.size(), page, box});
}

std::vector<PrintedTable> find_tables(const Page& page) {
    if (page.runs.size() > most_runs) return {};
    return TableFinder(page).find();
}

}  // namespace kansli::extract::detail
