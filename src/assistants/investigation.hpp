#pragma once

#include <memory>
#include <vector>

#include "access/caller.hpp"
#include "assistants/answer.hpp"
#include "assistants/answerer.hpp"
#include "assistants/sources.hpp"
#include "core/result.hpp"
#include "model/static_embedding.hpp"
#include "search/searcher.hpp"
#include "text/lexicon.hpp"

// One question's way to its sections and its answer: looked for, weighed, put in order, composed, decided. Nothing is written.
namespace kansli::assistants {

struct InvestigationTools {
    search::Searcher& searcher;
    Sources& sources;
    const model::StaticEmbedding* embedding;  // null: only words count
};

// Among how many of the search's sections an answer is sought.
inline constexpr int searched_sections = 50;

// invalid_input for a day that does not exist; what the search and the library answer otherwise.
[[nodiscard]] Result<Examination> investigate(const InvestigationTools& tools, const access::Caller& caller,
                                              const Question& question,
                                              std::shared_ptr<const text::Lexicon> lexicon);

// The search's own hits for `query`, whose words are the question's; the first of them in the order in which they answer it.
[[nodiscard]] Result<search::Results> find_sections(const InvestigationTools& tools,
                                                    const access::Caller& caller, const Question& question,
                                                    std::shared_ptr<const text::Lexicon> lexicon,
                                                    const search::Query& query);

// Marks an answer with the secrecy and the information class of what it tells of. `hits`: what was found.
void label(Answer& answer, const std::vector<search::Hit>& hits);

// Notes in the answer which words were read as others.
void tell_respelled(const search::Results& results, Answer& answer);

}  // namespace kansli::assistants
