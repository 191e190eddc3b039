// From printed lines to paragraphs. The evidence for a new paragraph, strongest first: a list mark or the number of a statute's
// section, another letter size, more air than between lines, an indented line, a line that ended although the next word had
// room. A small letter after a line that ended no sentence speaks for going on.
#include "extract/detail/pdf_blocks.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "extract/detail/pdf_lines.hpp"
#include "extract/detail/pdf_table.hpp"
#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

bool ends_sentence(std::string_view text) {
    const char32_t last = last_code_point(text);
    return last == U'.' || last == U':' || last == U'!' || last == U'?' || last == U'”' || last == U'"' ||
           last == U';';
}

bool starts_lower(std::string_view text) {
    return is_lower(first_code_point(text));
}

// A section's number followed by its text, not "4 § första stycket" that happened to come first on its line.
bool begins_section(std::string_view text) {
    if (!starts_section(text)) return false;
    const auto rest = trim(text.substr(text.find("§") + std::string_view("§").size()));
    return rest.empty() || is_upper(first_code_point(rest)) || rest.starts_with("har upphävts") ||
           rest.starts_with('(');
}

class PageWriter {
  public:
    PageWriter(Writer& writer, const Lines& lines) : writer_(writer), measures_(lines), lines_(lines.all()) {}

    void write() {
        for (at_ = 0; at_ < lines_.size() && !writer_.full(); ++at_) {
            const auto& line = lines_[at_];
            if (line.row != nullptr) {
                write_row(*line.row);
                previous_ = nullptr;
                continue;
            }
            if (interrupts(line)) {
                notes_.push_back(&line);
                continue;
            }
            if (in_contents_ && is_contents_line(line.text)) {
                flush();
            } else if (const auto level = heading_level()) {
                write_heading(*level);
            } else {
                take(line);
            }
            previous_ = &lines_[at_];
        }
        flush();
    }

  private:
    [[nodiscard]] const Line* line_at(std::size_t at) const {
        return at < lines_.size() && lines_[at].row == nullptr ? &lines_[at] : nullptr;
    }
    // The line of text before this one, notes at the foot of the page not counted.
    [[nodiscard]] const Line* before() const { return previous_; }

    static bool is_below(const Line& above, const Line& line) {
        const double overlap =
            std::min(above.box.right, line.box.right) - std::max(above.box.left, line.box.left);
        return above.page == line.page && line.box.top > above.box.top && overlap > 0;
    }

    [[nodiscard]] bool has_air(const Line& above, const Line& line, double more) const {
        const double height = std::min(above.height(), line.height());
        return !is_below(above, line) ||
               line.box.top - above.box.bottom > (measures_.leading() + more) * height;
    }

    static bool same_size(const Line& a, const Line& b) {
        return std::abs(a.height() - b.height()) <= 0.09 * std::max(a.height(), b.height());
    }

    // A note in small letters at the foot of the page, in the middle of a paragraph that goes on overleaf.
    [[nodiscard]] bool interrupts(const Line& line) const {
        const bool small = line.size < 0.92 * measures_.body_height();
        if (!small || paragraph_.text.empty() || previous_ == nullptr || ends_sentence(previous_->text))
            return false;
        return previous_->page == line.page && line.box.top > previous_->box.bottom &&
               !same_size(*previous_, line);
    }

    // ---- headings

    [[nodiscard]] std::optional<int> heading_level() const {
        const auto& line = lines_[at_];
        if (count_code_points(line.text) > 160 || find_bullet(line.text)) return std::nullopt;
        if (const int rank = measures_.rank(line.height());
            rank > 0 && has_words(line.text) && !line.text.ends_with(',')) {
            const bool goes_on_before = before() != nullptr && !paragraph_.text.empty() &&
                                        same_size(*before(), line) && continues(*before(), line);
            if (!goes_on_before) return rank;
        }
        if (!can_be_heading(line.text)) return std::nullopt;
        if (starts_chapter(line.text) && !continues_reference()) return 0;
        return stands_alone() ? std::optional<int>(0) : std::nullopt;
    }

    static bool find_bullet(std::string_view text) {
        const auto marker = find_marker(text);
        return marker && marker->bullet;
    }

    static bool has_words(std::string_view text) {
        int letters = 0;
        for (std::size_t at = 0; at < text.size() && letters < 3;)
            letters += is_letter(next_code_point(text, at)) ? 1 : 0;
        return letters >= 3 || starts_section(text);
    }

    // "… enligt 9 / kap. 4 §" broken over lines.
    [[nodiscard]] bool continues_reference() const {
        const auto* above = before();
        return above != nullptr && !paragraph_.text.empty() && !ends_sentence(above->text) &&
               !has_air(*above, lines_[at_], 0.4);
    }

