#pragma once

#include <string>
#include <string_view>
#include <vector>

// Swedish as text: words, sentences, stems. Pure functions over UTF-8; all offsets are bytes. Bytes that are not UTF-8 are no
// letters: they divide words, and nothing fails on them.
// Threads: any.
namespace kansli::text {

struct Token {
    std::size_t start = 0;
    std::size_t end = 0;
    std::string folded{};  // lower case, normal form C; what is compared
};

// The words of a text: letters and digits run together; "3 §" gives "3" and "§"; "30,0" and "2010:900" stay
// whole; hyphens inside words divide (and "bygg- och miljönämnden" gives "bygg", "och", "miljönämnden").
[[nodiscard]] std::vector<Token> words(std::string_view text);

// Spans of the sentences of a text. Knows Swedish abbreviations (t.ex., m.m., bl.a., kl. 8.30), statute
// references (5 kap. 3 §), ordinal and list numbers, quotations. Together the spans cover everything but
// white space.
struct Sentence {
    std::size_t start = 0;
    std::size_t end = 0;
};
[[nodiscard]] std::vector<Sentence> sentences(std::string_view text);

// The stem of a folded word: Snowball's Swedish stem, put right where it misses definite forms ("beslutet", "skolan").
[[nodiscard]] std::string stem(std::string_view folded);

[[nodiscard]] std::string fold(std::string_view text);
[[nodiscard]] bool is_stop_word(std::string_view folded);

// Words that say how something is asked rather than what about: stop words, light verbs, particles, degrees ("behöver", "ner",
// "ungefär"). For questions only; texts are indexed with them.
[[nodiscard]] bool is_light_word(std::string_view folded);

// Bytes to well-formed UTF-8 in normal form C: detects UTF-8, UTF-16 by its mark, Windows-1252 and Latin-1.
struct Decoded {
    std::string text{};
    std::string charset{};
};
[[nodiscard]] Decoded decode(std::string_view bytes);
[[nodiscard]] std::string normalise(std::string_view utf8);
[[nodiscard]] bool is_valid_utf8(std::string_view bytes);

// Order of Swedish lists: å, ä, ö last; digits by value.
[[nodiscard]] int compare_swedish(std::string_view a, std::string_view b);

}  // namespace kansli::text
