#include <algorithm>
#include <functional>
#include <utility>

#include "search/detail/engine.hpp"
#include "search/detail/matcher.hpp"
#include "search/detail/query_reading.hpp"
#include "text/language.hpp"

namespace kansli::search::detail {

namespace {

// Occurrences of one form of a word in one field.
struct Row {
    std::size_t clause = 0;
    std::string matched{};
    Relation relation = Relation::exact;
    std::string field{};
    int occurrences = 0;
    double share = 0;  // of its leaf, by the weight of the field
    std::size_t leaf = 0;
};

class Explainer {
  public:
    Explainer(const SearchContext& context, const BuiltQuery& built) : context_(context), built_(built) {}

    void read(std::string_view text, const std::string& field, std::uint32_t weight) {
        for (const text::Token& token : text::words(text)) {
            for (const Match& match : matcher_.match(token.folded)) {
                const Leaf& leaf = built_.leaves[match.leaf];
                const bool as_part = leaf.term != leaf.stem;
                Row& row = row_of(leaf.clause, token.folded, match.relation, field);
                row.leaf = match.leaf;
                ++row.occurrences;
                row.share += as_part ? context_.weights.part : weight;
            }
        }
    }

    // A place or number that the section itself is.
    void note(std::size_t leaf, const std::string& matched, const std::string& field) {
        Row& row = row_of(built_.leaves[leaf].clause, matched, Relation::exact, field);
        row.leaf = leaf;
        row.occurrences = 1;
        row.share = 1;
    }

    // `weights`: what each leaf gave; together with the bonuses they make up `score`.
    [[nodiscard]] std::vector<ExplainedTerm> rows(const std::vector<double>& weights, double score) const {
        std::vector<double> shares(weights.size(), 0);
        for (const Row& row : rows_)
            shares[row.leaf] += row.share;
        double explained = 0;
        for (std::size_t i = 0; i < weights.size(); ++i)
            explained += shares[i] > 0 ? weights[i] : 0;
        std::vector<ExplainedTerm> terms;
        for (const Row& row : rows_) {
            const double weight = weights[row.leaf] * row.share / shares[row.leaf];
            terms.push_back({built_.clauses[row.clause].written, row.matched,
                             std::string(to_string(row.relation)), row.field, row.occurrences,
                             explained > 0 ? score * weight / explained : 0});
        }
        std::ranges::stable_sort(terms, std::ranges::greater{}, &ExplainedTerm::weight);
        return terms;
    }

  private:
    Row& row_of(std::size_t clause, const std::string& matched, Relation relation, const std::string& field) {
        for (Row& row : rows_)
            if (row.clause == clause && row.matched == matched && row.relation == relation &&
                row.field == field)
                return row;
        return rows_.emplace_back(Row{clause, matched, relation, field, 0, 0, 0});
    }

    const SearchContext& context_;
    const BuiltQuery& built_;
    Matcher matcher_{built_, context_.splitter};
    std::vector<Row> rows_{};
};

double weight_in(Xapian::Enquire& enquire, const Xapian::Query& query) {
    enquire.set_query(query);
    const Xapian::MSet found = enquire.get_mset(0, 1);
    return found.empty() ? 0 : found.begin().get_weight();
}

}  // namespace

namespace {

// The opened shard in which the caller may read a version.
const OpenShard* shard_holding(const SearchContext& context, const documents::CatalogueEntry& entry) {
    for (const auto& shard : context.lease.shards())
        if (shard->of_version(entry.number) != nullptr && context.view.may_lie_in(entry, shard->kind()))
            return shard.get();
    const OpenShard* mixed = context.lease.mixed();
    return mixed != nullptr && mixed->of_version(entry.number) != nullptr ? mixed : nullptr;
}

// What a section that is near the question in meaning owes to that.
void add_meaning(const SearchContext& context, const OpenShard& shard, Xapian::docid document,
                 const Xapian::Query& wanted, double factor, std::vector<ExplainedTerm>& terms) {
    if (!context.query.question || context.meaning.embedding == nullptr) return;
    RunsByShard runs;
    runs.append(shard.identity, document, 1);
    Nearest nearest(context.meaning, context.query.words, context.weights);
    nearest.look_in(shard, runs);
    const auto worth = nearest.worth(shard.identity, document);
    const double scale = factor * best_score(context, wanted);
    const auto add = [&](std::string matched, std::string relation, double weight) {
        if (weight > 0)
            terms.push_back(
                {context.query.words, std::move(matched), std::move(relation), "text", 0, scale * weight});
    };
    add({}, "meaning", nearest.of_nearness(worth));
    add(worth.question == nullptr ? std::string() : worth.question->question, "known question",
        nearest.of_known(worth));
    std::ranges::stable_sort(terms, std::ranges::greater{}, &ExplainedTerm::weight);
}

}  // namespace

Result<std::vector<ExplainedTerm>> run_explain(const SearchContext& context,
                                               const documents::CatalogueEntry& entry, int section) {
    const QueryReading reading = read_query(context);
    const BuiltQuery& built = reading.built;
    const auto found = TRY(context.material.section(context.caller, entry.version, section));

    Explainer explainer(context, built);
    explainer.read(entry.attributes.title, "title", context.weights.title);
    const auto& trail = found.section.trail;
    const bool own_last = !trail.empty() && trail.back() == found.section.heading;
    for (std::size_t i = 0; i + (own_last ? 1 : 0) < trail.size(); ++i)
        explainer.read(trail[i], "heading", context.weights.trail);
    explainer.read(found.section.heading, "heading", context.weights.heading);
    const std::size_t heading = found.section.body - std::min(found.section.start, found.section.body);
    if (found.section.role != documents::SectionRole::contents)
        explainer.read(std::string_view(found.text).substr(std::min(heading, found.text.size())), "text",
                       context.weights.text);

    const double factor = standing_factor(context.query, validity_of(entry, context.query.as_of));
    const OpenShard* shard = shard_holding(context, entry);
    if (shard == nullptr) return std::vector<ExplainedTerm>{};
    const VersionRange& range = *shard->of_version(entry.number);
    if (section < 0 || static_cast<std::uint32_t>(section) >= range.count)
        return std::vector<ExplainedTerm>{};
    const std::uint32_t document = range.first + static_cast<std::uint32_t>(section);
    Xapian::Enquire enquire(shard->database);
    enquire.set_weighting_scheme(Bm25(context.weights, context.statistics.average_length()));
    const double score = weight_in(enquire, limited_to(built.query, *shard, document));
    std::vector<double> weights;
    for (std::size_t i = 0; i < built.leaves.size(); ++i) {
        const Leaf& leaf = built.leaves[i];
        const Xapian::Query alone = Xapian::Query(leaf.term) * leaf.factor;
        weights.push_back(weight_in(enquire, limited_to(alone, *shard, document)));
        if (weights.back() == 0) continue;
        if (leaf.kind == Leaf::Kind::place) explainer.note(i, found.section.path, "heading");
        if (leaf.kind == Leaf::Kind::reference) explainer.note(i, entry.attributes.reference, "title");
    }
    auto terms = explainer.rows(weights, score * factor);
    add_meaning(context, *shard, document, built.query, factor, terms);
    return terms;
}

}  // namespace kansli::search::detail
