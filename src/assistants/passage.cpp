#include "assistants/passage.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "assistants/detail/table_rows.hpp"
#include "core/ascii.hpp"
#include "text/language.hpp"

namespace kansli::assistants {

namespace {

// How far back a lead-in is looked for, in passages; the longest list of Swedish law is shorter.
constexpr std::size_t farthest_lead = 120;
constexpr int deepest_nesting = 4;

enum class Label : std::uint8_t { none, number, letter, bullet };

Label label_of(std::string_view text) {
    for (const std::string_view bullet : {"–", "—", "•", "·", "-", "*", "▪", "◦"}) {
        if (text.starts_with(bullet) && text.size() > bullet.size() && text[bullet.size()] == ' ')
            return Label::bullet;
    }
    std::size_t digits = 0;
    while (digits < text.size() && digits < 3 && is_ascii_digit(text[digits]))
        ++digits;
    const auto after = digits > 0 ? digits : std::size_t{1};
    if (text.size() <= after + 1 || (text[after] != '.' && text[after] != ')') || text[after + 1] != ' ')
        return Label::none;
    if (digits > 0) return Label::number;
    return text[0] >= 'a' && text[0] <= 'z' ? Label::letter : Label::none;
}

bool is_closed(std::string_view text) {
    const char last = text.empty() ? '.' : text.back();
    return last == '.' || last == '?' || last == '!';
}

bool ends_item(std::string_view text) {
    return is_closed(text) || text.ends_with(',') || text.ends_with(';') || text.ends_with(" och") ||
           text.ends_with(" eller");
}

bool begins_in_lower_case(std::string_view text) {
    const auto words = text::words(text);
    return !words.empty() && words.front().start == 0 &&
           text.substr(words.front().start, words.front().end - words.front().start) ==
               words.front().folded &&
           !is_ascii_digit(text.front());
}

// "Detta gäller …", "Där får man …", "Den ska …": speaks of the sentence before. "Den som …" does not.
bool points_back(std::string_view text) {
    constexpr auto alone =
        std::to_array<std::string_view>({"detta", "denna", "dessa", "där", "då", "han", "hon", "hen", "sådan",
                                         "sådana", "sådant", "därefter", "därmed", "dit", "dess", "deras"});
    constexpr auto before_verb = std::to_array<std::string_view>({"den", "det", "de"});
    constexpr auto verbs = std::to_array<std::string_view>(
        {"ska", "skall", "får", "kan", "är", "gäller", "har", "måste", "bör", "kostar", "betalas", "tas",
         "beslutas", "lämnas", "prövas", "omfattar", "avser"});
    const auto words = text::words(text.substr(0, std::min<std::size_t>(text.size(), 40)));
    if (words.empty()) return false;
    if (std::ranges::find(alone, words[0].folded) != alone.end()) return true;
    return words.size() > 1 && std::ranges::find(before_verb, words[0].folded) != before_verb.end() &&
           std::ranges::find(verbs, words[1].folded) != verbs.end();
}

class Reader {
  public:
    Reader(std::string_view text, std::size_t body, std::span<const std::string> rows_above) : text_(text) {
        body = std::min(body, text.size());
        for (const auto& sentence : text::sentences(text.substr(body)))
            add({body + sentence.start, body + sentence.end});
        name_columns(rows_above);
    }

    std::vector<Passage> take() { return std::move(found_); }

  private:
    void add(Span span) {
        found_.push_back({.span = span});
        const auto at = found_.size() - 1;
        if (same_block(at) && detail::is_row(line_of(span))) {
            // "Bygglov m.m. | 4 800" is one row, whatever its full stops.
            found_[at - 1].span.end = span.end;
            found_.pop_back();
            return;
        }
        labels_.push_back(label_of(words_of(at)));
        found_[at].item = labels_[at] != Label::none;
        found_[at].lead = lead_of(at);
    }

    void name_columns(std::span<const std::string> rows_above) {
        for (std::size_t first = 0; first < found_.size();) {
            std::vector<std::string_view> rows;
            if (first == 0) rows.assign(rows_above.begin(), rows_above.end());
            const auto above = rows.size();
            auto end = first;
            for (; end < found_.size() && detail::is_row(words_of(end)); ++end) {
                rows.push_back(words_of(end));
                found_[end].row = true;
            }
            if (end > first && detail::has_header(rows)) {
                for (auto at = first; at < end; ++at) {
                    found_[at].names_columns = rows[above + at - first] == rows.front();
                    if (!found_[at].names_columns) found_[at].columns = rows.front();
                }
            }
            first = std::max(end, first + 1);
        }
    }

    [[nodiscard]] std::string_view words_of(std::size_t at) const {
        return text_.substr(found_[at].span.start, found_[at].span.end - found_[at].span.start);
    }

    [[nodiscard]] std::string_view line_of(Span span) const {
        const auto before = text_.substr(0, span.start).rfind('\n');
        const auto start = before == std::string_view::npos ? 0 : before + 1;
        return text_.substr(start, text_.find('\n', span.start) - start);
    }

    // Whether passage `at` goes on in the block of the one before it.
    [[nodiscard]] bool same_block(std::size_t at) const {
        return at > 0 &&
               text_.substr(found_[at - 1].span.end, found_[at].span.start - found_[at - 1].span.end)
                       .find('\n') == std::string_view::npos;
    }

    [[nodiscard]] std::optional<std::size_t> lead_of(std::size_t at) const {
        if (at == 0) return std::nullopt;
        if (labels_[at] != Label::none) return lead_of_item(at);
        if (same_block(at)) return points_back(words_of(at)) ? std::optional(at - 1) : std::nullopt;
        // "… får åtgärden vidtas igen": the end of a sentence that a list stands in the middle of.
        if (!begins_in_lower_case(words_of(at))) return std::nullopt;
        if (labels_[at - 1] != Label::none) return found_[at - 1].lead;
        return is_closed(words_of(at - 1)) ? std::nullopt : std::optional(at - 1);
    }

    [[nodiscard]] std::optional<std::size_t> lead_of_item(std::size_t at) const {
        const auto first = at > farthest_lead ? at - farthest_lead : 0;
        for (auto before = at; before-- > first;) {
            if (labels_[before] == labels_[at]) return found_[before].lead;
            const auto words = words_of(before);
            if (labels_[before] != Label::none) {
                if (!ends_item(words)) return before;  // the item that this list stands in
            } else if (!is_closed(words)) {
                return before;
            } else if (!same_block(before)) {
                return std::nullopt;
            }
        }
        return std::nullopt;
    }

    std::string_view text_;
    std::vector<Passage> found_{};
    std::vector<Label> labels_{};
};

}  // namespace

std::vector<Passage> passages_of(std::string_view text, std::size_t body,
                                 std::span<const std::string> rows_above) {
    return Reader(text, body, rows_above).take();
}

std::string on_one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (!is_ascii_space(c)) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string shown(std::string_view text, const Passage& passage) {
    const auto words = text.substr(passage.span.start, passage.span.end - passage.span.start);
    return passage.columns.empty() ? on_one_line(words) : detail::named_cells(passage.columns, words);
}

std::vector<Span> quotable(const std::vector<Passage>& passages, std::size_t at, std::size_t most) {
    std::vector<Span> spans = {passages[at].span};
    auto lead = passages[at].lead;
    for (int depth = 0; lead && depth < deepest_nesting; ++depth) {
        spans.insert(spans.begin(), passages[*lead].span);
        lead = passages[*lead].lead;
    }
    const Span whole{spans.front().start, spans.back().end};
    if (whole.end - whole.start <= most) return {whole};
    return spans;
}

}  // namespace kansli::assistants
