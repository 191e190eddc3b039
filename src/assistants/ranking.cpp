#include "assistants/ranking.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

#include "assistants/detail/ranking_trees.hpp"

namespace kansli::assistants {

namespace {

constexpr double many_ranked_terms = 8;
constexpr double long_section = 20'000;  // bytes
constexpr double of_rank = 2.0;          // beside what a passage is worth itself
constexpr double of_pointed_at = 2;      // more than the best of the others

double beside(double value, double best) {
    return best > 0 ? value / best : 0;
}

// What its passages are worth at best.
void take_passage(RankingFeatures& features, const ScoredPassage& scored) {
    features.passage = std::max(features.passage, scored.coverage);
    features.own = std::max(features.own, scored.own_coverage);
    features.weakest = std::max(features.weakest, scored.weakest);
    features.passage_near = std::max(features.passage_near, scored.nearness);
    features.rule = std::max(features.rule, scored.rule);
    if (scored.meets_cue) features.cue = 1;
}

}  // namespace

std::array<NamedRankingFeature, ranking_feature_count> named(const RankingFeatures& features) {
    return {{{"words", features.words},
             {"nearness", features.nearness},
             {"nearness_beside", features.nearness_beside},
             {"known", features.known},
             {"known_beside", features.known_beside},
             {"votes", features.votes},
             {"votes_around", features.votes_around},
             {"found", features.found},
             {"place", features.place},
             {"coverage", features.coverage},
             {"exact", features.exact},
             {"heading", features.heading},
             {"heading_near", features.heading_near},
             {"passage", features.passage},
             {"own", features.own},
             {"weakest", features.weakest},
             {"passage_near", features.passage_near},
             {"rule", features.rule},
             {"cue", features.cue},
             {"document", features.document},
             {"length", features.length},
             {"statute", features.statute},
             {"terms", features.terms}}};
}

std::vector<RankingFeatures> ranking_features(const Inquiry& inquiry, std::span<const Candidate> candidates,
                                              const Evidence& evidence) {
    std::vector<RankingFeatures> all(candidates.size());
    search::Signals best;
    for (const auto& candidate : candidates) {
        best.nearness = std::max(best.nearness, candidate.signals.nearness);
        best.known = std::max(best.known, candidate.signals.known);
    }
    std::map<std::string_view, double> votes;
    for (const auto& candidate : candidates)
        votes[candidate.version] += candidate.signals.votes;
    for (std::size_t at = 0; at < candidates.size(); ++at) {
        const auto& candidate = candidates[at];
        const auto& match = evidence.candidates[at];
        auto& features = all[at];
        features.words = candidate.signals.words;
        features.nearness = candidate.signals.nearness;
        features.nearness_beside = beside(candidate.signals.nearness, best.nearness);
        features.known = candidate.signals.known;
        features.known_beside = beside(candidate.signals.known, best.known);
        features.votes = candidate.signals.votes;
        features.votes_around = std::min(1.0, votes[candidate.version]);
        features.found = match.found;
        features.place = 1 / (1 + static_cast<double>(at));
        features.coverage = match.coverage;
        features.exact = match.exact;
        features.heading = match.heading;
        features.heading_near = match.heading_nearness;
        features.document = match.document;
        features.length =
            std::min(1.0, std::log1p(static_cast<double>(candidate.text.size())) / std::log(long_section));
        features.statute = candidate.statute ? 1 : 0;
        features.terms = std::min(1.0, static_cast<double>(inquiry.terms.size()) / many_ranked_terms);
    }
    for (const auto& scored : evidence.ranked)
        take_passage(all[scored.candidate], scored);
    for (auto& features : all)
        if (inquiry.cue == Cue::none) features.cue = 0.5;
    return all;
}

double ranking_score(const RankingFeatures& features) {
    std::array<float, ranking_feature_count> values{};
    std::ranges::transform(named(features), values.begin(), [](const NamedRankingFeature& feature) {
        return static_cast<float>(feature.value);
    });
    return detail::sum_of_leaves(detail::ranking_roots, detail::ranking_nodes, values);
}

void rank(Evidence& evidence, std::span<const Candidate> candidates,
          std::span<const RankingFeatures> features) {
    std::vector<double> scores;
    for (const auto& one : features)
        scores.push_back(ranking_score(one));
    const double best = scores.empty() ? 0 : *std::ranges::max_element(scores);
    for (std::size_t at = 0; at < scores.size(); ++at) {
        evidence.candidates[at].surety = 1 / (1 + std::exp(-scores[at]));
        evidence.candidates[at].rank =
            std::exp(scores[at] - best) + (candidates[at].pointed_at ? of_pointed_at : 0);
    }
    for (auto& scored : evidence.ranked)
        scored.score += of_rank * evidence.candidates[scored.candidate].rank;
    std::ranges::stable_sort(evidence.ranked, std::ranges::greater{}, &ScoredPassage::score);
}

}  // namespace kansli::assistants
