#include "search/detail/query_reading.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "search/detail/query_parser.hpp"
#include "search/detail/spelling.hpp"

namespace kansli::search::detail {

QueryReading read_query(const SearchContext& context) {
    const Query& query = context.query;
    const QueryStyle style = query.question ? QueryStyle::question : QueryStyle::search;
    auto clauses = parse_query(query.words, style);
    // While a whole shard holds what does not belong there, its words are not all the caller's.
    const bool trusted = !context.selections.whole->misplaced;
    QueryReading reading;
    std::vector<Doubt> doubts;
    if (trusted)
        doubts = Spelling(context.lease, context.statistics, context.splitter, context.lexicon, query.as_of)
                     .doubts(clauses);
    if (!doubts.empty()) reading.suggestion = replaced(query.words, clauses, doubts);
    std::vector<Doubt> sure;
    if (query.question && context.weights.respelled > 0)
        std::ranges::copy_if(doubts, std::back_inserter(sure), &Doubt::sure);
    reading.words = replaced(query.words, clauses, sure);
    for (const Doubt& doubt : sure) {
        Respelling respelling{clauses[doubt.clause].written, doubt.meant};
        if (std::ranges::find(reading.respelled, respelling) == reading.respelled.end())
            reading.respelled.push_back(std::move(respelling));
    }
    const bool join = query.question && trusted && context.weights.joined_words > 0;
    reading.built =
        build_query(std::move(clauses), style, context.lease, context.statistics, context.splitter,
                    {context.lexicon, query.as_of, sure, join}, context.weights);
    const auto& words = reading.built.words;
    for (const Joined& joined : reading.built.joined)
        reading.joined.push_back({words[joined.first], words[joined.second], joined.compound});
    return reading;
}

}  // namespace kansli::search::detail
