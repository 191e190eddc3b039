#pragma once

#include <memory>
#include <vector>

#include "core/result.hpp"
#include "search/detail/meaning.hpp"
#include "search/detail/readers.hpp"
#include "search/detail/selection.hpp"
#include "search/detail/statistics.hpp"
#include "search/material.hpp"
#include "search/searcher.hpp"
#include "search/weights.hpp"
#include "text/compounds.hpp"
#include "text/lexicon.hpp"

// One search from question to hits, on what has been opened for it. Errors of the index are thrown as Xapian::Error.
namespace kansli::search::detail {

struct SearchContext {
    const access::Caller& caller;
    const access::Viewer& viewer;  // the same
    const Query& query;
    const CatalogueView& view;
    const Lease& lease;
    const text::CompoundSplitter& splitter;
    const text::Lexicon& lexicon;
    MeaningSources meaning;
    const Weights& weights;
    Material& material;
    const Selections& selections;
    const Statistics& statistics;
};

// What a hit's score is multiplied with for how it stands on the day that is asked about.
[[nodiscard]] double standing_factor(const Query& query, documents::Validity validity);

// What the words of a question give the best section that applies and that the caller may read; the measure of what meaning is worth.
[[nodiscard]] double best_score(const SearchContext& context, const Xapian::Query& wanted);

// The highest total that is counted out.
inline constexpr int exact_total = 1000;

[[nodiscard]] Result<Results> run_search(const SearchContext& context);

[[nodiscard]] Result<std::vector<ExplainedTerm>> run_explain(const SearchContext& context,
                                                             const documents::CatalogueEntry& entry,
                                                             int section);

}  // namespace kansli::search::detail
