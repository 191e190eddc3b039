#include <algorithm>
#include <array>
#include <tuple>

#include "documents/detail/structure.hpp"
#include "text/references.hpp"

namespace kansli::documents::detail {

namespace {

using extract::BlockKind;

constexpr int division_rank = 10;
constexpr int annex_rank = 10;
constexpr int chapter_rank = 20;
constexpr int heading_rank = 30;  // plus the heading's level
constexpr int act_rank = 25;
constexpr int section_rank = 50;

bool says_repealed(std::string_view text) {
    return text.size() < 200 && (text.starts_with("Har upphävts") || text.starts_with("har upphävts") ||
                                 text.starts_with("Upphävd") || text.starts_with("upphävd"));
}

// Whether the line before leaves a sentence open, so that a mark at the start of this one belongs to that sentence.
bool continues_sentence(const std::vector<Line>& lines, std::size_t i) {
    if (i == 0) return false;
    const Line& before = lines[i - 1];
    return before.block->kind == BlockKind::paragraph && before.text.size() > 60 &&
           !ends_with_stop(before.text);
}

// Decides which section marks are sections. A statute either sets its marks on lines of their own or runs them into the
// text; in the first kind a mark inside a text is always a cross reference.
class SectionRules {
  public:
    explicit SectionRules(const std::vector<Line>& lines) : lines_(lines) {
        std::size_t alone = 0;
        std::size_t run_in = 0;
        for (const Line& line : lines) {
            if (line.mark.kind != MarkKind::section || line.contents) continue;
            if (line.mark.alone) {
                ++alone;
            } else if (line.mark.opens) {
                ++run_in;
            }
        }
        own_lines_ = alone > 0 && alone >= run_in;
    }

    [[nodiscard]] bool accepts(std::size_t i) {
        const Line& line = lines_[i];
        const bool accepted = line.mark.alone ? accepts_alone(line) : accepts_run_in(i);
        if (accepted) last_ = {line.mark.number, line.mark.letter};
        return accepted;
    }

    // Whether a chapter that is called `mark` begins at line `i`. In turn are the one that comes next, further on, or the same again in
    // another wording; one out of turn is a cross reference whose line was broken, unless its own first section follows. So is one
    // after which the sections only go on counting.
    [[nodiscard]] bool accepts_chapter(std::size_t i) const {
        const Mark& mark = lines_[i].mark;
        const Mark* next = section_after(i);
        const bool first = next != nullptr && next->number == 1 && next->letter.empty();
        const bool goes_on = next != nullptr && !first && is_next(*next);
        const bool in_turn = std::tie(mark.number, mark.letter) >= std::tie(chapter_.number, chapter_.letter);
        return first || (in_turn && !goes_on);
    }

    void new_chapter(const Mark& mark) {
        chapter_ = {mark.number, mark.letter};
        set_appendix(false);
    }
    void set_appendix(bool inside) {
        appendix_ = inside;
        last_ = {};
    }

  private:
    [[nodiscard]] bool accepts_alone(const Line& line) const {
        if (line.is_heading()) return true;
        if (line.block->kind == BlockKind::table_row || appendix_) return false;
        return own_lines_ || follows(line.mark);
    }

    [[nodiscard]] bool accepts_run_in(std::size_t i) const {
        const Line& line = lines_[i];
        if (own_lines_ || appendix_ || !line.mark.opens) return false;
        if (line.block->kind != BlockKind::paragraph && !line.is_heading()) return false;
        return is_next(line.mark) || (follows(line.mark) && !continues_sentence(lines_, i));
    }

    // The next section's mark, when no other chapter comes before it.
    [[nodiscard]] const Mark* section_after(std::size_t i) const {
        for (std::size_t at = i + 1; at < lines_.size(); ++at) {
            const Line& line = lines_[at];
            if (line.contents) continue;
            if (line.mark.kind == MarkKind::chapter || line.mark.kind == MarkKind::annex) return nullptr;
            const bool stands = line.mark.alone || (!own_lines_ && line.mark.opens);
            if (line.mark.kind == MarkKind::section && stands) return &line.mark;
        }
        return nullptr;
    }