    // A short line with air or a heading above, and a text of its own below.
    [[nodiscard]] bool stands_alone() const {
        const auto& line = lines_[at_];
        const auto* above = before();
        const bool opens = above == nullptr || after_heading_ || has_air(*above, line, 0.3) ||
                           (above->block != line.block && ends_sentence(above->text));
        if (!opens || !is_short(line, 0.8)) return false;
        if (above != nullptr && above->page != line.page && !ends_sentence(above->text) && !after_heading_)
            return false;
        const auto* below = line_at(at_ + 1);
        if (below == nullptr) return at_ + 1 < lines_.size();
        if (starts_lower(below->text) || !is_below(line, *below))
            return starts_section(line.text) || starts_numbered_heading(line.text);
        if (begins_section(below->text) || starts_chapter(below->text) ||
            starts_numbered_heading(below->text))
            return true;
        const bool air_below = has_air(line, *below, 0.3);
        return air_below || !is_short(*below, 0.6);
    }

    // Whether the line takes less than `share` of its column. A line that is its column's only one is judged by the eye's
    // measure of a line, some thirty letters' heights.
    static bool is_short(const Line& line, double share) {
        const bool alone = line.column_right - line.box.right < 1;
        const double column = alone ? 30 * line.height() : line.column_right - line.box.left;
        return width_of(line.box) < share * column;
    }

    void write_heading(int level) {
        flush();
        PlacedText heading;
        const auto& first = lines_[at_];
        heading.add_line(first.text, first.box, first.page);
        while (const auto* next = line_at(at_ + 1)) {
            const bool more = is_below(lines_[at_], *next) && same_size(lines_[at_], *next) &&
                              !has_air(lines_[at_], *next, 0.35);
            const bool own = begins_section(next->text) || starts_chapter(next->text) ||
                             starts_numbered_heading(next->text);
            if (!more || own || (level == 0 && !starts_lower(next->text)) || heading.text.size() > 300) break;
            if (level == 0 && !is_short(*next, 0.8)) break;
            heading.add_line(next->text, next->box, next->page);
            ++at_;
        }
        in_contents_ = is_contents_heading(heading.text);
        add({.kind = BlockKind::heading, .level = level}, heading);
        after_heading_ = true;
        items_.clear();
    }

    // ---- tables

