#pragma once

#include <string>

// How words of administrative Swedish stand to each other, by their stems. The lexicon is for what citizens call things; this is for the
// verbs and adverbs that an answer is rewritten with. Threads: any.
namespace kansli::grounding::detail {

// "erläggs" and "betalas".
[[nodiscard]] bool mean_the_same(const std::string& stem, const std::string& other);

// "höjs" and "sänks".
[[nodiscard]] bool are_opposite(const std::string& stem, const std::string& other);

// Kinds of one thing: "förskola" and "grundskola".
[[nodiscard]] bool exclude_each_other(const std::string& stem, const std::string& other);

}  // namespace kansli::grounding::detail
