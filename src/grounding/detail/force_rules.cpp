#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "grounding/detail/rules.hpp"
#include "grounding/detail/word_lists.hpp"

// What is allowed, demanded, denied, and for whom it always or only holds.
namespace kansli::grounding::detail {

namespace {

// What is wrong when a clause of force `own` is said for one of force `other`.
Reason conflict(Force own, Force other) {
    using enum Force;
    const auto is_no = [](Force force) { return force == prohibited || force == waived || force == denied; };
    if (own == other) return Reason::none;
    if (is_no(own) != is_no(other)) {
        // What is free of a demand is permitted.
        if ((own == permitted && other == waived) || (own == waived && other == permitted)) return Reason::none;
        return Reason::negation;
    }
    if (is_no(own)) return own != denied && other != denied ? Reason::force : Reason::none;
    if (own == recommended || other == recommended) return Reason::force;
    return own != plain && other != plain ? Reason::force : Reason::none;
}

std::string words_of(const Reading& reading, const Clause& clause) {
    if (clause.first >= clause.last) return {};
    const auto start = reading.words[clause.first].start;
    return std::string(reading.text.substr(start, reading.words[clause.last - 1].end - start));
}

// The words that make a clause's force.
std::vector<std::string> force_words(const Reading& reading, const Clause& clause) {
    std::vector<std::string> words;
    for (auto at = clause.first; at < clause.last; ++at) {
        const auto& folded = reading.words[at].folded;
        if (among(negations, folded) || among(denials, folded) || among(prohibitions, folded) ||
            among(requiring, folded) || among(permitting, folded) || among(recommending, folded))
            words.push_back(reading.written(at));
    }
    return words;
}

// "även ledsagarhundar": one counterpart that says otherwise is enough.
bool says_also(const Reading& reading, std::size_t sentence) {
    return std::ranges::any_of(reading.words, [&](const Word& word) {
        return word.sentence == sentence && among(also, word.folded);
    });
}

// Whether two clauses bound one figure from both sides: "högst två gånger får" and "mer än två gånger får inte" are one rule.
bool bounds_the_rest(const Comparison& comparison, const Clause& clause, const Clause& quoted) {
    const auto holds = [](const Reading& reading, const Clause& part, const Measure& measure) {
        const auto word = reading.word_at(measure.start);
        return word >= part.first && word < part.last;
    };
    return std::ranges::any_of(comparison.sentence.measures, [&](const Measure& own) {
        return holds(comparison.sentence, clause, own) &&
               std::ranges::any_of(comparison.quotes.measures, [&](const Measure& other) {
                   return holds(comparison.quotes, quoted, other) && same_value(own, other) &&
                          opposite_bounds(own.bound, other.bound);
               });
    });
}

// A clause whose counterparts in the quotes all say otherwise.
Found check_clause(const Comparison& comparison, const Clause& clause) {
    if (clause.unless || clause.free || clause.negations > 1) return std::nullopt;
    const bool insists = says_also(comparison.sentence, clause.sentence);
    Reason reason = Reason::none;
    const Clause* quoted = nullptr;
    for (const auto at : comparison.counterparts(clause)) {
        const auto& other = comparison.quotes.clauses[at];
        const bool complex = other.unless || other.free || other.negations > 1 || bounds_the_rest(comparison, clause, other);
        const auto found = complex ? Reason::none : conflict(clause.force, other.force);
        if (found == Reason::none && !insists) return std::nullopt;
        if (found == Reason::none) continue;
        if (quoted == nullptr) {
            reason = found;
            quoted = &other;
        }
    }
    if (quoted == nullptr) return std::nullopt;
    auto words = force_words(comparison.sentence, clause);
    if (words.empty()) words.push_back(words_of(comparison.sentence, clause));
    return Finding{Ruling::contradicted, reason, std::move(words), words_of(comparison.quotes, *quoted)};
}

// "efter behovsprövning" for "utan behovsprövning", and the other way round.
Found check_lacking(const Comparison& comparison) {
    for (std::size_t at = 0; at < comparison.sentence.words.size(); ++at) {
        const auto& word = comparison.sentence.words[at];
        if (word.weight < 1 || among(charges, word.folded)) continue;
        const Word* counterpart = nullptr;
        for (std::size_t other = 0; other < comparison.quotes.words.size(); ++other) {
            if (comparison.likeness[at][other] < is_same) continue;
            const auto& quoted = comparison.quotes.words[other];
            const auto& own_clause = comparison.sentence.clauses[word.clause];
            const auto& quoted_clause = comparison.quotes.clauses[quoted.clause];
            const bool wrong = word.lacking ? !quoted.lacking && quoted_clause.negations == 0 && !quoted_clause.conditional
                                            : quoted.lacking && own_clause.negations == 0;
            if (!wrong) {
                counterpart = nullptr;
                break;
            }
            counterpart = &quoted;
        }
        if (counterpart != nullptr)
            return Finding{Ruling::contradicted,
                           Reason::negation,
                           {comparison.sentence.written(at)},
                           words_of(comparison.quotes, comparison.quotes.clauses[counterpart->clause])};
    }
    return std::nullopt;
}

bool have_any(const Reading& reading, auto const& list) {
    return std::ranges::any_of(reading.words, [&](const Word& word) { return among(list, word.folded); });
}

}  // namespace

Found check_force(const Comparison& comparison) {
    for (const auto& clause : comparison.sentence.clauses)
        if (auto found = check_clause(comparison, clause)) return found;
    return check_lacking(comparison);
}

Found check_exceptions(const Comparison& comparison) {
    const auto& words = comparison.sentence.words;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const auto& folded = words[at].folded;
        const bool counted = at + 1 < words.size() && words[at + 1].figure;  // "alla tolv månader"
        const bool universal = among(universals, folded) && !counted && !have_any(comparison.quotes, universals) &&
                               have_any(comparison.quotes, qualifiers);
        const bool exclusive = among(exclusives, folded) && !have_any(comparison.quotes, exclusives) &&
                               have_any(comparison.quotes, universals);
        if (universal || exclusive)
            return Finding{Ruling::contradicted, Reason::exception, {comparison.sentence.written(at)}, {}};
    }
    return std::nullopt;
}

}  // namespace kansli::grounding::detail
