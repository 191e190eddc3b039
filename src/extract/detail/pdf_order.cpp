// The order in which the blocks of a page are read.
//
// Problem: poppler and tesseract group lines into blocks well, but now and then they put the heading at the top of the second column
// before the page's title, or the last paragraph of the first column behind the second.
// Method: the page is cut along the gutter between two columns of running text, each column again in the same way, as in the recursive
// X-Y cut (Nagy and Seth, 1984). Blocks that cross the gutter, such as a title, part the page: what stands above them is read
// first. Where there is no gutter the analysis' own order stands, except that of two blocks of one column the upper comes first.
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "extract/detail/pdf_layout.hpp"
#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::size_t most_blocks_to_order = 120;
constexpr std::size_t fewest_lines = 6;  // of a column
constexpr std::size_t letters_in_a_line =
    22;  // on average, in a column of running text; cells of tables hold fewer
constexpr double narrowest_column = 0.25;  // of the width of all that is ordered
constexpr double narrowest_gutter = 6;     // points
constexpr double side_by_side = 0.5;       // of the lower column's height
constexpr int deepest_cut = 4;

struct PlacedBlock {
    Box box{};
    std::size_t begin = 0;  // its runs
    std::size_t end = 0;
    std::size_t letters = 0;
};

using Blocks = std::vector<PlacedBlock>;

Blocks blocks_of(const Page& page) {
    Blocks blocks;
    for (std::size_t i = 0; i < page.runs.size(); ++i) {
        const auto& run = page.runs[i];
        if (i == 0 || page.runs[i - 1].block != run.block) blocks.push_back({run.box, i, i + 1});
        auto& block = blocks.back();
        block.box = united(block.box, run.box);
        block.end = i + 1;
        block.letters += count_code_points(run.text);
    }
    return blocks;
}

// What stands on one side of a gutter.
struct Side {
    Box box{};
    std::size_t lines = 0;
    std::size_t letters = 0;

    void add(const PlacedBlock& block) {
        box = lines == 0 ? block.box : united(box, block.box);
        lines += block.end - block.begin;
        letters += block.letters;
    }

    [[nodiscard]] bool is_column_in(double width) const {
        return lines >= fewest_lines && letters >= lines * letters_in_a_line &&
               width_of(box) >= narrowest_column * width;
    }
};

struct Gutter {
    double x = 0;
    std::size_t crossing = 0;  // lines of the blocks that cross it
};

std::optional<Gutter> gutter_at(const Blocks& blocks, double x, double width) {
    Gutter gutter{x, 0};
    Side left;
    Side right;
    for (const auto& block : blocks) {
        if (block.box.right <= x) {
            left.add(block);
        } else if (block.box.left >= x) {
            right.add(block);
        } else {
            gutter.crossing += block.end - block.begin;
        }
    }
    if (!left.is_column_in(width) || !right.is_column_in(width)) return std::nullopt;
    const double beside = std::min(left.box.bottom, right.box.bottom) - std::max(left.box.top, right.box.top);
    const bool apart = right.box.left - left.box.right >= narrowest_gutter;
    const bool few_cross = gutter.crossing * 3 <= left.lines + right.lines;
    if (!apart || !few_cross || beside < side_by_side * std::min(height_of(left.box), height_of(right.box)))
        return std::nullopt;
    return gutter;
}

// The gutter that the fewest lines cross, just left of a block.
std::optional<double> find_gutter(const Blocks& blocks) {
    Box all = blocks.front().box;
    for (const auto& block : blocks)
        all = united(all, block.box);
    std::optional<Gutter> best;
    for (const auto& block : blocks) {
        const auto gutter = gutter_at(blocks, block.box.left - 1, width_of(all));
        if (gutter && (!best || gutter->crossing < best->crossing)) best = gutter;
    }
    return best ? std::optional(best->x) : std::nullopt;
}

// Whether `a` stands wholly above `b` in the same column.
bool stands_above(const Box& a, const Box& b) {
    const double overlap = std::min(a.right, b.right) - std::max(a.left, b.left);
    return a.bottom <= b.top + 1 && overlap > 0.5 * std::min(width_of(a), width_of(b));
}

// The first block in the given order that nothing left stands above, again and again. "Above" has no circles, so there is one.
Blocks upper_first(const Blocks& blocks) {
    Blocks ordered;
    std::vector<bool> taken(blocks.size(), false);
    const auto is_free = [&](std::size_t i) {
        if (taken[i]) return false;
        for (std::size_t j = 0; j < blocks.size(); ++j) {
            if (j != i && !taken[j] && stands_above(blocks[j].box, blocks[i].box) &&
                !stands_above(blocks[i].box, blocks[j].box))
                return false;
        }
        return true;
    };
    while (ordered.size() < blocks.size()) {
        std::size_t next = 0;
        while (next < blocks.size() && !is_free(next))
            ++next;
        if (next == blocks.size())
            next = static_cast<std::size_t>(std::ranges::find(taken, false) - taken.begin());
        taken[next] = true;
        ordered.push_back(blocks[next]);
    }
    return ordered;
}

Blocks in_reading_order(const Blocks& blocks, int depth) {
    if (blocks.size() < 2) return blocks;
    const auto gutter = depth < deepest_cut ? find_gutter(blocks) : std::nullopt;
    if (!gutter) return upper_first(blocks);
    Blocks crossing;
    std::ranges::copy_if(blocks, std::back_inserter(crossing), [&](const PlacedBlock& block) {
        return block.box.left < *gutter && block.box.right > *gutter;
    });
    std::ranges::stable_sort(crossing, {}, [](const PlacedBlock& block) { return block.box.top; });
    // Part i lies below i of the crossing blocks.
    std::vector<std::pair<Blocks, Blocks>> parts(crossing.size() + 1);
    for (const auto& block : blocks) {
        if (block.box.left < *gutter && block.box.right > *gutter) continue;
        const auto part = std::ranges::count_if(
            crossing, [&](const PlacedBlock& other) { return other.box.top < block.box.top; });
        auto& [left, right] = parts[static_cast<std::size_t>(part)];
        (block.box.right <= *gutter ? left : right).push_back(block);
    }
    Blocks ordered;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        for (const Blocks* column : {&parts[part].first, &parts[part].second}) {
            const auto inside = in_reading_order(*column, depth + 1);
            ordered.insert(ordered.end(), inside.begin(), inside.end());
        }
        if (part < crossing.size()) ordered.push_back(crossing[part]);
    }
    return ordered;
}

}  // namespace

void restore_order(Page& page) {
    const auto blocks = blocks_of(page);
    if (blocks.size() < 2 || blocks.size() > most_blocks_to_order) return;
    std::vector<Run> ordered;
    ordered.reserve(page.runs.size());
    for (const auto& block : in_reading_order(blocks, 0)) {
        for (auto i = block.begin; i < block.end; ++i)
            ordered.push_back(std::move(page.runs[i]));
    }
    page.runs = std::move(ordered);
}

}  // namespace kansli::extract::detail