    // 13 § or 12 a § after 12 §. Such a one is a section also after a sentence whose end was lost.
    [[nodiscard]] bool is_next(const Mark& mark) const {
        if (last_.number == 0) return false;
        if (mark.number == last_.number + 1) return mark.letter.empty();
        const std::string next_letter(
            1, last_.letter.empty() ? 'a' : static_cast<char>(last_.letter.front() + 1));
        return mark.number == last_.number && mark.letter == next_letter;
    }

    // Numbers ascend, letters ascend; repealed sections leave gaps; two wordings of one section stand side by side.
    [[nodiscard]] bool follows(const Mark& mark) const {
        constexpr int widest_gap = 40;
        return std::tie(mark.number, mark.letter) >= std::tie(last_.number, last_.letter) &&
               mark.number <= last_.number + widest_gap;
    }

    struct Last {
        int number = 0;
        std::string letter{};
    };
    const std::vector<Line>& lines_;
    bool own_lines_ = false;
    bool appendix_ = false;
    Last last_{};  // section
    Last chapter_{};
};

// The middle of a sentence that the file's mark-up has made a heading of: "7 kap. 23 §, eller", "2 kap. 1 § tredje stycket och 3 §." after
// a colon.
bool is_broken_sentence(const std::vector<Line>& lines, std::size_t i) {
    const std::string_view text = lines[i].text;
    static constexpr std::array<std::string_view, 5> ends{",", " eller", " och", " samt", " respektive"};
    const bool goes_on = std::ranges::any_of(ends, [&](std::string_view end) { return text.ends_with(end); });
    const auto references = text::references(text);
    const bool refers = !references.empty() && references.front().start == 0 &&
                        !references.front().chapter.empty() && !references.front().section.empty();
    const bool led_in = i > 0 && lines[i - 1].text.ends_with(':');
    return goes_on || (refers && (led_in || text.ends_with('.')));
}

// "9 kap. Lov och förhandsbesked": a title, not the start of a sentence that names a chapter.
bool is_chapter(const std::vector<Line>& lines, std::size_t i) {
    const Line& line = lines[i];
    if (line.mark.alone) return line.is_heading() || !continues_sentence(lines, i);
    if (line.is_heading()) return true;
    if (line.block->kind == BlockKind::table_row || line.text.size() > 250) return false;
    const std::string_view title = std::string_view(line.text).substr(line.mark.length);
    if (says_repealed(title)) return true;
    const bool sentence = ends_with_stop(title) && !title.ends_with("m.m.") && !title.ends_with("m.fl.");
    return line.mark.opens && !sentence;
}

bool is_annex(const Line& line) {
    if (line.is_heading()) return true;
    if (line.block->kind != BlockKind::paragraph) return false;
    return line.text.size() <= 100 && !ends_with_stop(line.text) &&
           (line.mark.alone || line.text.find(" § ") == std::string::npos);
}

class StatuteReader {
  public:
    explicit StatuteReader(const std::vector<Line>& lines) : lines_(lines), rules_(lines) {}

    std::vector<Start> read() {
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (lines_[i].contents) {
                read_contents(i);
            } else {
                read_line(i);
            }
        }
        return std::move(starts_);
    }

    [[nodiscard]] int sections() const { return sections_; }
    [[nodiscard]] int first_section() const { return first_section_; }
    [[nodiscard]] bool has_headed_section() const { return headed_; }

  private:
    void read_contents(std::size_t i) {
        if (i > 0 && lines_[i - 1].contents) return;
        add(i, {.rank = division_rank,
                .rule = PathRule::absolute,
                .label = "Innehåll",
                .heading_size = is_contents_heading(lines_[i].text) ? lines_[i].text.size() : 0,
                .role = SectionRole::contents});
    }

    void read_line(std::size_t i) {
        const Line& line = lines_[i];
        switch (line.mark.kind) {
            case MarkKind::division:
                return read_division(i);
            case MarkKind::chapter:
                return read_chapter(i);
            case MarkKind::section:
                return read_section(i);
            case MarkKind::annex:
                return read_annex(i);
            case MarkKind::transitional:
                return read_transitional(i);
            case MarkKind::act:
                return read_act(i);
            default:
                return read_heading(i);
        }
    }

