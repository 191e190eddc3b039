#include "documents/detail/structure.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace kansli::documents::detail {

namespace {

using extract::BlockKind;

bool could_be_contents(const Line& line) {
    return line.text.size() <= 240 && line.block->kind != BlockKind::table_row;
}

// A list of contents under its own heading: lines that end in page numbers, and the odd line broken in two.
std::size_t mark_zone(std::vector<Line>& lines, std::size_t heading) {
    std::size_t end = heading + 1;
    while (end < lines.size() && could_be_contents(lines[end])) {
        const bool entry = ends_with_page_number(lines[end].text);
        const bool first_half = end + 1 < lines.size() && could_be_contents(lines[end + 1]) &&
                                ends_with_page_number(lines[end + 1].text) &&
                                !ends_with_stop(lines[end].text);
        if (!entry && !first_half) break;
        ++end;
    }
    // One line that ends in a number is no list.
    if (end - heading < 3) return heading + 1;
    for (std::size_t i = heading; i < end; ++i)
        lines[i].contents = true;
    return end;
}

// A heading that announces contents, followed by headings that all come again further down: a list of links.
void mark_repeated(std::vector<Line>& lines, std::size_t heading) {
    std::map<std::string_view, std::size_t> last;
    for (std::size_t i = heading + 1; i < lines.size(); ++i)
        last[lines[i].text] = i;
    std::size_t end = heading + 1;
    while (end < lines.size() && could_be_contents(lines[end]) && last.at(lines[end].text) > end)
        ++end;
    if (end - heading < 3) return;
    for (std::size_t i = heading; i < end; ++i)
        lines[i].contents = true;
}

// Chapter marks in a row with nothing between them, each of which stands elsewhere with its text: a list at the beginning
// or the end of a statute.
void mark_bare_chapters(std::vector<Line>& lines) {
    const auto is_chapter = [&](std::size_t i) {
        return i < lines.size() && lines[i].mark.kind == MarkKind::chapter && !lines[i].contents;
    };
    std::set<std::string_view> with_text;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        if (is_chapter(i) && !is_chapter(i + 1)) with_text.insert(lines[i].mark.label);
    }
    for (std::size_t i = 0; i < lines.size();) {
        std::size_t end = i;
        while (is_chapter(end))
            ++end;
        // The last of a row may be the first real chapter.
        if (end - i >= 3) {
            for (std::size_t j = i; j + 1 < end; ++j)
                lines[j].contents = with_text.contains(lines[j].mark.label);
            const bool last_is_listed = end == lines.size() || lines[end].mark.kind == MarkKind::annex;
            if (last_is_listed) lines[end - 1].contents = true;
        }
        i = std::max(end, i + 1);
    }
}

constexpr std::size_t first_lines = 12;

// The line that is the document's own title. A letterhead may stand above it, but no heading with a number.
std::optional<std::size_t> find_title(const std::vector<Line>& lines, const std::string& title) {
    const auto outermost = std::ranges::count_if(lines, [](const Line& line) {
        const bool whole = line.mark.kind == MarkKind::division || line.mark.kind == MarkKind::annex;
        return line.is_heading() && line.block->level == 1 && !whole;
    });
    if (outermost > 1) return std::nullopt;
    for (std::size_t i = 0; i < std::min(lines.size(), first_lines); ++i) {
        const Line& line = lines[i];
        const bool marked = line.mark.kind != MarkKind::none;
        if (marked && line.is_heading()) return std::nullopt;
        if (marked) continue;
        if (!title.empty() && line.text == title && (i == 0 || line.is_heading())) return i;
        if (line.is_heading() && line.block->level == 1) return i;
    }
    return std::nullopt;
}

constexpr int sheet_rank = 10;
constexpr int row_rank = 20;

// Each sheet is a section and each of its rows one.
std::vector<Start> sheet_starts(const std::vector<Line>& lines) {
    std::vector<Start> starts;
    std::string sheet;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& block = *lines[i].block;
        if (block.kind == BlockKind::heading) {
            sheet = block.sheet.empty() ? block.text : block.sheet;
            starts.push_back({.line = i,
                              .rank = sheet_rank,
                              .rule = PathRule::absolute,
                              .label = sheet,
                              .heading_size = lines[i].text.size()});
            continue;
        }
        if (block.row == 0) continue;
        const std::string row = "rad " + std::to_string(block.row);
        const bool inside = !starts.empty() && block.sheet == sheet;
        const std::string label = inside || block.sheet.empty() ? row : block.sheet + ", " + row;
        starts.push_back({.line = i,
                          .rank = row_rank,
                          .rule = inside ? PathRule::comma : PathRule::absolute,
                          .label = label});
    }
    return starts;
}

// Tells the lines that come again at the top of each page: the name of the board in a letterhead. Long documents lose
// theirs already when they are read; of two pages only this shows.
class RunningHeads {
  public:
    bool is_repeated(const extract::Block& block) {
        if (block.places.empty()) return false;
        const extract::Place& place = block.places.front();
        if (place.page != page_) {
            page_ = place.page;
            on_page_ = 0;
        }
        constexpr int topmost = 3;  // blocks of a page
        if (++on_page_ > topmost || block.text.size() > 120 || block.places.size() > 1) return false;
        const auto [first, is_new] = tops_.try_emplace(block.text, place);
        constexpr double same_height = 6;  // points
        return !is_new && first->second.page != page_ &&
               std::abs(first->second.box.top - place.box.top) <= same_height;
    }

  private:
    int page_ = 0;
    int on_page_ = 0;
    std::map<std::string_view, extract::Place> tops_{};
};

}  // namespace

std::vector<Line> read_lines(const std::vector<extract::Block>& blocks) {
    std::vector<Line> lines;
    lines.reserve(blocks.size());
    RunningHeads heads;
    for (const extract::Block& block : blocks) {
        if (heads.is_repeated(block)) continue;
        Line line{.block = &block,
                  .text = block.marker.empty() ? block.text : block.marker + " " + block.text};
        if (block.kind != BlockKind::table_row) line.mark = read_mark(line.text);
        lines.push_back(std::move(line));
    }
    mark_contents(lines);
    return lines;
}

void mark_contents(std::vector<Line>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].contents) continue;
        if (has_dotted_leader(lines[i].text) && could_be_contents(lines[i])) {
            lines[i].contents = true;
        } else if (is_contents_heading(lines[i].text)) {
            if (mark_zone(lines, i) == i + 1) mark_repeated(lines, i);
        }
    }
    mark_bare_chapters(lines);
}

Structure find_structure(const std::vector<Line>& lines, const std::string& title, bool known_statute) {
    Structure structure;
    structure.sheets = std::ranges::any_of(lines, [](const Line& line) { return line.block->row > 0; });
    if (structure.sheets) {
        structure.starts = sheet_starts(lines);
        return structure;
    }
    structure.title = find_title(lines, title);
    if (auto starts = statute_starts(lines, known_statute)) {
        structure.statute = true;
        structure.starts = *std::move(starts);
    } else if (auto agenda = agenda_starts(lines)) {
        structure.starts = *std::move(agenda);
    } else {
        structure.starts = heading_starts(lines, structure.title);
    }
    std::erase_if(structure.starts,
                  [&](const Start& start) { return structure.title && start.line <= *structure.title; });
    return structure;
}

}  // namespace kansli::documents::detail
