#pragma once

#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "assistants/answerer.hpp"
#include "core/result.hpp"
#include "search/searcher.hpp"

namespace kansli::assistants {

// Whether words that somebody looks for are a question or a sentence rather than words to be found: "Hur hög får häcken vara?". Quotation
// marks, -exclusions and prefixes* are a searcher's, not an asker's.
[[nodiscard]] bool is_question(std::string_view words);

// A search that takes questions for what they are: what is near one in meaning is found too, and the sections stand in the order in which
// they answer it. All else is the search's own. Threads: any.
class QuestionSearch final : public search::Searcher {
  public:
    // Both outlive it.
    QuestionSearch(search::Searcher& searcher, DocumentAnswerer& answerer)
        : searcher_(searcher), answerer_(answerer) {}

    Result<search::Results> search(const access::Caller& caller, const search::Query& query) override;
    Result<std::vector<search::ExplainedTerm>> explain(const access::Caller& caller,
                                                       const search::Query& query,
                                                       const documents::VersionId& version,
                                                       int section) override;

  private:
    search::Searcher& searcher_;
    DocumentAnswerer& answerer_;
};

}  // namespace kansli::assistants
