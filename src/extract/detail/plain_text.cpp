// Plain text: finds out whether the lines are paragraphs or were broken by hand at a width, joins the latter,
// and guesses headings from what a typist does: underlining, capitals, numbers, blank lines around.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "extract/detail/readers.hpp"
#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"
#include "text/language.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::size_t widest_typed_line = 110;

struct Line {
    std::string text{};      // tidy
    std::string_view raw{};  // as it came
    std::size_t width = 0;   // in characters
    bool blank() const { return text.empty(); }
};

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    for (const auto raw : split_lines(text)) {
        Line line{tidy(raw), raw};
        line.width = count_code_points(line.text);
        lines.push_back(std::move(line));
    }
    return lines;
}

// The width at which lines were broken by hand, 0 when each line is a paragraph.
std::size_t typed_width(const std::vector<Line>& lines) {
    std::vector<std::size_t> widths;
    for (const auto& line : lines) {
        if (!line.blank()) widths.push_back(line.width);
    }
    if (widths.size() < 3) return 0;
    const auto nearly_longest = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() * 95 / 100);
    std::ranges::nth_element(widths, nearly_longest);
    return *nearly_longest <= widest_typed_line && *nearly_longest >= 40 ? *nearly_longest : 0;
}

bool is_underline(std::string_view text, char mark) {
    return text.size() >= 3 && text.find_first_not_of(mark) == std::string_view::npos;
}

class TextReader {
  public:
    TextReader(Writer& writer, std::vector<Line> lines)
        : writer_(writer), lines_(std::move(lines)), width_(typed_width(lines_)) {}

    void read() {
        while (at_ < lines_.size() && !writer_.full()) {
            if (lines_[at_].blank()) {
                ++at_;
            } else if (!read_heading() && !read_row()) {
                read_paragraph();
            }
        }
    }

  private:
    [[nodiscard]] bool blank_at(std::size_t at) const { return at >= lines_.size() || lines_[at].blank(); }
    [[nodiscard]] bool blank_before() const { return at_ == 0 || lines_[at_ - 1].blank() || after_heading_; }

    bool read_heading() {
        const auto& line = lines_[at_];
        const auto under =
            at_ + 1 < lines_.size() ? std::string_view(lines_[at_ + 1].text) : std::string_view();
        for (const char mark : {'=', '-'}) {
            if (!is_underline(under, mark) || is_underline(line.text, mark)) continue;
            writer_.heading(mark == '=' ? 1 : 2, line.text);
            at_ += 2;
            return after_heading_ = true;
        }
        if (!stands_as_heading()) return after_heading_ = false;
        writer_.heading(0, line.text);
        ++at_;
        if (is_contents_heading(line.text)) skip_contents();
        return after_heading_ = true;
    }

    // A short line with air above, and air or a longer text below.
    [[nodiscard]] bool stands_as_heading() const {
        const auto& line = lines_[at_];
        if (!can_be_heading(line.text) || line.raw.find('\t') < line.raw.size() - 1) return false;
        if (starts_chapter(line.text)) return true;
        const bool numbered = is_subsection_number(line.text);
        if (!blank_before() && !(numbered && lines_[at_ - 1].text.ends_with('.'))) return false;
        if (is_all_capitals(line.text) || starts_section(line.text)) return true;
        if (line.width > 90) return false;
        if (numbered) return true;
        if (blank_at(at_ + 1)) return has_text_after();
        const auto& next = lines_[at_ + 1];
        if (is_lower(first_code_point(next.text))) return false;
        const bool longer_below = next.width > line.width + 15 && next.width > 50;
        return longer_below && (width_ == 0 || line.width + 12 < width_) && !find_marker(next.text);
    }

    // "4.4 Servicehus" needs no air below.
    static bool is_subsection_number(std::string_view line) {
        const auto dot = line.find('.');
        return starts_numbered_heading(line) && dot + 1 < line.size() && line[dot + 1] != ' ';
    }

    // The last short line of a text is a signature or a page number, not a heading.
    [[nodiscard]] bool has_text_after() const {
        for (std::size_t at = at_ + 1; at < lines_.size(); ++at) {
            if (!lines_[at].blank()) return true;
        }
        return false;
    }

    void skip_contents() {
        auto at = at_;
        std::size_t after_last = at_;
        int entries = 0;
        for (; at < lines_.size() && at < after_last + 3; ++at) {
            if (!is_contents_line(lines_[at].raw)) continue;
            after_last = at + 1;
            ++entries;
        }
        if (entries >= 2) at_ = after_last;
    }

    // Cells between tabs are a row of a table.
    bool read_row() {
        const auto raw = trim(lines_[at_].raw);
        if (raw.find('\t') == std::string_view::npos || find_marker(lines_[at_].text)) return false;
        std::vector<std::string> cells;
        for (std::size_t begin = 0; begin < raw.size();) {
            const auto end = std::min(raw.find('\t', begin), raw.size());
            cells.emplace_back(raw.substr(begin, end - begin));
            begin = std::min(raw.find_first_not_of('\t', end), raw.size());
        }
        writer_.row(cells);
        ++at_;
        return true;
    }

    void read_paragraph() {
        std::string paragraph = lines_[at_].text;
        const bool bullet = find_marker(paragraph).has_value();
        for (++at_; !blank_at(at_) && goes_on(lines_[at_ - 1], lines_[at_], bullet); ++at_) {
            join_line(paragraph, lines_[at_].text);
        }
        writer_.line(paragraph);
    }

    [[nodiscard]] bool goes_on(const Line& line, const Line& next, bool in_item) const {
        if (width_ == 0 || next.raw.find('\t') != std::string_view::npos) return false;
        if (starts_section(next.text) || starts_chapter(next.text)) return false;
        const auto marker = find_marker(next.text);
        // "– " in running text is a dash that happened to come first on its line.
        if (marker && (in_item || !line.text.ends_with(',') || !marker->bullet)) return false;
        const auto word = next.text.substr(0, next.text.find(' '));
        const bool word_had_room = line.width + 1 + count_code_points(word) + 4 < width_;
        return !word_had_room || is_lower(first_code_point(next.text));
    }

    Writer& writer_;
    std::vector<Line> lines_;
    std::size_t width_;
    std::size_t at_ = 0;
    bool after_heading_ = false;
};

}  // namespace

void write_plain_text(Writer& writer, std::string_view utf8) {
    TextReader(writer, lines_of(utf8)).read();
}

Result<Extract> read_plain_text(std::string_view bytes, const Limits& limits) {
    Writer writer("text", limits);
    const auto decoded = text::decode(bytes);
    write_plain_text(writer, decoded.text);
    return std::move(writer).finish();
}

}  // namespace kansli::extract::detail
