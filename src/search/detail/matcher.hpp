#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/detail/query_builder.hpp"
#include "text/compounds.hpp"

namespace kansli::search::detail {

// How a word of a text answers a question.
enum class Relation : std::uint8_t { exact, inflection, compound_part, synonym, prefix, phrase, spelling };

[[nodiscard]] std::string_view to_string(Relation relation);

struct Match {
    std::size_t leaf = 0;
    Relation relation = Relation::exact;
};

// Compares the words of a text with a question, as the index does but on the text itself: for marks in snippets and for
// explanations. Requires: the question and the splitter outlive it.
class Matcher {
  public:
    Matcher(const BuiltQuery& question, const text::CompoundSplitter& splitter);

    // One for the word itself, or one for each of its parts that was asked for.
    [[nodiscard]] const std::vector<Match>& match(const std::string& folded);

  private:
    [[nodiscard]] std::vector<Match> find(const std::string& folded) const;

    const BuiltQuery& question_;
    const text::CompoundSplitter& splitter_;
    std::unordered_map<std::string, std::size_t> whole_{};    // stem -> leaf
    std::unordered_map<std::string, std::size_t> as_part_{};  // stem -> leaf
    std::unordered_map<std::string, std::vector<Match>> known_{};
};

}  // namespace kansli::search::detail
