#include "search/detail/engine.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "search/detail/matcher.hpp"
#include "search/detail/query_builder.hpp"
#include "search/detail/query_parser.hpp"
#include "search/detail/snippet.hpp"
#include "search/detail/spelling.hpp"

namespace kansli::search::detail {

namespace {

using documents::Validity;

// How much a hit counts when it does not apply on the day that is asked about. No answer is built on it, so a question gets
// it behind all others.
constexpr double of_not_in_force = 0.5;
constexpr double of_not_in_force_in_questions = 0.01;

struct Ranked {
    Xapian::docid document = 0;
    double score = 0;
};

struct Page {
    std::vector<Ranked> ranked{};
    std::int64_t total = 0;
    bool exact = true;
};

// `least`: the score below which a hit is of no use and need not be counted; 0: every hit counts.
Page best_of(Xapian::Enquire& enquire, const Xapian::Query& query, std::int64_t limit, double least = 0) {
    enquire.set_query(query);
    enquire.set_cutoff(0, least);
    const Xapian::doccount counted = least > 0 ? 0 : exact_total + 1;
    const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(limit), counted);
    Page page;
    for (auto at = found.begin(); at != found.end(); ++at)
        page.ranked.push_back({*at, at.get_weight()});
    page.total = found.get_matches_lower_bound();
    page.exact = found.get_matches_lower_bound() == found.get_matches_upper_bound();
    return page;
}

// What applies together with what does not, which counts for less. Two searches are much quicker than one for both: each can leave
// out early what cannot be among the best.
Page both_tiers(Xapian::Enquire& enquire, const Xapian::Query& wanted, const Query& query,
                const std::shared_ptr<const Selection>& selection) {
    const std::int64_t end = std::int64_t{query.offset} + query.limit;
    Page page;
    if (selection->in_force.sections > 0)
        page = best_of(enquire, limited_to(wanted, selection, Tier::in_force), end);
    const bool full = std::ssize(page.ranked) == end;
    if (query.include_not_in_force && selection->not_in_force.sections > 0 && !(query.question && full)) {
        const double factor = standing_factor(query, Validity::replaced);
        const bool counted = page.total >= exact_total;
        const double least = full && counted ? page.ranked.back().score / factor : 0;
        Page others = best_of(enquire, limited_to(wanted, selection, Tier::not_in_force), end, least);
        for (Ranked& ranked : others.ranked)
            ranked.score *= factor;
        const auto middle = page.ranked.insert(page.ranked.end(), others.ranked.begin(), others.ranked.end());
        std::ranges::inplace_merge(page.ranked, middle, std::ranges::greater{}, &Ranked::score);
        page.total += others.total;
        page.exact = page.exact && others.exact && least == 0;
    }
    const auto shown = std::ssize(page.ranked);
    page.ranked.resize(static_cast<std::size_t>(std::min(shown, end)));
    page.ranked.erase(page.ranked.begin(),
                      page.ranked.begin() + std::min<std::int64_t>(std::ssize(page.ranked), query.offset));
    return page;
}

Hit hit_of(const documents::CatalogueEntry& entry, documents::Library::SectionText&& found, Date day) {
    Hit hit;
    hit.document = entry.document;
    hit.version = entry.version;
    hit.section = found.section.ordinal;
    hit.title = entry.attributes.title;
    hit.reference = entry.attributes.reference;
    hit.collection = entry.collection;
    hit.file_name = entry.file_name;
    hit.kind = entry.attributes.kind;
    hit.path = std::move(found.section.path);
    hit.trail = std::move(found.section.trail);
    hit.validity = validity_of(entry, day);
    hit.page = found.page;
    return hit;
}

// The section's own text, or its heading when there is nothing below it.
std::string_view shown_text(const documents::Library::SectionText& found) {
    const std::string_view text = found.text;
    const std::size_t heading = found.section.body - std::min(found.section.start, found.section.body);
    const std::string_view body = text.substr(std::min(heading, text.size()));
    return body.find_first_not_of(" \n\t\r") == std::string_view::npos ? text : body;
}

}  // namespace

Xapian::BM25Weight ranking(const Weights& weights) {
    // k2 is of no use with sections, and k3 = 0: how often a word is typed says nothing.
    return {weights.k1, 0, 0, weights.b, weights.shortest};
}

double standing_factor(const Query& query, Validity validity) {
    if (validity == Validity::applies) return 1;
    return query.question ? of_not_in_force_in_questions : of_not_in_force;
}

Result<Results> run_search(const SearchContext& context, const std::shared_ptr<const Selection>& selection) {
    Results results;
    if (context.lease.shards().empty()) return results;
    const Query& query = context.query;
    const QueryStyle style = query.question ? QueryStyle::question : QueryStyle::search;
    const BuiltQuery built =
        build_query(parse_query(query.words, style), style, context.lease, context.splitter, context.weights);
    if (!selection->misplaced)
        results.suggestion = Spelling(context.lease, context.splitter).propose(query.words, built.clauses);
    if (built.query.empty()) return results;

    Xapian::Enquire enquire(context.lease.together());
    enquire.set_weighting_scheme(ranking(context.weights));
    const Page page = both_tiers(enquire, built.query, query, selection);
    results.total = page.total;
    results.total_is_exact = page.exact;

    Matcher matcher(built, context.splitter);
    for (const Ranked& ranked : page.ranked) {
        const Lease::Place place = context.lease.place_of(ranked.document);
        const documents::CatalogueEntry* entry = context.view.catalogue().find(place.number);
        if (entry == nullptr) continue;
        auto found = context.material.section(context.caller, entry->version, place.ordinal);
        if (!found && found.error().code == ErrorCode::not_found) continue;  // withdrawn while we searched
        if (!found) return Failure(std::move(found).error());
        Snippet snippet = make_snippet(shown_text(*found), matcher, built.leaves);
        Hit hit = hit_of(*entry, *std::move(found), query.as_of);
        hit.score = ranked.score;
        hit.snippet = std::move(snippet.text);
        hit.marks = std::move(snippet.marks);
        results.hits.push_back(std::move(hit));
    }
    return results;
}

}  // namespace kansli::search::detail
