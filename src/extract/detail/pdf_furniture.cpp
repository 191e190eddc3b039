// Running heads, feet and page numbers. A line is one of them when the same words return at the same height on several pages;
// figures in it may change only as the page numbers do, so that "12 §" at the top of a page stays.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "extract/detail/pdf_layout.hpp"
#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

constexpr double margin_share = 0.13;   // of the page's height, at the top and at the bottom
constexpr double printed_share = 0.04;  // of the page's height, from the outermost print
constexpr double height_step = 6;       // points within which heights count as the same

struct Candidate {
    std::size_t page = 0;
    std::size_t run = 0;
    std::vector<int> figures{};
};

// Where heads and feet may stand: near the paper's edges, or near the edge of all that is printed on paper with crop marks.
struct Margins {
    double above = 0;
    double below = 0;

    explicit Margins(const std::vector<Page>& pages) {
        double top = 1e9;
        double bottom = 0;
        double height = 0;
        for (const auto& page : pages) {
            height = std::max(height, page.height);
            for (const auto& run : page.runs) {
                top = std::min(top, run.box.top);
                bottom = std::max(bottom, run.box.bottom);
            }
        }
        above = std::max(height * margin_share, top + height * printed_share);
        below = std::min(height * (1 - margin_share), bottom - height * printed_share);
    }

    [[nodiscard]] bool hold(const Box& box) const { return box.bottom < above || box.top > below; }
};

// The words with every number as "#", and the numbers.
std::pair<std::string, std::vector<int>> pattern_of(std::string_view text) {
    std::string pattern;
    std::vector<int> figures;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_digit(static_cast<unsigned char>(text[at]))) {
            pattern.push_back(text[at++]);
            continue;
        }
        int number = 0;
        const auto begin = at;
        while (at < text.size() && is_digit(static_cast<unsigned char>(text[at])))
            ++at;
        std::from_chars(text.data() + begin, text.data() + at, number);
        pattern.push_back('#');
        figures.push_back(number);
    }
    return {pattern, figures};
}

// Whether the figures tell the page: each either stays the same or keeps its distance to the page's number.
bool figures_follow_pages(const std::vector<Candidate>& group, const std::vector<Page>& pages) {
    const auto& first = group.front();
    for (std::size_t i = 0; i < first.figures.size(); ++i) {
        std::size_t same = 0;
        std::size_t following = 0;
        for (const auto& candidate : group) {
            const int distance = pages[candidate.page].number - pages[first.page].number;
            same += candidate.figures[i] == first.figures[i] ? 1U : 0U;
            following += candidate.figures[i] - first.figures[i] == distance ? 1U : 0U;
        }
        if (std::max(same, following) * 5 < group.size() * 4) return false;
    }
    return true;
}

bool is_page_number(std::string_view text, int page) {
    auto [pattern, figures] = pattern_of(text);
    std::erase_if(pattern, [](char c) { return c == ' ' || c == '-' || c == '.'; });
    if (pattern.starts_with("Sid"))
        pattern.erase(0, pattern.find('#') == std::string::npos ? 0 : pattern.find('#'));
    if (figures.empty() || figures.front() != page) return false;
    return pattern == "#" || pattern == "#(#)" || pattern == "#/#" || pattern == "#av#" || pattern == "–#–";
}

void mark_lonely_numbers(const std::vector<Page>& pages, const Margins& margins,
                         std::vector<std::vector<bool>>& gone) {
    for (std::size_t p = 0; p < pages.size(); ++p) {
        for (std::size_t r = 0; r < pages[p].runs.size(); ++r) {
            const auto& run = pages[p].runs[r];
            if (margins.hold(run.box) && is_page_number(run.text, pages[p].number)) gone[p][r] = true;
        }
    }
}

}  // namespace

void remove_furniture(std::vector<Page>& pages) {
    const Margins margins(pages);
    std::map<std::pair<std::string, long>, std::vector<Candidate>> groups;
    std::vector<std::vector<bool>> gone(pages.size());
    for (std::size_t p = 0; p < pages.size(); ++p) {
        gone[p].resize(pages[p].runs.size());
        for (std::size_t r = 0; r < pages[p].runs.size(); ++r) {
            const auto& run = pages[p].runs[r];
            if (!margins.hold(run.box)) continue;
            auto [pattern, figures] = pattern_of(run.text);
            const bool lower_half = run.box.top > pages[p].height / 2;
            const double from_edge = lower_half ? pages[p].height - run.box.bottom : run.box.top;
            const long height = std::lround(from_edge / height_step) * 2 + (lower_half ? 1 : 0);
            groups[{std::move(pattern), height}].push_back({p, r, std::move(figures)});
        }
    }
    const std::size_t enough = std::max<std::size_t>(3, pages.size() / 20);
    for (const auto& [key, group] : groups) {
        if (group.size() < enough || !figures_follow_pages(group, pages)) continue;
        for (const auto& candidate : group)
            gone[candidate.page][candidate.run] = true;
    }
    mark_lonely_numbers(pages, margins, gone);
    for (std::size_t p = 0; p < pages.size(); ++p) {
        std::size_t kept = 0;
        for (std::size_t r = 0; r < pages[p].runs.size(); ++r) {
            if (gone[p][r]) continue;
            if (kept != r) pages[p].runs[kept] = std::move(pages[p].runs[r]);
            ++kept;
        }
        pages[p].runs.resize(kept);
    }
}

}  // namespace kansli::extract::detail
