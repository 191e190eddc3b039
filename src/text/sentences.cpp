#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/detail/abbreviations.hpp"
#include "text/detail/utf8.hpp"
#include "text/language.hpp"

// Where Swedish sentences end.
//
// Problem: in governing documents a full stop is as often part of an abbreviation, a number, a date, a list
// label or a name as it is the end of a sentence, and a quote that begins or ends in the wrong place cannot
// be read. Method: rules, tried in order at every full stop, question mark, exclamation mark and line end; a
// trained model would need labelled text for every kind of document, and its faults could not be put right by
// adding a word to a list.
//   1. A blank line ends a sentence. A single line end does too, unless the line stops in the middle of one
//   (no closing mark,
//      the next line goes on in lower case): files with hard line ends.
//   2. After ? ! … a sentence ends unless what follows goes on in lower case.
//   3. After a full stop, the word before decides (label, number, initial, abbreviation), then what follows.
// Cost: linear; looks at most a few words back and one character ahead.
namespace kansli::text {

namespace {

using detail::Character;

constexpr std::size_t longest_abbreviation = 16;

bool is_closing(char32_t code) {
    return code == U'"' || code == U'\'' || code == U')' || code == U']' || code == U'”' || code == U'’' ||
           code == U'»';
}

bool is_opening(char32_t code) {
    return code == U'"' || code == U'\'' || code == U'(' || code == U'[' || code == U'”' || code == U'’' ||
           code == U'“' || code == U'‘' || code == U'«' || code == U'»' || code == U'¿' || code == U'¡';
}

class Splitter {
  public:
    explicit Splitter(std::string_view text) : text_(text) {}

    std::vector<Sentence> run() {
        while (at_ < text_.size()) {
            const auto character = detail::character_at(text_, at_);
            if (detail::is_blank(character.code)) {
                pass_blanks();
            } else {
                if (!open_) begin();
                at_ += character.length;
                end_ = at_;
                if (is_end_mark(character.code) && ends_after_mark(character.code)) close();
            }
        }
        close();
        return std::move(found_);
    }

  private:
    static bool is_end_mark(char32_t code) {
        return code == U'.' || code == U'?' || code == U'!' || code == U'…';
    }

    void begin() {
        open_ = true;
        start_ = at_;
    }

    void close() {
        if (open_) found_.push_back({start_, end_});
        open_ = false;
    }

    // White space: ends the sentence at a blank line, or at a line end where the sentence does not go on.
    void pass_blanks() {
        int lines = 0;
        while (at_ < text_.size()) {
            const auto character = detail::character_at(text_, at_);
            if (!detail::is_blank(character.code)) break;
            if (character.code == U'\n' || character.code == U'\f' || character.code == U'\u2029') ++lines;
            at_ += character.length;
        }
        if (!open_ || lines == 0) return;
        if (lines > 1 || !goes_on_over_line()) close();
    }

    // Hard line ends: a line that stops without a closing mark goes on when the next begins in lower case and
    // is no list item.
    [[nodiscard]] bool goes_on_over_line() const {
        if (at_ >= text_.size()) return false;
        const auto last = detail::character_before(text_, end_).code;
        if (last == U'.' || last == U'?' || last == U'!' || last == U':' || last == U';') return false;
        if (!detail::is_lower(detail::character_at(text_, at_).code)) return false;
        const auto second = detail::byte_at(text_, at_ + 1);
        return second != ')' && second != '.';
    }

    // Takes in what closes around the mark: quotes, brackets, more marks.
    void take_closing() {
        while (at_ < text_.size()) {
            const auto character = detail::character_at(text_, at_);
            if (!is_closing(character.code) && !is_end_mark(character.code)) break;
            at_ += character.length;
            end_ = at_;
        }
    }

    // The first character after the blanks that follow, on this line; 0 when there is none.
    struct Next {
        char32_t code = 0;
        std::size_t at = 0;
        bool blank_before = false;
    };
    [[nodiscard]] Next next_on_line() const {
        Next next{0, at_, false};
        while (next.at < text_.size()) {
            const auto character = detail::character_at(text_, next.at);
            if (character.code == U'\n') return {0, next.at, true};
            if (!detail::is_blank(character.code)) {
                next.code = character.code;
                return next;
            }
            next.blank_before = true;
            next.at += character.length;
        }
        return {0, next.at, true};
    }

    bool ends_after_mark(char32_t mark) {
        const auto mark_at = end_ - (mark == U'…' ? 3 : 1);
        take_closing();
        const bool alone = end_ == mark_at + 1;
        const auto next = next_on_line();
        if (next.code == 0) return false;  // the line end decides
        if (!next.blank_before) return false;
        if (detail::is_lower(next.code)) return false;
        if (mark != U'.' || !alone) return begins_sentence(next.at);
        return ends_after_stop(mark_at, next);
    }

    // Whether what stands at `at` can begin a sentence, looking behind quotes and brackets.
    [[nodiscard]] bool begins_sentence(std::size_t at) const {
        while (at < text_.size()) {
            const auto character = detail::character_at(text_, at);
            if (!is_opening(character.code))
                return !detail::is_lower(character.code) && !is_trailing_mark(character.code);
            at += character.length;
        }
        return false;
    }

    static bool is_trailing_mark(char32_t code) {
        return code == U',' || code == U';' || code == U':' || code == U')';
    }

