#include "grounding/detail/measures_of_support.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "model/static_embedding.hpp"

namespace kansli::grounding::detail {

namespace {

constexpr double many_uncovered = 4;
constexpr double long_sentence = 20;
constexpr std::size_t neighbours = 6;  // words between which two count as neighbours in the quotes

bool tells(const Word& word) {
    return word.weight >= 1;
}

double covered(const Comparison& comparison, std::size_t first, std::size_t last) {
    double held = 0;
    double all = 0;
    for (auto at = first; at < last; ++at) {
        held += comparison.sentence.words[at].weight * comparison.best[at];
        all += comparison.sentence.words[at].weight;
    }
    return all > 0 ? held / all : 1;
}

double weakest(const Comparison& comparison) {
    std::vector<double> likeness;
    for (std::size_t at = 0; at < comparison.best.size(); ++at)
        if (tells(comparison.sentence.words[at])) likeness.push_back(comparison.best[at]);
    std::ranges::sort(likeness);
    if (likeness.empty()) return 1;
    return likeness.size() == 1 ? likeness[0] : (likeness[0] + likeness[1]) / 2;
}

double weakest_clause(const Comparison& comparison) {
    double least = 1;
    for (const auto& clause : comparison.sentence.clauses)
        least = std::min(least, covered(comparison, clause.first, clause.last));
    return least;
}

double in_one_sentence(const Comparison& comparison) {
    const Clause whole{.first = 0, .last = comparison.sentence.words.size()};
    double most = 0;
    for (const auto& clause : comparison.quotes.clauses)
        most = std::max(most, comparison.overlap(whole, clause.sentence));
    return most;
}

std::vector<std::size_t> places_of(const Comparison& comparison, std::size_t word) {
    std::vector<std::size_t> places;
    for (std::size_t other = 0; other < comparison.quotes.words.size(); ++other)
        if (comparison.likeness[word][other] >= is_found) places.push_back(other);
    return places;
}

double adjacent(const Comparison& comparison) {
    std::optional<std::vector<std::size_t>> before;
    double pairs = 0;
    double kept = 0;
    for (std::size_t at = 0; at < comparison.sentence.words.size(); ++at) {
        if (!tells(comparison.sentence.words[at])) continue;
        auto places = places_of(comparison, at);
        if (before) {
            ++pairs;
            const bool near = std::ranges::any_of(*before, [&](std::size_t a) {
                return std::ranges::any_of(
                    places, [&](std::size_t b) { return (a > b ? a - b : b - a) <= neighbours; });
            });
            kept += near ? 1 : 0;
        }
        before = std::move(places);
    }
    return pairs > 0 ? kept / pairs : 1;
}

struct Uncovered {
    double number = 0;
    double run = 0;
    double telling = 0;
    double exact = 0;
};

Uncovered uncovered(const Comparison& comparison) {
    Uncovered out;
    double run = 0;
    for (std::size_t at = 0; at < comparison.best.size(); ++at) {
        if (!tells(comparison.sentence.words[at])) continue;
        ++out.telling;
        out.exact += comparison.best[at] >= 0.95 ? 1 : 0;
        if (comparison.best[at] >= is_found) {
            run = 0;
            continue;
        }
        ++out.number;
        out.run = std::max(out.run, ++run);
    }
    return out;
}

// The share of a condition beside the counterpart of a clause that the sentence says nothing of.
double left_out(const Comparison& comparison) {
    double most = 0;
    for (const auto& clause : comparison.sentence.clauses) {
        for (const auto at : comparison.counterparts(clause)) {
            const auto& quoted = comparison.quotes.clauses[at];
            for (const auto& condition : comparison.quotes.clauses) {
                if (!condition.conditional || condition.sentence != quoted.sentence || &condition == &quoted)
                    continue;
                double held = 0;
                double all = 0;
                for (auto word = condition.first; word < condition.last; ++word) {
                    double best = 0;
                    for (std::size_t own = 0; own < comparison.sentence.words.size(); ++own)
                        best = std::max(best, comparison.likeness[own][word]);
                    held += comparison.quotes.words[word].weight * best;
                    all += comparison.quotes.words[word].weight;
                }
                if (all > 0) most = std::max(most, 1 - held / all);
            }
        }
    }
    return most;
}

double nearest_sentence(const Comparison& comparison, const model::StaticEmbedding& embedding,
                        const std::vector<float>& own) {
    double most = 0;
    for (const auto& span : text::sentences(comparison.quoted)) {
        const auto vector =
            embedding.embed(std::string_view(comparison.quoted).substr(span.start, span.end - span.start));
        most = std::max(most, static_cast<double>(model::similarity(own, vector)));
    }
    return most;
}

}  // namespace

SupportMeasures measure_support(const Comparison& comparison, const CheckContext& context) {
    const auto missing = uncovered(comparison);
    const auto own = context.embedding.embed(comparison.sentence.text);
    const auto all = context.embedding.embed(comparison.quoted);
    return {covered(comparison, 0, comparison.sentence.words.size()),
            std::min(1.0, missing.number / many_uncovered),
            weakest(comparison),
            weakest_clause(comparison),
            in_one_sentence(comparison),
            adjacent(comparison),
            nearest_sentence(comparison, context.embedding, own),
            model::similarity(own, all),
            std::min(1.0, missing.telling / long_sentence),
            missing.telling > 0 ? missing.exact / missing.telling : 1,
            std::min(1.0, missing.run / many_uncovered),
            left_out(comparison)};
}

}  // namespace kansli::grounding::detail
