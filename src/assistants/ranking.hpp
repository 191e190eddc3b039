#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "assistants/evidence.hpp"
#include "assistants/inquiry.hpp"

// Which of the found sections answers the question: decision trees over a few measures of a section beside the others, learned from
// questions whose paragraphs are known (bench/quality/ranking/; LambdaMART: Burges 2010). Pure; threads: any.
namespace kansli::assistants {

// What a section is ranked by. All lie in 0–1; more is never worse, but for the last three, which say what kind of case it is.
struct RankingFeatures {
    double words = 0;            // what the search's words are worth in it, beside the best section
    double nearness = 0;         // of its beginning to the question in meaning …
    double nearness_beside = 0;  // … and beside the nearest one's
    double known = 0;            // nearness of a known question that it answers …
    double known_beside = 0;     // … and beside the nearest one's
    double votes = 0;            // share of the nearest known questions that it answers …
    double votes_around = 0;     // … and that its document answers
    double found = 0;            // the search's score beside the best one's
    double place = 0;            // 1 for the search's first, ½ for its second …
    double coverage = 0;         // share of the question's weight that it holds, headings and title included
    double exact = 0;            // the same, whole words only
    double heading = 0;          // share that its headings hold
    double heading_near = 0;     // of its headings to the question in meaning
    double passage = 0;          // share that its best passage holds, headings at a discount
    double own = 0;              // the same without headings
    double weakest = 0;          // how well the worse met of the two weightiest terms is met in a passage
    double passage_near = 0;     // of its nearest passage in meaning
    double rule = 0;      // how well the kind of rule that its best passage is fits the type of question
    double cue = 0;       // a passage holds the kind of thing asked for (½: no kind is asked for)
    double document = 0;  // what was found in its document, beside the document with most
    double length = 0;    // of its text: 1 for some 20,000 bytes, by logarithm
    double statute = 0;   // it is a paragraph of law
    double terms = 0;     // of the question: 8 or more are 1
};
inline constexpr std::size_t ranking_feature_count = 23;

// The same in the order of their declaration, with their names.
struct NamedRankingFeature {
    std::string_view name{};
    double value = 0;
};
[[nodiscard]] std::array<NamedRankingFeature, ranking_feature_count> named(const RankingFeatures& features);

// Of each candidate, in their order.
[[nodiscard]] std::vector<RankingFeatures> ranking_features(const Inquiry& inquiry,
                                                            std::span<const Candidate> candidates,
                                                            const Evidence& evidence);

// How surely a section is the one, in any unit: higher is surer.
[[nodiscard]] double ranking_score(const RankingFeatures& features);

// Gives each candidate its rank's worth, 1 for the best but for places that the question points at, which come before all, and puts the
// passages in order by it and their own.
void rank(Evidence& evidence, std::span<const Candidate> candidates,
          std::span<const RankingFeatures> features);

}  // namespace kansli::assistants
