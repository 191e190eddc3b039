#pragma once

#include <cstddef>
#include <string_view>

// How much of a text a person has changed. Pure.
namespace kansli::text {

// The fewest words that must be inserted, deleted or replaced to make one text of the other (Levenshtein, over words and signs; blanks do
// not count), by the bit-vector algorithm of Myers (JACM 46, 1999) as Hyyrö (2003) has it for long patterns.
[[nodiscard]] std::size_t word_distance(std::string_view before, std::string_view after);

// The same as a share of the longer text's words: 0 for equal texts, 1 when no word was kept in its place. Two texts without words are equal.
[[nodiscard]] double normalised_distance(std::string_view before, std::string_view after);

}  // namespace kansli::text
