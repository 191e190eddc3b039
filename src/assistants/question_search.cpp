#include "assistants/question_search.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "text/language.hpp"

namespace kansli::assistants {

namespace {

constexpr std::size_t words_of_sentence = 6;
constexpr std::size_t fewest_words_of_question = 3;

// What a question begins with when it does not end with its mark.
constexpr auto openings = std::to_array<std::string_view>(
    {"hur",      "vad", "vem",   "vilka",  "vilken",   "vilket", "när",     "var",   "vart",   "varför",
     "varifrån", "får", "måste", "kan",    "ska",      "skall",  "behöver", "finns", "gäller", "har",
     "är",       "bör", "krävs", "räknas", "omfattas", "kommer", "tillåts", "räcker"});

bool has_operators(std::string_view words) {
    return words.find_first_of("\"*”") != std::string_view::npos || words.starts_with('-') ||
           words.find(" -") != std::string_view::npos;
}

}  // namespace

bool is_question(std::string_view words) {
    if (has_operators(words)) return false;
    const auto tokens = text::words(words);
    if (tokens.size() < fewest_words_of_question) return false;
    const auto last = words.find_last_not_of(" \n\t\r");
    return words[last] == '?' || tokens.size() >= words_of_sentence ||
           std::ranges::find(openings, tokens.front().folded) != openings.end();
}

Result<search::Results> QuestionSearch::search(const access::Caller& caller, const search::Query& query) {
    return is_question(query.words) ? answerer_.look_for(caller, query) : searcher_.search(caller, query);
}

Result<std::vector<search::ExplainedTerm>> QuestionSearch::explain(const access::Caller& caller,
                                                                   const search::Query& query,
                                                                   const documents::VersionId& version,
                                                                   int section) {
    auto asked = query;
    asked.question = asked.question || is_question(query.words);
    return searcher_.explain(caller, asked, version, section);
}

}  // namespace kansli::assistants