    // A capital followed by a small letter, behind any opening mark: the beginning of a written sentence, or
    // a name.
    [[nodiscard]] bool is_title_case(std::size_t at) const {
        while (at < text_.size() && is_opening(detail::character_at(text_, at).code)) {
            at += detail::character_at(text_, at).length;
        }
        if (at >= text_.size()) return false;
        const auto first = detail::character_at(text_, at);
        if (!detail::is_upper(first.code)) return false;
        if (at + first.length >= text_.size()) return true;
        const auto second = detail::character_at(text_, at + first.length).code;
        return detail::is_lower(second) || detail::is_blank(second);
    }

    // The run of letters, digits and inner stops that ends at `end`, such as "t.ex" or "3.2" or "kap".
    [[nodiscard]] std::size_t start_of_word(std::size_t end) const {
        auto at = end;
        while (at > start_) {
            const auto before = detail::character_before(text_, at);
            const bool inside =
                detail::is_letter_or_digit(before.code) || before.code == U'.' || before.code == U':';
            if (!inside) break;
            at -= before.length;
        }
        return at;
    }

    bool ends_after_stop(std::size_t stop, const Next& next) const {
        const auto word_start = start_of_word(stop);
        const auto word = text_.substr(word_start, stop - word_start);
        if (word.empty()) return begins_sentence(next.at);
        if (is_number(word)) return ends_after_number(word_start, word, next);
        if (is_single_letter(word)) return ends_after_letter(word_start, word, next);
        if (is_row_of_initials(word)) return false;
        if (detail::is_digit(next.code) && is_street(word)) return false;
        switch (abbreviation_before(word_start, word)) {
            case detail::Abbreviation::never_ends:
                return false;
            case detail::Abbreviation::can_end:
                return is_title_case(next.at);
            case detail::Abbreviation::none:
                return begins_sentence(next.at);
        }
        return true;
    }

    static bool is_number(std::string_view word) {
        return word.find_first_not_of("0123456789.:") == std::string_view::npos;
    }

    static bool is_single_letter(std::string_view word) {
        return detail::is_letter(detail::character_at(word, 0).code) &&
               detail::character_at(word, 0).length == word.size();
    }

    // "A.B" before the last stop of "A.B. Svensson".
    static bool is_row_of_initials(std::string_view word) {
        bool letter = true;
        for (std::size_t at = 0; at < word.size();) {
            const auto character = detail::character_at(word, at);
            if (letter ? !detail::is_upper(character.code) : character.code != U'.') return false;
            letter = !letter;
            at += character.length;
        }
        return !letter;
    }

    // "Storg. 4", "Kungsv. 12": streets are shortened to any first letters of gata and väg.
    static bool is_street(std::string_view word) {
        if (!detail::is_upper(detail::character_at(word, 0).code) || word.size() < 4) return false;
        return (word.ends_with('g') && !word.ends_with("ng")) || word.ends_with('v');
    }

    [[nodiscard]] bool is_label(std::size_t word_start, std::string_view word) const {
        return word_start == start_ && word.size() <= 8 && found_label_is_short(word);
    }

    // "1.", "12.", "3.2.1." are labels; "2026." at the beginning is a year.
    static bool found_label_is_short(std::string_view word) {
        return word.find('.') != std::string_view::npos || word.size() <= 3;
    }

    bool ends_after_number(std::size_t word_start, std::string_view word, const Next& next) const {
        if (is_label(word_start, word)) return false;
        if (detail::is_digit(next.code) && word.size() <= 2)
            return false;  // "1. 2." and dates such as "1. 12. 2026"
        return begins_sentence(next.at);
    }

    bool ends_after_letter(std::size_t word_start, std::string_view word, const Next& next) const {
        if (word_start == start_) return false;  // "a. Lista", "A. Svensson"
        const bool capital = detail::is_upper(detail::character_at(word, 0).code);
        if (!capital) {
            if (abbreviation_before(word_start, word) == detail::Abbreviation::never_ends) return false;
            return is_title_case(next.at);
        }
        if (!is_title_case(next.at)) return detail::is_digit(next.code) || next.code == U'§';
        return detail::names_a_letter(word_before(word_start));
    }

    [[nodiscard]] std::string word_before(std::size_t at) const {
        while (at > start_ && detail::is_blank(detail::character_before(text_, at).code)) {
            at -= detail::character_before(text_, at).length;
        }
        const auto begin = start_of_word(at);
        return fold(text_.substr(begin, at - begin));
    }

    // Looks a word up, and also joined to the short words before it: "t. ex", "bl. a", "fr. o. m".
    [[nodiscard]] detail::Abbreviation abbreviation_before(std::size_t word_start,
                                                           std::string_view word) const {
        if (word.size() > longest_abbreviation) return detail::Abbreviation::none;
        auto folded = fold(word);
        auto best = detail::abbreviation(folded);
        auto at = word_start;
        for (int step = 0; step < 3 && best == detail::Abbreviation::none; ++step) {
            std::size_t end = at;
            while (end > start_ && detail::is_blank(detail::character_before(text_, end).code)) {
                end -= detail::character_before(text_, end).length;
            }
            if (end == at || end <= start_ || text_[end - 1] != '.') break;
            at = start_of_word(end);
            if (end - at > longest_abbreviation) break;
            folded.insert(0, fold(text_.substr(at, end - at)));
            best = detail::abbreviation(folded);
        }
        return best;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t start_ = 0;
    std::size_t end_ = 0;
    bool open_ = false;
    std::vector<Sentence> found_{};
};

}  // namespace

std::vector<Sentence> sentences(std::string_view text) {
    return Splitter(text).run();
}

}  // namespace kansli::text
