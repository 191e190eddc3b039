#include "search/detail/meaning.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

#include "search/detail/query_parser.hpp"
#include "search/detail/terms.hpp"
#include "text/language.hpp"

namespace kansli::search::detail {

namespace {

constexpr std::size_t nearest_questions = 20;
constexpr double vote_by_nearness = 4;       // a question half as near has a sixteenth of the say
constexpr double of_later_paragraphs = 0.7;  // the first one named is the one that answers

// Yields sections with the weights given to them.
class WeightedSource final : public Xapian::PostingSource {
  public:
    using Weighed = std::vector<std::pair<Xapian::docid, double>>;  // ascending
    using ByShard = std::map<std::string, Weighed>;

    explicit WeightedSource(std::shared_ptr<const ByShard> shards) : shards_(std::move(shards)) {}

    void init(const Xapian::Database& shard) override {
        const auto found = shards_->find(shard.get_uuid());
        weighed_ = found == shards_->end() ? &nothing_ : &found->second;
        at_ = 0;
        begun_ = false;
        double most = 0;
        for (const auto& [document, weight] : *weighed_)
            most = std::max(most, weight);
        set_maxweight(most);
    }
    Xapian::doccount get_termfreq_min() const override { return size(); }
    Xapian::doccount get_termfreq_est() const override { return size(); }
    Xapian::doccount get_termfreq_max() const override { return size(); }
    double get_weight() const override { return (*weighed_)[at_].second; }
    void next(double) override {
        at_ += begun_ ? 1 : 0;
        begun_ = true;
    }
    void skip_to(Xapian::docid document, double) override {
        begun_ = true;
        while (!at_end() && get_docid() < document)
            ++at_;
    }
    bool at_end() const override { return at_ >= weighed_->size(); }
    Xapian::docid get_docid() const override { return (*weighed_)[at_].first; }
    PostingSource* clone() const override { return new WeightedSource(shards_); }
    std::string get_description() const override { return "WeightedSource"; }

  private:
    [[nodiscard]] Xapian::doccount size() const { return static_cast<Xapian::doccount>(weighed_->size()); }

    std::shared_ptr<const ByShard> shards_;
    Weighed nothing_{};
    const Weighed* weighed_ = &nothing_;
    std::size_t at_ = 0;
    bool begun_ = false;
};

double vote_of(double nearness) {
    return std::pow(std::max(nearness, 0.0), vote_by_nearness);
}

bool holds(const Runs& runs, Xapian::docid document) {
    const auto after = std::ranges::upper_bound(runs.all(), document, {}, &Runs::Run::first);
    return after != runs.all().begin() && document < std::prev(after)->end;
}

}  // namespace

void QuestionVectors::make() const {
    std::call_once(made_, [&] {
        questions_ = source_();
        for (const auto& question : questions_)
            vectors_.push_back(to_small(embedding_.embed(question.question)));
    });
}

std::vector<QuestionVectors::Near> QuestionVectors::nearest(std::span<const std::int8_t> asked,
                                                            std::size_t count) const {
    make();
    std::vector<Near> all;
    for (std::size_t at = 0; at < questions_.size(); ++at)
        all.push_back({nearness(asked, vectors_[at]), &questions_[at]});
    count = std::min(count, all.size());
    std::ranges::partial_sort(
        all, all.begin() + static_cast<std::ptrdiff_t>(count), [](const Near& a, const Near& b) {
            return a.nearness != b.nearness ? a.nearness > b.nearness : a.question < b.question;
        });
    all.resize(count);
    return all;
}

Nearest::Nearest(const MeaningSources& sources, std::string_view asked, const Weights& weights)
    : sources_(sources), weights_(weights) {
    const auto vector = sources.embedding->embed(asked);
    if (std::ranges::all_of(vector, [](float number) { return number == 0; })) return;
    asked_ = to_small(vector);
    if (sources.questions == nullptr) return;
    const auto questions = sources.questions->nearest(asked_, nearest_questions);
    double all = 0;
    for (const auto& near : questions)
        all += vote_of(near.nearness);
    for (const auto& near : questions) {
        double share = 1;
        for (const auto& [statute, path] : near.question->paragraphs) {
            if (const auto key = place_key(path))
                answers_.push_back({reference_term(text::fold(statute)), place_term(*key),
                                    share * near.nearness,
                                    share * vote_of(near.nearness) / std::max(all, 1e-9), near.question});
            share = of_later_paragraphs;
        }
    }
}

void Nearest::look_in(const OpenShard& shard, const RunsByShard& runs) {
    const auto of_shard = runs.runs.find(shard.identity);
    if (asked_.empty() || of_shard == runs.runs.end()) return;
    ByDocument near;
    look_at_vectors(shard, of_shard->second, near);
    look_at_known(shard, of_shard->second, near);
    for (auto& [document, worth] : near)
        worth.weight = of_nearness(worth) + of_known(worth);
    if (!near.empty()) found_[shard.identity] = std::move(near);
}

void Nearest::look_at_vectors(const OpenShard& shard, const Runs& runs, ByDocument& near) const {
    const auto table = sources_.tables->of(shard);
    for (const auto& run : runs.all()) {
        for (Xapian::docid document = run.first; document < run.end; ++document) {
            const auto vector = table->of(document);
            if (vector.empty()) continue;
            const double value = nearness(asked_, vector);
            if (value >= weights_.least_nearness) near[document].nearness = value;
        }
    }
}

void Nearest::look_at_known(const OpenShard& shard, const Runs& runs, ByDocument& near) const {
    for (const auto& answer : answers_) {
        const auto end = shard.database.postlist_end(answer.place);
        auto of_statute = shard.database.postlist_begin(answer.reference);
        const auto end_of_statute = shard.database.postlist_end(answer.reference);
        for (auto at = shard.database.postlist_begin(answer.place); at != end && of_statute != end_of_statute;
             ++at) {
            of_statute.skip_to(*at);
            if (of_statute == end_of_statute || *of_statute != *at || !holds(runs, *at)) continue;
            auto& worth = near[*at];
            worth.votes += answer.vote;
            if (answer.nearness <= worth.known) continue;
            worth.known = answer.nearness;
            worth.question = answer.question;
        }
    }
}

void Nearest::keep_best(std::size_t count) {
    std::vector<std::tuple<double, std::string_view, Xapian::docid>> order;
    for (const auto& [shard, near] : found_) {
        for (const auto& [document, worth] : near)
            order.emplace_back(-worth.weight, shard, document);
    }
    if (order.size() <= count) return;
    std::ranges::nth_element(order, order.begin() + static_cast<std::ptrdiff_t>(count));
    order.resize(count);
    std::map<std::string, ByDocument> kept;
    for (const auto& [weight, shard, document] : order)
        kept[std::string(shard)][document] = worth(std::string(shard), document);
    found_ = std::move(kept);
}

Nearest::Worth Nearest::worth(const std::string& shard, Xapian::docid document) const {
    const auto of_shard = found_.find(shard);
    if (of_shard == found_.end()) return {};
    const auto found = of_shard->second.find(document);
    return found == of_shard->second.end() ? Worth{} : found->second;
}

Xapian::Query Nearest::query(double scale) const {
    auto shards = std::make_shared<WeightedSource::ByShard>();
    for (const auto& [shard, near] : found_) {
        for (const auto& [document, worth] : near)
            (*shards)[shard].emplace_back(document, scale * worth.weight);
    }
    // Xapian takes the source over and deletes it with the query.
    return Xapian::Query((new WeightedSource(std::move(shards)))->release());
}

}  // namespace kansli::search::detail
