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

constexpr double nearly_all = 0.7;

// What is wrong when a clause of force `own` is said for one of force `other`.
Reason conflict(Force own, Force other) {
    using enum Force;
    const auto is_no = [](Force force) { return force == prohibited || force == waived || force == denied; };
    if (own == other) return Reason::none;
    if (is_no(own) != is_no(other)) {
        // What is free of a demand is permitted.
        if ((own == permitted && other == waived) || (own == waived && other == permitted))
            return Reason::none;
        return Reason::negation;
    }
    if (is_no(own)) return own != denied && other != denied ? Reason::force : Reason::none;
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

// Whether a clause has fewer than two telling words.
bool tells_little(const Comparison& comparison, const Clause& clause) {
    std::size_t words = 0;
    for (auto at = clause.first; at < clause.last; ++at)
        words += comparison.sentence.words[at].context >= 1 ? 1 : 0;
    return words < 2;
}

// Whether a clause of the quotes, or a condition of it, holds what a clause demands, allows or denies. When nothing holds that, the clause
// speaks of it that holds nearly all the rest.
bool speaks_of_it(const Comparison& comparison, const Clause& clause, std::size_t quoted) {
    const auto anywhere = [](const Word&) { return true; };
    if (clause.anchor == clause.last || !comparison.is_met(clause.anchor, is_found, anywhere))
        return comparison.overlap(clause, comparison.with_its_company(quoted)) >= nearly_all;
    const auto& own = comparison.quotes.clauses[quoted];
    return comparison.is_met(clause.anchor, is_found, [&](const Word& word) {
        const auto& part = comparison.quotes.clauses[word.clause];
        return word.clause == quoted || (part.conditional && part.sentence == own.sentence);
    });
}

// A clause whose counterparts in the quotes all say otherwise.
Found check_clause(const Comparison& comparison, const Clause& clause) {
    if (clause.unless || clause.free || clause.conditional || clause.negations > 1 ||
        tells_little(comparison, clause))
        return std::nullopt;
    const bool insists = says_also(comparison.sentence, clause.sentence);
    Reason reason = Reason::none;
    const Clause* quoted = nullptr;
    for (const auto at : comparison.counterparts(clause)) {
        const auto& other = comparison.quotes.clauses[at];
        if (!speaks_of_it(comparison, clause, at)) continue;
        const bool complex = (!insists && (other.unless || other.free || other.negations > 1)) ||
                             bounds_the_rest(comparison, clause, other);
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
        if (word.weight < 1 || among(charges, word.folded) || among(free_of_charge, word.folded)) continue;
        const auto& clause = comparison.sentence.clauses[word.clause];
        const auto& counterparts = comparison.counterparts(clause);
        const bool in_counterparts =
            !clause.conditional && comparison.is_met(at, is_same, [&](const Word& quoted) {
                return among(counterparts, quoted.clause);
            });
        const Word* counterpart = nullptr;
        for (std::size_t other = 0; other < comparison.quotes.words.size(); ++other) {
            const auto& quoted = comparison.quotes.words[other];
            if (comparison.likeness[at][other] < is_same ||
                (in_counterparts && !among(counterparts, quoted.clause)))
                continue;
            const auto& own_clause = comparison.sentence.clauses[word.clause];
            const auto& quoted_clause = comparison.quotes.clauses[quoted.clause];
            const bool wrong =
                word.lacking
                    ? !quoted.lacking && quoted_clause.negations == 0 && !quoted_clause.conditional
                    : quoted.lacking && own_clause.negations == 0 && own_clause.force != Force::prohibited &&
                          !comparison.sentence.has("saknar") && !comparison.sentence.has("saknas");
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

// "även om", "även när", "även utan"
bool opens_condition(const std::vector<Word>& words, std::size_t at) {
    constexpr auto openings = std::to_array<std::string_view>({"om", "när", "utan", "för"});
    return at < words.size() && among(openings, words[at].folded);
}

bool is_bounded(const Reading& reading, std::size_t sentence) {
    return std::ranges::any_of(reading.measures, [&](const Measure& measure) {
        return measure.bound != Bound::none &&
               reading.words[reading.word_at(measure.start)].sentence == sentence;
    });
}

}  // namespace

Found check_left_out_bounds(const Comparison& comparison) {
    if (!comparison.sentence.measures.empty()) return std::nullopt;
    for (const auto& clause : comparison.sentence.clauses) {
        if (clause.conditional || clause.force == Force::plain || clause.force == Force::denied) continue;
        const auto& counterparts = comparison.counterparts(clause);
        const bool bounded = !counterparts.empty() && std::ranges::all_of(counterparts, [&](std::size_t at) {
            return is_bounded(comparison.quotes, comparison.quotes.clauses[at].sentence);
        });
        if (bounded) {
            return Finding{Ruling::unsupported, Reason::left_out, force_words(comparison.sentence, clause),
                           words_of(comparison.quotes, comparison.quotes.clauses[counterparts.front()])};
        }
    }
    return std::nullopt;
}

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
        const bool universal = among(universals, folded) && !counted &&
                               !have_any(comparison.quotes, universals) &&
                               have_any(comparison.quotes, qualifiers);
        const bool exclusive = among(exclusives, folded) && !have_any(comparison.quotes, exclusives) &&
                               have_any(comparison.quotes, universals);
        const bool despite =
            among(also, folded) && have_any(comparison.quotes, exclusives) && opens_condition(words, at + 1);
        if (universal || exclusive || despite)
            return Finding{Ruling::contradicted, Reason::exception, {comparison.sentence.written(at)}, {}};
    }
    return std::nullopt;
}

}  // namespace kansli::grounding::detail