    void read_division(std::size_t i) {
        // "Avdelning I innehåller …" in the statute's own overview is a sentence.
        if (!lines_[i].is_heading() && (lines_[i].text.size() > 160 || !lines_[i].text.starts_with("AVD")))
            return;
        add(i, {.rank = division_rank,
                .rule = PathRule::absolute,
                .label = lines_[i].text,
                .heading_size = lines_[i].text.size()});
    }

    void read_chapter(std::size_t i) {
        if (!is_chapter(lines_, i) || !rules_.accepts_chapter(i)) return read_heading(i);
        rules_.new_chapter(lines_[i].mark);
        transitional_ = false;
        const std::string_view title = std::string_view(lines_[i].text).substr(lines_[i].mark.length);
        add(i, {.rank = chapter_rank,
                .rule = PathRule::absolute,
                .label = lines_[i].mark.label,
                .heading_size = lines_[i].text.size(),
                .role = says_repealed(title) ? SectionRole::repealed : SectionRole::text,
                .anchors = true});
    }

    void read_section(std::size_t i) {
        const Line& line = lines_[i];
        if (!rules_.accepts(i)) return read_heading(i);
        if (sections_++ == 0) first_section_ = line.mark.number;
        headed_ = headed_ || (line.is_heading() && line.mark.alone);
        std::string_view body = std::string_view(line.text).substr(line.mark.length);
        if (line.mark.alone && i + 1 < lines_.size()) body = lines_[i + 1].text;
        // "1 § Vem som ska betala" as a heading of its own is one from end to end.
        const bool titled = line.is_heading() && line.text.size() <= 160;
        add(i, {.rank = section_rank,
                .rule = PathRule::joined,
                .label = line.mark.label,
                .heading_size = titled ? line.text.size() : line.mark.length,
                .role = says_repealed(body) ? SectionRole::repealed : SectionRole::text});
    }

    void read_annex(std::size_t i) {
        if (!is_annex(lines_[i])) return;
        rules_.set_appendix(true);
        transitional_ = false;
        add(i, {.rank = annex_rank,
                .rule = PathRule::absolute,
                .label = lines_[i].mark.label,
                .heading_size = lines_[i].text.size(),
                .anchors = true});
    }

    void read_transitional(std::size_t i) {
        rules_.set_appendix(true);
        transitional_ = true;
        add(i, {.rank = annex_rank,
                .rule = PathRule::absolute,
                .label = "Övergångsbestämmelser",
                .heading_size = lines_[i].text.size()});
    }

    void read_act(std::size_t i) {
        if (!transitional_) return;
        add(i, {.rank = act_rank,
                .rule = PathRule::absolute,
                .label = "Övergångsbestämmelser till " + lines_[i].mark.label,
                .heading_size = lines_[i].text.size()});
    }

    // A heading without a mark goes into the trail of what follows, not into its path.
    void read_heading(std::size_t i) {
        const Line& line = lines_[i];
        if (!line.is_heading() || line.text.size() > 400 || is_broken_sentence(lines_, i)) return;
        // "10 kap." alone: the number of a chapter that a broken sentence points at.
        if (line.mark.kind == MarkKind::chapter && line.mark.alone) return;
        const int rank = heading_rank + (line.block->level == 0 ? 9 : line.block->level);
        add(i, {.rank = rank,
                .rule = PathRule::under,
                .label = line.text,
                .heading_size = line.text.size(),
                .nests = true});
    }

    void add(std::size_t i, Start start) {
        start.line = i;
        starts_.push_back(std::move(start));
    }

    const std::vector<Line>& lines_;
    SectionRules rules_;
    std::vector<Start> starts_{};
    bool transitional_ = false;
    int sections_ = 0;
    int first_section_ = 0;
    bool headed_ = false;
};

}  // namespace

std::optional<std::vector<Start>> statute_starts(const std::vector<Line>& lines, bool known_statute) {
    const bool any =
        std::ranges::any_of(lines, [](const Line& line) { return line.mark.kind == MarkKind::section; });
    if (!any) return std::nullopt;
    StatuteReader reader(lines);
    auto starts = reader.read();
    const bool sequence = reader.sections() >= 2 && reader.first_section() <= 2;
    if (!known_statute && !reader.has_headed_section() && !sequence) return std::nullopt;
    return starts;
}

}  // namespace kansli::documents::detail
