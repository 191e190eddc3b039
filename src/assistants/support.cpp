#include "assistants/support.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "assistants/detail/answerability_trees.hpp"
#include "assistants/detail/support_weights.hpp"

namespace kansli::assistants {

namespace {

constexpr double is_met = 0.5;
constexpr std::size_t far_hit = 4;  // the search's fifth hit
constexpr double many_terms = 8;
constexpr double many_met = 5;
constexpr std::size_t few_sections = 5;

struct Calibration {
    double intercept = 0;
    std::array<double, support_feature_count> weights{};
};
constexpr Calibration of_statutes{detail::statute_intercept, detail::statute_weights};
constexpr Calibration of_documents{detail::document_intercept, detail::document_weights};

double probability(double logit) {
    return 1 / (1 + std::exp(-logit));
}

const Calibration& calibration_of(documents::DocumentKind kind) {
    return kind == documents::DocumentKind::statute ? of_statutes : of_documents;
}

double rarest_two(const Inquiry& inquiry, const CandidateMatch& match) {
    std::vector<std::size_t> order(inquiry.terms.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{},
                             [&](std::size_t at) { return inquiry.terms[at].weight; });
    double met = 0;
    double all = 0;
    for (std::size_t rank = 0; rank < order.size() && rank < 2; ++rank) {
        met += match.by_term[order[rank]] * inquiry.terms[order[rank]].weight;
        all += inquiry.terms[order[rank]].weight;
    }
    return all > 0 ? met / all : 0;
}

double unknown_share(const Inquiry& inquiry) {
    double unknown = 0;
    for (const auto& term : inquiry.terms)
        unknown += term.known ? 0 : term.weight;
    return inquiry.weight() > 0 ? unknown / inquiry.weight() : 0;
}

bool misses_name(const Inquiry& inquiry, const CandidateMatch& match) {
    for (std::size_t at = 0; at < inquiry.terms.size(); ++at) {
        if (inquiry.terms[at].name && match.by_term[at] < is_met) return true;
    }
    return false;
}

std::string_view words_of(std::span<const Candidate> candidates, const Evidence& evidence,
                          const ScoredPassage& scored) {
    const Span& span = evidence.candidates[scored.candidate].passages[scored.passage].span;
    return std::string_view(candidates[scored.candidate].text).substr(span.start, span.end - span.start);
}

// Neither another copy of its section nor a passage that says the same elsewhere is a rival.
double margin(std::span<const Candidate> candidates, const Evidence& evidence, const ScoredPassage& best) {
    const auto words = words_of(candidates, evidence, best);
    for (const auto& other : evidence.ranked) {
        if (candidates[other.candidate].text == candidates[best.candidate].text) continue;
        if (words_of(candidates, evidence, other) != words)
            return best.score > 0 ? (best.score - other.score) / best.score : 0;
    }
    return 1;
}

// The candidates whose text is not an earlier one's, in order.
std::vector<std::size_t> different(std::span<const Candidate> candidates) {
    std::set<std::string_view> seen;
    std::vector<std::size_t> out;
    for (std::size_t at = 0; at < candidates.size(); ++at) {
        if (seen.insert(candidates[at].text).second) out.push_back(at);
    }
    return out;
}

double search_lead(std::span<const Candidate> candidates, const std::vector<std::size_t>& hits) {
    if (hits.size() <= far_hit) return 1;
    const auto first = candidates.front().score;
    return first > 0 ? std::clamp(1 - candidates[hits[far_hit]].score / first, 0.0, 1.0) : 0;
}

// 1 for the search's first hit, ½ for its second; a text that was found twice is one hit.
double place(std::span<const Candidate> candidates, const std::vector<std::size_t>& hits, std::size_t best) {
    const auto hit =
        std::ranges::find(hits, candidates[best].text,
                          [&](std::size_t at) -> const std::string& { return candidates[at].text; });
    return 1 / (1 + static_cast<double>(hit - hits.begin()));
}

// The rank of the best section with another text.
double runner_up(std::span<const Candidate> candidates, const Evidence& evidence, std::size_t best) {
    double next = 0;
    for (std::size_t at = 0; at < candidates.size(); ++at) {
        if (candidates[at].text != candidates[best].text) next = std::max(next, evidence.candidates[at].rank);
    }
    const double own = evidence.candidates[best].rank;
    return own > 0 ? std::min(1.0, next / own) : 0;
}

// The terms' weight that no section holds.
double uncovered(const Inquiry& inquiry, const Evidence& evidence) {
    double missing = 0;
    for (std::size_t term = 0; term < inquiry.terms.size(); ++term) {
        const bool held = std::ranges::any_of(
            evidence.candidates, [&](const CandidateMatch& match) { return match.by_term[term] >= is_met; });
        missing += held ? 0 : inquiry.terms[term].weight;
    }
    return inquiry.weight() > 0 ? missing / inquiry.weight() : 0;
}

// What all that was found says of whether the question has an answer here.
void take_all(SupportFeatures& features, const Inquiry& inquiry, std::span<const Candidate> candidates,
              const Evidence& evidence) {
    std::vector<double> nearest;
    for (const auto& candidate : candidates) {
        nearest.push_back(candidate.signals.nearness);
        features.known_best = std::max(features.known_best, candidate.signals.known);
        features.votes_all = std::min(1.0, features.votes_all + candidate.signals.votes);
    }
    std::ranges::sort(nearest, std::ranges::greater{});
    nearest.resize(std::max(nearest.size(), few_sections));
    features.nearest = nearest.front();
    features.nearest_few =
        std::accumulate(nearest.begin(), nearest.begin() + few_sections, 0.0) / few_sections;
    features.uncovered = uncovered(inquiry, evidence);
    for (const auto& match : evidence.candidates)
        features.fullest = std::max(features.fullest, match.coverage);
}

}  // namespace

std::array<NamedFeature, support_feature_count> named(const SupportFeatures& features) {
    return {{{"passage", features.passage},
             {"own", features.own},
             {"section", features.section},
             {"exact", features.exact},
             {"rarest", features.rarest},
             {"weakest", features.weakest},
             {"unknown", features.unknown},
             {"name_missing", features.name_missing},
             {"cue", features.cue},
             {"cue_missing", features.cue_missing},
             {"margin", features.margin},
             {"first", features.first},
             {"lead", features.lead},
             {"terms", features.terms},
             {"document", features.document},
             {"met", features.met},
             {"near", features.near},
             {"found", features.found},
             {"known", features.known},
             {"votes", features.votes},
             {"heading", features.heading},
             {"heading_near", features.heading_near},
             {"rule", features.rule},
             {"surety", features.surety},
             {"runner_up", features.runner_up},
             {"nearest", features.nearest},
             {"nearest_few", features.nearest_few},
             {"known_best", features.known_best},
             {"votes_all", features.votes_all},
             {"uncovered", features.uncovered},
             {"fullest", features.fullest}}};
}

SupportFeatures measure(const Inquiry& inquiry, std::span<const Candidate> candidates,
                        const Evidence& evidence, const Composition& composition) {
    SupportFeatures features;
    features.unknown = unknown_share(inquiry);
    features.terms = std::min(1.0, static_cast<double>(inquiry.terms.size()) / many_terms);
    take_all(features, inquiry, candidates, evidence);
    if (composition.quotations.empty()) return features;
    const auto& best = composition.best;
    const auto& match = evidence.candidates[best.candidate];
    features.passage = best.coverage;
    features.own = best.own_coverage;
    features.section = match.coverage;
    features.exact = match.exact;
    features.rarest = rarest_two(inquiry, match);
    features.weakest = best.weakest;
    features.document = match.document;
    features.name_missing = misses_name(inquiry, match) ? 1 : 0;
    features.cue = inquiry.cue == Cue::none ? 0.5 : best.meets_cue ? 1 : 0;
    features.cue_missing = inquiry.cue != Cue::none && !best.meets_cue ? 1 : 0;
    features.margin = margin(candidates, evidence, best);
    const auto hits = different(candidates);
    features.first = place(candidates, hits, best.candidate);
    features.lead = search_lead(candidates, hits);
    const auto met = std::ranges::count_if(match.by_term, [](double like) { return like >= is_met; });
    features.near = std::max(best.nearness, match.nearness);
    features.found = match.found;
    features.known = candidates[best.candidate].signals.known;
    features.votes = candidates[best.candidate].signals.votes;
    features.heading = match.heading;
    features.heading_near = match.heading_nearness;
    features.rule = best.rule;
    features.surety = match.surety;
    features.runner_up = runner_up(candidates, evidence, best.candidate);
    features.met = std::min(1.0, static_cast<double>(met) / many_met);
    return features;
}

double support(const SupportFeatures& features, documents::DocumentKind kind) {
    const auto& calibration = calibration_of(kind);
    double sum = calibration.intercept;
    const auto values = named(features);
    for (std::size_t at = 0; at < values.size(); ++at)
        sum += calibration.weights[at] * values[at].value;
    return probability(sum);
}

double answerability(const SupportFeatures& features) {
    if (features.name_missing > 0) return 0;
    std::array<float, support_feature_count> values{};
    std::ranges::transform(named(features), values.begin(),
                           [](const NamedFeature& feature) { return static_cast<float>(feature.value); });
    return probability(
        detail::sum_of_leaves(detail::answerability_roots, detail::answerability_nodes, values));
}

double answerability_threshold(documents::DocumentKind kind) {
    return kind == documents::DocumentKind::statute ? detail::statute_threshold : detail::document_threshold;
}

}  // namespace kansli::assistants
