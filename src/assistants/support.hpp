#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "assistants/composer.hpp"
#include "assistants/evidence.hpp"
#include "assistants/inquiry.hpp"
#include "documents/document.hpp"

// How sure the program can be that what it found answers the question: a logistic regression over a few measures, trained on questions
// whose right sources are known (bench/quality/support/). Pure; threads: any.
namespace kansli::assistants {

// What the support is computed from. Every measure lies in 0–1.
struct SupportFeatures {
    double passage =
        0;           // share of the question's weight that the best passage holds, its headings at a discount
    double own = 0;  // the same without headings
    double section = 0;       // share that the best passage's section holds anywhere
    double exact = 0;         // the same, whole words only
    double rarest = 0;        // how well the two weightiest terms are met in the section
    double weakest = 0;       // how well the worse of them is met in the passage or its headings
    double unknown = 0;       // share of the weight whose words stand in no document at all
    double name_missing = 0;  // a name in the question that the section does not hold
    double cue = 0;           // the passage holds the kind of thing asked for (½: the question names no kind)
    double cue_missing = 0;   // it asks for a kind of thing, and the passage holds none
    double margin = 0;        // how far the best passage is ahead of the best one of another section
    double first = 0;         // its section is the one that the search put first: 1/place
    double lead = 0;          // how far the search's first hit is ahead of its fifth
    double terms = 0;         // number of the question's terms, 8 or more being 1
    double document = 0;      // how much was found in its document, beside the document with most
    double met = 0;           // number of terms met, 5 or more being 1
    double near = 0;          // how near its passage or section is in meaning
    double found = 0;         // its search score beside the best one's
    double known = 0;         // nearness of a known question that it answers
    double votes = 0;         // share of the nearest known questions that it answers
    double heading = 0;       // share of the question's weight that its headings hold
    double heading_near = 0;  // how near they are in meaning
    double rule = 0;          // how well the kind of rule fits the type of question
    double surety = 0;        // how sure the ranking is of it, among all questions
    double runner_up = 0;     // how sure the ranking is of the next section, beside it
    double nearest = 0;       // of all that was found: how near the nearest section is in meaning …
    double nearest_few = 0;   // … and the nearest five on average
    double known_best = 0;    // nearness of the nearest known question that any of them answers
    double votes_all = 0;     // share of the nearest known questions that any of them answers
    double uncovered = 0;     // share of the question's weight that none of them holds
    double fullest = 0;       // share that the fullest of them holds
};
inline constexpr std::size_t support_feature_count = 31;

// The same in the order of their declaration, with their names.
struct NamedFeature {
    std::string_view name{};
    double value = 0;
};
[[nodiscard]] std::array<NamedFeature, support_feature_count> named(const SupportFeatures& features);

[[nodiscard]] SupportFeatures measure(const Inquiry& inquiry, std::span<const Candidate> candidates,
                                      const Evidence& evidence, const Composition& composition);

// The probability that the composed answer is right, 0–1. `kind` is that of the document with the best passage: statutes are written
// unlike all else, so they have a calibration of their own.
[[nodiscard]] double support(const SupportFeatures& features, documents::DocumentKind kind);

// The probability that the documents answer the question at all, whichever passages were composed, 0–1: boosted trees over the same
// measures. None where they do not mention a name that the question does.
[[nodiscard]] double answerability(const SupportFeatures& features);

// Below this answerability the program refuses.
[[nodiscard]] double answerability_threshold(documents::DocumentKind kind);

}  // namespace kansli::assistants
