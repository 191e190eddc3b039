#include "search/detail/engine.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "search/detail/matcher.hpp"
#include "search/detail/query_reading.hpp"
#include "search/detail/snippet.hpp"

namespace kansli::search::detail {

namespace {

using documents::Validity;

// How much a hit counts when it does not apply on the day that is asked about. No answer is built on it, so a question gets
// it behind all others.
constexpr double of_not_in_force = 0.5;
constexpr double of_not_in_force_in_questions = 0.01;

struct Ranked {
    Lease::Place place{};
    double score = 0;
    Signals signals{};
};

struct Page {
    std::vector<Ranked> ranked{};
    std::int64_t total = 0;
    bool exact = true;
};

// The better first; what scores the same in the order of versions and sections, wherever it lies.
bool goes_before(const Ranked& a, const Ranked& b) {
    return a.score != b.score ? a.score > b.score : a.place < b.place;
}

// One search: the best that the caller may read in the whole shards or the mixed one, of what applies and what does not.
class Ranking {
  public:
    Ranking(const SearchContext& context, const QueryReading& reading)
        : context_(context),
          reading_(reading),
          wanted_(reading.built.query),
          end_(std::int64_t{context.query.offset} + context.query.limit) {}

    // What applies together with what does not, which counts for less. Searches for the parts are much quicker than one for all: each
    // can leave out early what cannot be among the best.
    Page best() {
        const Query& query = context_.query;
        if (query.question && context_.meaning.embedding != nullptr) add_meaning();
        add_both_shards(Tier::in_force, 1);
        const bool full = std::ssize(page_.ranked) == end_;
        if (query.include_not_in_force && !(query.question && full))
            add_both_shards(Tier::not_in_force, standing_factor(query, Validity::replaced));
        const auto skipped = std::min<std::int64_t>(std::ssize(page_.ranked), query.offset);
        page_.ranked.erase(page_.ranked.begin(), page_.ranked.begin() + skipped);
        return std::move(page_);
    }

  private:
    // Nearness in meaning counts beside the words, measured by what the words give the best section.
    void add_meaning() {
        Nearest nearest(context_.meaning, reading_.words, context_.weights);
        const Lease& lease = context_.lease;
        for (const auto& shard : lease.shards())
            nearest.look_in(*shard, context_.selections.whole->in_force);
        if (lease.mixed() != nullptr) nearest.look_in(*lease.mixed(), context_.selections.mixed->in_force);
        if (nearest.empty()) return;
        nearest.keep_best(most_near);
        scale_ = best_score(context_, wanted_);
        const auto near = nearest.query(scale_);
        wanted_ = wanted_.empty() ? near : Xapian::Query(Xapian::Query::OP_OR, wanted_, near);
        nearest_.emplace(std::move(nearest));
    }

    // What a score is made of.
    [[nodiscard]] Signals signals_of(const Lease::Found& found, double score) const {
        if (!nearest_) return {};
        const auto worth = nearest_->worth(found.shard->identity, found.document);
        return {std::clamp(score / scale_ - worth.weight, 0.0, 1.0), worth.nearness, worth.known,
                worth.votes};
    }

    void add_both_shards(Tier tier, double factor) {
        const Lease& lease = context_.lease;
        if (!lease.shards().empty())
            add(lease.together(), context_.selections.whole, tier, factor,
                [&](Xapian::docid document) { return lease.found(document); });
        if (lease.mixed() == nullptr) return;
        const std::int64_t before = page_.total;
        add(lease.mixed()->database, context_.selections.mixed, tier, factor,
            [&](Xapian::docid document) { return lease.found_in_mixed(document); });
        // How far beyond what was asked for the count goes depends on the rest of the shard, and so does whether it comes to its end.
        if (page_.total - before <= exact_total) return;
        page_.total = before + exact_total + 1;
        page_.exact = false;
    }

