#include <algorithm>
#include <array>

#include "documents/detail/structure.hpp"

namespace kansli::documents::detail {

namespace {

using extract::BlockKind;

constexpr int level_rank = 10;  // times the level or the number of components
constexpr int plain_rank = 75;  // a heading whose level nobody knows
constexpr int question_rank = 80;
constexpr int agenda_rank = 15;
constexpr int inner_rank = 20;  // headings inside a matter of the minutes, plus the level

Start contents_start(const std::vector<Line>& lines, std::size_t i) {
    return {.line = i,
            .rank = level_rank,
            .rule = PathRule::absolute,
            .label = "Innehåll",
            .heading_size = is_contents_heading(lines[i].text) ? lines[i].text.size() : 0,
            .role = SectionRole::contents};
}

// "7. Parboendegaranti" and "2.1 Avgifter" as headings, though the format does not say so: short, without a full stop,
// opening with a capital, and not one of a list of such lines.
bool looks_like_numbered_heading(const std::vector<Line>& lines, std::size_t i, bool deep_numbers) {
    const Line& line = lines[i];
    if (line.mark.kind != MarkKind::decimal || !line.mark.opens || line.contents) return false;
    if (line.block->kind == BlockKind::table_row || line.text.size() > 140 || ends_with_stop(line.text))
        return false;
    if (line.mark.components >= 2) return true;
    if (!deep_numbers) return false;
    const auto listed = [&](std::size_t j) {
        return j < lines.size() && lines[j].mark.kind == MarkKind::decimal && lines[j].mark.components == 1;
    };
    return !listed(i + 1) && (i == 0 || !listed(i - 1));
}

// The part of a line that is a question, when the line is one: "Vad kostar det?" or the first cell of a row of questions.
std::size_t question_size(const Line& line) {
    std::string_view text = line.text;
    if (line.block->kind == BlockKind::table_row) text = text.substr(0, text.find(" | "));
    const bool question = text.size() >= 8 && text.size() <= 220 && text.ends_with('?') &&
                          starts_upper(text) && text.find(". ") == std::string_view::npos &&
                          line.block->kind != BlockKind::list_item;
    return question ? text.size() : 0;
}

// A page of questions and answers: at least three questions, each followed by something that is none.
bool is_question_page(const std::vector<Line>& lines) {
    int questions = 0;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        if (question_size(lines[i]) == 0) continue;
        const bool answered =
            lines[i].block->kind == BlockKind::table_row || question_size(lines[i + 1]) == 0;
        if (answered) ++questions;
    }
    return questions >= 3;
}

class HeadingReader {
  public:
    HeadingReader(const std::vector<Line>& lines, std::optional<std::size_t> title)
        : lines_(lines), title_(title), questions_(is_question_page(lines)) {
        deep_numbers_ = std::ranges::any_of(lines, [](const Line& line) {
            return line.mark.kind == MarkKind::decimal && line.mark.components >= 2 && line.mark.opens &&
                   !line.contents && !ends_with_stop(line.text);
        });
    }

    std::vector<Start> read() {
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (i == title_) continue;
            read_line(i);
        }
        return std::move(starts_);
    }

  private:
    void read_line(std::size_t i) {
        const Line& line = lines_[i];
        if (line.contents) {
            if (i == 0 || !lines_[i - 1].contents) starts_.push_back(contents_start(lines_, i));
            return;
        }
        const bool numbered = line.mark.kind == MarkKind::decimal && line.mark.opens;
        if (line.is_heading()) {
            add(i, numbered ? numbered_rank(line) : heading_rank(line), numbered);
        } else if (looks_like_numbered_heading(lines_, i, deep_numbers_)) {
            add(i, numbered_rank(line), true);
        } else if (const std::size_t size = questions_ ? question_size(line) : 0; size > 0) {
            starts_.push_back({.line = i,
                               .rank = question_rank,
                               .rule = PathRule::under,
                               .label = line.text.substr(0, size),
                               .heading_size = size});
        }
    }

    void add(std::size_t i, int rank, bool numbered) {
        const Line& line = lines_[i];
        const bool annex = line.mark.kind == MarkKind::annex;
        starts_.push_back({.line = i,
                           .rank = rank,
                           .rule = numbered || annex ? PathRule::absolute : PathRule::under,
                           .label = line.text,
                           .heading_size = line.text.size()});
    }

    // Levels win over numbers; where a format knows no levels, "2.6.1" is three deep below where the numbers began.
    int numbered_rank(const Line& line) {
        const int components = line.mark.components;
        if (line.is_heading() && line.block->level > 0) {
            shift_ = line.block->level - components;
            return level_rank * line.block->level;
        }
        return level_rank * std::clamp(components + shift_, 1, 7);
    }

    static int heading_rank(const Line& line) {
        return line.block->level > 0 ? level_rank * line.block->level : plain_rank;
    }

    const std::vector<Line>& lines_;
    std::optional<std::size_t> title_;
    bool questions_ = false;
    bool deep_numbers_ = false;
    int shift_ = 0;
    std::vector<Start> starts_{};
};

// A matter of the minutes or a paragraph of a bye-law: "§ 12 Ärende".
bool is_agenda_mark(const Line& line, int last) {
    if (line.mark.kind != MarkKind::agenda || line.contents || line.block->kind == BlockKind::table_row)
        return false;
    if (line.is_heading()) return true;
    return (line.mark.alone || line.mark.opens) && line.mark.number >= last && line.text.size() <= 2000;
}

}  // namespace

std::optional<std::vector<Start>> agenda_starts(const std::vector<Line>& lines) {
    std::vector<Start> starts;
    int matters = 0;
    int last = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Line& line = lines[i];
        if (line.contents) {
            if (i == 0 || !lines[i - 1].contents) starts.push_back(contents_start(lines, i));
        } else if (is_agenda_mark(line, last)) {
            last = line.mark.number;
            ++matters;
            // A short line is the matter's title; a long one is a paragraph that its mark runs into.
            const bool title = line.text.size() <= 160 && !ends_with_stop(line.text);
            starts.push_back(
                {.line = i,
                 .rank = agenda_rank,
                 .rule = PathRule::absolute,
                 .label = line.mark.label,
                 .heading_size = title || line.is_heading() ? line.text.size() : line.mark.length});
        } else if (line.is_heading()) {
            const int rank = (matters == 0 ? 0 : inner_rank) +
                             level_rank * (line.block->level == 0 ? 7 : line.block->level);
            const bool annex = line.mark.kind == MarkKind::annex;
            starts.push_back({.line = i,
                              .rank = annex ? agenda_rank : rank,
                              .rule = annex ? PathRule::absolute : PathRule::comma,
                              .label = line.text,
                              .heading_size = line.text.size()});
        }
    }
    if (matters < 2) return std::nullopt;
    return starts;
}

std::vector<Start> heading_starts(const std::vector<Line>& lines, std::optional<std::size_t> title) {
    return HeadingReader(lines, title).read();
}

}  // namespace kansli::documents::detail