    void write_row(const PrintedRow& row) {
        flush();
        const auto& last = row.cells.back().text;
        if (in_contents_ && last.size() <= 4 && !last.empty() &&
            last.find_first_not_of("0123456789") == std::string::npos)
            return;
        PlacedText joined;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (i > 0) joined.text.append(" | ");
            const auto base = joined.text.size();
            joined.text.append(row.cells[i].text);
            for (auto place : row.cells[i].places) {
                place.start += base;
                place.end += base;
                joined.places.push_back(place);
            }
        }
        // Empty cells at the end say nothing.
        while (joined.text.ends_with(" | "))
            joined.text.resize(joined.text.size() - 3);
        add({.kind = BlockKind::table_row}, joined);
        after_heading_ = false;
    }

    // ---- running text

    void take(const Line& line) {
        const auto* above = before();
        const bool goes_on = !paragraph_.text.empty() && above != nullptr && continues(*above, line);
        if (!goes_on) {
            const bool after_heading = after_heading_;
            flush();
            open(line);
            opened_with_air_ = after_heading || above == nullptr || has_air(*above, line, 0.3);
        }
        const std::string_view words =
            goes_on ? std::string_view(line.text) : std::string_view(line.text).substr(mark_length_);
        paragraph_.add_line(words, line.box, line.page);
        after_heading_ = false;
    }

    void open(const Line& line) {
        mark_length_ = 0;
        block_ = {};
        if (begins_section(line.text)) return;
        const auto marker = find_marker(line.text);
        if (!marker) {
            if (!items_.empty() && line.box.left <= items_.front() + line.height()) items_.clear();
            return;
        }
        mark_length_ = marker->length;
        // The next page's margin may be another one.
        if (items_.size() == 1 && items_page_ != line.page) items_.clear();
        items_page_ = line.page;
        while (!items_.empty() && line.box.left < items_.back() - line.height() * 0.6)
            items_.pop_back();
        if (items_.empty() || line.box.left > items_.back() + line.height() * 0.6)
            items_.push_back(line.box.left);
        block_ = {.kind = BlockKind::list_item,
                  .level = static_cast<int>(std::min<std::size_t>(items_.size(), 9)),
                  .marker = marker->text};
        last_number_ = number_of(*marker);
    }

    static int number_of(const Marker& marker) {
        int number = 0;
        std::from_chars(marker.text.data(), marker.text.data() + marker.text.size(), number);
        return number;
    }

    [[nodiscard]] bool continues(const Line& above, const Line& line) const {
        const bool unfinished = !ends_sentence(above.text);
        if (!same_size(above, line)) return false;
        if (begins_section(line.text) && (!unfinished || has_air(above, line, 0.3))) return false;
        if (starts_chapter(line.text) && can_be_heading(line.text) && !continues_reference()) return false;
        if (begins_item(above, line)) return false;
        if (above.text.ends_with('-') && starts_lower(line.text)) return true;
        if (!is_below(above, line)) return unfinished && (starts_lower(line.text) || is_full(above));
        if (unfinished && starts_lower(line.text))
            return !has_air(above, line, 1.0) && !ended_far_too_early(above);
        if (has_air(above, line, 0.4)) return false;
        return !is_indented(above, line) && !ended_early(above, line);
    }

    // A list mark, unless it is a number that ended up first on its line by chance.
    [[nodiscard]] bool begins_item(const Line& above, const Line& line) const {
        const auto marker = find_marker(line.text);
        if (!marker) return false;
        if (marker->bullet || !is_full(above) || has_air(above, line, 0.3) || ends_sentence(above.text))
            return true;
        if (is_letter_marker(*marker) || above.text.ends_with(',')) return true;
        const int number = number_of(*marker);
        return number == 1 || number == last_number_ + 1;
    }

    static bool is_full(const Line& line) { return line.box.right > line.column_right - 2.5 * line.height(); }

    // The line ended although the next line's first word had room.
    static bool ended_early(const Line& above, const Line& line) {
        const auto letters = count_code_points(line.text);
        const auto word = count_code_points(std::string_view(line.text).substr(0, line.text.find(' ')));
        const double word_width = width_of(line.box) * static_cast<double>(word) /
                                  static_cast<double>(std::max<std::size_t>(letters, 1));
        return above.box.right + word_width + line.height() < above.column_right;
    }

    static bool ended_far_too_early(const Line& above) {
        const double column = above.column_right - above.box.left;
        return width_of(above.box) < 0.5 * column &&
               above.column_right - above.box.right > 8 * above.height();
    }

    [[nodiscard]] bool is_indented(const Line& above, const Line& line) const {
        const double step = line.box.left - above.box.left;
        const bool in_item = block_.kind == BlockKind::list_item;
        if (in_item && paragraph_.places.size() == 1) return step < -0.4 * line.height();
        if (in_item && step < -0.6 * line.height()) return true;
        return step > 0.5 * line.height() && step < 5 * line.height() &&
               (ends_sentence(above.text) || above.text.ends_with(')'));
    }

    void flush() {
        if (is_heading_after_all()) {
            block_ = {.kind = BlockKind::heading};
            items_.clear();
        }
        if (!paragraph_.text.empty()) add(std::move(block_), paragraph_);
        paragraph_ = {};
        block_ = {};
        mark_length_ = 0;
        if (notes_.empty()) return;
        PlacedText note;
        for (const auto* line : notes_)
            note.add_line(line->text, line->box, line->page);
        notes_.clear();
        add({}, note);
    }

    // A heading too long to be short: few lines with air around, no end of a sentence, and running text below.
    [[nodiscard]] bool is_heading_after_all() const {
        const auto* below = line_at(at_);
        if (paragraph_.text.empty() || block_.kind != BlockKind::paragraph || !opened_with_air_ ||
            below == nullptr)
            return false;
        if (paragraph_.places.size() > 3 || !can_be_heading(paragraph_.text) || previous_ == nullptr)
            return false;
        const bool runs_on =
            is_full(*below) && is_upper(first_code_point(below->text)) && is_below(*previous_, *below);
        return runs_on || (begins_section(below->text) && is_below(*previous_, *below));
    }

    void add(Block block, PlacedText& text) {
        block.text = std::move(text.text);
        block.places = std::move(text.places);
        for (auto& place : block.places)
            place.end = std::min(place.end, block.text.size());
        std::erase_if(block.places, [](const Place& place) { return place.start >= place.end; });
        writer_.add(std::move(block));
        text = {};
    }

    Writer& writer_;
    const Lines& measures_;
    const std::vector<Line>& lines_;
    std::size_t at_ = 0;
    PlacedText paragraph_{};
    Block block_{};
    std::size_t mark_length_ = 0;
    int last_number_ = 0;
    std::vector<double> items_{};  // left edges of the list marks around the current item, outermost first
    const Line* previous_ = nullptr;
    std::vector<const Line*> notes_{};  // lines at the foot of a page that a paragraph runs past
    int items_page_ = 0;
    bool opened_with_air_ = false;
    bool after_heading_ = false;
    bool in_contents_ = false;
};

}  // namespace

void write_pages(Writer& writer, const std::vector<Page>& pages) {
    const Lines lines(pages);
    PageWriter(writer, lines).write();
}

}  // namespace kansli::extract::detail
