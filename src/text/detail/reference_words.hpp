#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "core/ascii.hpp"
#include "text/detail/utf8.hpp"
#include "text/language.hpp"

namespace kansli::text::detail {

// A text as words and what stands between them. A word beyond the end is empty.
class ReferenceWords {
  public:
    explicit ReferenceWords(std::string_view text) : text_(text), words_(words(text)) {}

    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] std::size_t size() const { return words_.size(); }
    [[nodiscard]] std::size_t start(std::size_t at) const { return words_[at].start; }
    [[nodiscard]] std::size_t end(std::size_t at) const { return words_[at].end; }
    [[nodiscard]] std::string_view word(std::size_t at) const {
        return at < words_.size() ? std::string_view(words_[at].folded) : std::string_view{};
    }
    [[nodiscard]] std::span<const Token> from(std::size_t at) const {
        return std::span(words_).subspan(std::min(at, words_.size()));
    }
    [[nodiscard]] bool is(std::size_t at, std::initializer_list<std::string_view> wanted) const {
        return at < words_.size() && std::ranges::find(wanted, word(at)) != wanted.end();
    }
    [[nodiscard]] bool is_letter(std::size_t at) const {
        const auto written = word(at);
        return written.size() == 1 && written[0] >= 'a' && written[0] <= 'z';
    }

    // What stands between a word and the one before it.
    [[nodiscard]] std::string_view gap(std::size_t at) const {
        if (at == 0 || at >= words_.size()) return {};
        return text_.substr(words_[at - 1].end, words_[at].start - words_[at - 1].end);
    }

    // Nothing but blanks and `marks`: "." of an abbreviation, "," of a list. What stands in another paragraph of the text is apart.
    [[nodiscard]] bool only(std::size_t at, std::string_view marks = {}) const {
        if (at == 0 || at >= words_.size()) return false;
        const auto between = gap(at);
        if (between.find("\n\n") != std::string_view::npos) return false;
        for (std::size_t i = 0; i < between.size();) {
            const auto character = character_at(between, i);
            const bool marked = marks.find(between[i]) != std::string_view::npos;
            if (!marked && !is_blank(character.code)) return false;
            i += character.length;
        }
        return true;
    }
    [[nodiscard]] bool dash_before(std::size_t at) const {
        const auto between = gap(at);
        return between == "-" || between == "–" || between == "—" || between == " - " || between == " – ";
    }

    // Whether a sentence ends before the word.
    [[nodiscard]] bool breaks(std::size_t at) const {
        const auto between = gap(at);
        if (between.find_first_of("?!") != std::string_view::npos) return true;
        if (between.find("\n\n") != std::string_view::npos) return true;
        return between.find('.') != std::string_view::npos &&
               is_upper(character_at(text_, words_[at].start).code);
    }

  private:
    std::string_view text_;
    std::vector<Token> words_;
};

// A number of at most four digits.
[[nodiscard]] inline bool is_small_number(std::string_view word) {
    return !word.empty() && word.size() <= 4 && std::ranges::all_of(word, is_ascii_digit);
}

// "8a": such a number and a letter.
[[nodiscard]] inline bool is_number_and_letter(std::string_view word) {
    return word.size() > 1 && word.back() >= 'a' && word.back() <= 'z' &&
           is_small_number(word.substr(0, word.size() - 1));
}

// "första" and what follows it, as the paragraphs of a section are counted.
inline constexpr auto ordinals = std::to_array<std::string_view>(
    {"första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde"});

}  // namespace kansli::text::detail