    template <typename FoundAs>
    void add(const Xapian::Database& database, const std::shared_ptr<const Selection>& selection, Tier tier,
             double factor, FoundAs&& found_as) {
        const RunsByShard& runs = tier == Tier::in_force ? selection->in_force : selection->not_in_force;
        if (runs.sections == 0) return;
        Xapian::Enquire enquire(database);
        enquire.set_weighting_scheme(Bm25(context_.weights, context_.statistics.average_length()));
        enquire.set_query(limited_to(wanted_, selection, tier));
        // Below the last of a full page a hit is of no use, and need not be counted once there are many.
        const bool full = std::ssize(page_.ranked) == end_;
        const bool enough = full && page_.total >= exact_total;
        enquire.set_cutoff(0, enough ? page_.ranked.back().score / factor * slack : 0);
        const Xapian::MSet found =
            enquire.get_mset(0, static_cast<Xapian::doccount>(end_), enough ? 0 : exact_total + 1);
        for (auto at = found.begin(); at != found.end(); ++at) {
            const auto one = found_as(*at);
            page_.ranked.push_back(
                {one.place, rounded(at.get_weight() * factor), signals_of(one, at.get_weight())});
        }
        std::ranges::sort(page_.ranked, goes_before);
        if (std::ssize(page_.ranked) > end_) page_.ranked.resize(static_cast<std::size_t>(end_));
        if (!enough) page_.total += found.get_matches_lower_bound();
        page_.exact =
            page_.exact && !enough && found.get_matches_lower_bound() == found.get_matches_upper_bound();
    }

    // The order in which Xapian adds up a score depends on what else there is, and with it the last digits.
    static double rounded(double score) { return static_cast<float>(score); }
    static constexpr double slack = 0.999999;
    static constexpr std::size_t most_near = 200;  // sections that are near in meaning

    const SearchContext& context_;
    const QueryReading& reading_;
    Xapian::Query wanted_;
    std::optional<Nearest> nearest_{};
    double scale_ = 0;  // what the words give the best section
    std::int64_t end_;
    Page page_{};
};

Hit hit_of(const documents::CatalogueEntry& entry, const documents::Protection& protection,
           documents::Library::SectionText&& found, Date day) {
    Hit hit;
    hit.secrecy = protection.secrecy;
    hit.information_class = protection.information_class;
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

double standing_factor(const Query& query, Validity validity) {
    if (validity == Validity::applies) return 1;
    return query.question ? of_not_in_force_in_questions : of_not_in_force;
}

double best_score(const SearchContext& context, const Xapian::Query& wanted) {
    const auto best_of = [&](const Xapian::Database& database,
                             const std::shared_ptr<const Selection>& selection) {
        if (wanted.empty() || selection->in_force.sections == 0) return 0.0;
        Xapian::Enquire enquire(database);
        enquire.set_weighting_scheme(Bm25(context.weights, context.statistics.average_length()));
        enquire.set_query(limited_to(wanted, selection, Tier::in_force));
        return enquire.get_mset(0, 1).get_max_attained();
    };
    const Lease& lease = context.lease;
    double best = lease.shards().empty() ? 0 : best_of(lease.together(), context.selections.whole);
    if (lease.mixed() != nullptr)
        best = std::max(best, best_of(lease.mixed()->database, context.selections.mixed));
    return best > 0 ? best : 1;
}

Result<Results> run_search(const SearchContext& context) {
    Results results;
    if (context.lease.empty()) return results;
    const Query& query = context.query;
    const QueryReading reading = read_query(context);
    const BuiltQuery& built = reading.built;
    results.suggestion = reading.suggestion;
    results.read = reading.words;
    results.respelled = reading.respelled;
    results.joined = reading.joined;
    if (built.query.empty() && !(query.question && context.meaning.embedding != nullptr)) return results;

    const Page page = Ranking(context, reading).best();
    results.total = page.total;
    results.total_is_exact = page.exact;

    Matcher matcher(built, context.splitter);
    for (const Ranked& ranked : page.ranked) {
        const documents::CatalogueEntry* entry = context.view.find(ranked.place.number);
        if (entry == nullptr) continue;
        auto found = context.material.section(context.caller, entry->version, ranked.place.ordinal);
        if (!found && found.error().code == ErrorCode::not_found) continue;  // withdrawn while we searched
        if (!found) return Failure(std::move(found).error());
        Snippet snippet = make_snippet(shown_text(*found), matcher, built.leaves);
        Hit hit =
            hit_of(*entry, context.view.catalogue().protection_of(*entry), *std::move(found), query.as_of);
        hit.score = ranked.score;
        hit.signals = ranked.signals;
        hit.snippet = std::move(snippet.text);
        hit.marks = std::move(snippet.marks);
        results.hits.push_back(std::move(hit));
    }
    return results;
}

}  // namespace kansli::search::detail
