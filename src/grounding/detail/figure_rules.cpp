#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "grounding/detail/rules.hpp"
#include "grounding/detail/word_lists.hpp"
#include "text/references.hpp"

// Places in statutes, and everything that is counted, measured or dated.
namespace kansli::grounding::detail {

namespace {

constexpr double of_subject =
    0.5;  // how much more the first telling word of a sentence says of what it is about
constexpr double telling = 0.5;  // weight from which a word says of what a figure is

std::string written(const Reading& reading, std::size_t start, std::size_t end) {
    return std::string(reading.text.substr(start, end - start));
}

bool agrees(std::string_view own, std::string_view other) {
    return own == other || own.empty() || other.empty();
}

// Whether what the sentence points at is what the quotes point at, or where they stand. What either leaves out is no difference.
bool same_place(const text::Reference& own, const text::Reference& other) {
    if (own.names_statute()) return own.statute == other.statute;
    if (!agrees(own.statute, other.statute) || !agrees(own.chapter, other.chapter)) return false;
    const bool within = own.section == other.section ||
                        (!other.last.empty() && own.section >= other.section && own.section <= other.last);
    return within && (own.part == 0 || other.part == 0 || own.part == other.part);
}

// Of two figures with rates, "per månad" and "per vecka" differ.
bool same_rate(const Measure& a, const Measure& b) {
    return a.rate.empty() || b.rate.empty() || a.rate == b.rate;
}

class FigureCheck {
  public:
    explicit FigureCheck(const Comparison& comparison) : comparison_(comparison) {}

    [[nodiscard]] Found run() const {
        for (const auto& measure : comparison_.sentence.measures)
            if (auto found = check(measure)) return found;
        return std::nullopt;
    }

  private:
    [[nodiscard]] const std::vector<Measure>& quoted() const { return comparison_.quotes.measures; }

    [[nodiscard]] Found check(const Measure& measure) const {
        std::vector<const Measure*> same;
        for (const auto& other : quoted())
            if (same_value(measure, other)) same.push_back(&other);
        if (same.empty()) return in_titles(measure) ? std::nullopt : missing(measure);
        if (std::ranges::none_of(same, [&](const Measure* other) { return same_rate(measure, *other); }))
            return finding(Ruling::contradicted, Reason::number, measure, same.front());
        if (std::ranges::all_of(same, [&](const Measure* other) { return wrong_bound(measure, *other); }))
            return finding(Ruling::contradicted, Reason::limit, measure, same.front());
        return of_other_thing(measure, same);
    }

    [[nodiscard]] bool in_titles(const Measure& measure) const {
        return std::ranges::any_of(comparison_.titles.measures,
                                   [&](const Measure& other) { return same_value(measure, other); });
    }

    [[nodiscard]] Found missing(const Measure& measure) const {
        const Measure* rival = nullptr;
        for (const auto& other : quoted())
            if (comparable(measure, other) || (is_date(measure.kind) && is_date(other.kind))) rival = &other;
        const auto reason = is_date(measure.kind) ? Reason::date : Reason::number;
        return finding(rival != nullptr ? Ruling::contradicted : Ruling::unsupported, reason, measure, rival);
    }

    // A bound from the other side says the same only of the opposite: "mer än 15 kräver lov", "högst 15 kräver inte lov".
    [[nodiscard]] bool wrong_bound(const Measure& measure, const Measure& other) const {
        if (measure.bound == Bound::none || other.bound == Bound::none) return false;
        const auto& own = comparison_.sentence.words[comparison_.sentence.word_at(measure.start)];
        const auto& quoted_word = comparison_.quotes.words[comparison_.quotes.word_at(other.start)];
        const bool same_side =
            denies(comparison_.sentence, own.sentence) == denies(comparison_.quotes, quoted_word.sentence);
        if (!opposite_bounds(measure.bound, other.bound)) return !same_side && is_bound_twice(measure);
        return same_side && !goes_on(quoted_word);
    }

    // Whether the quotes bound the figure from both sides, so that the side tells which is meant.
    [[nodiscard]] bool is_bound_twice(const Measure& measure) const {
        return std::ranges::any_of(quoted(), [&](const Measure& other) {
            return same_value(measure, other) && opposite_bounds(measure.bound, other.bound);
        });
    }

    // "upp till 200 m² och därefter …": the quotes go on beyond the bound.
    [[nodiscard]] bool goes_on(const Word& figure) const {
        constexpr auto beyond =
            std::to_array<std::string_view>({"därefter", "därutöver", "detta", "större", "längre", "senare"});
        return std::ranges::any_of(comparison_.quotes.words, [&](const Word& word) {
            return word.start > figure.end && among(beyond, word.folded);
        });
    }

    // Whether a sentence denies something or says what is lacking.
    [[nodiscard]] static bool denies(const Reading& reading, std::size_t sentence) {
        return std::ranges::any_of(reading.clauses,
                                   [&](const Clause& clause) {
                                       return clause.sentence == sentence &&
                                              (clause.negations > 0 || clause.unless);
                                   }) ||
               std::ranges::any_of(reading.words, [&](const Word& word) {
                   return word.sentence == sentence && word.lacking;
               });
    }

    // "urngrav 1 250 kronor" where the quotes have "kistgrav 1 250 kronor och urngrav 980 kronor".
    [[nodiscard]] Found of_other_thing(const Measure& measure,
                                       const std::vector<const Measure*>& same) const {
        if (is_lower(measure.bound) &&
            std::ranges::any_of(same, [&](const Measure* own) { return goes_on(word_of(*own)); }))
            return std::nullopt;
        const auto said = words_beside(measure);
        for (const auto& rival : quoted()) {
            if (!comparable(measure, rival) || !same_rate(rival, *same.front()) || is_said(rival)) continue;
            const auto belongs = [&](const Measure* own) {
                return !belongs_to_rival(measure, said, *own, rival);
            };
            if (std::ranges::none_of(same, belongs))
                return finding(Ruling::contradicted, Reason::other_thing, measure, &rival);
        }
        return std::nullopt;
    }

    [[nodiscard]] static bool is_lower(Bound bound) {
        return bound == Bound::more || bound == Bound::at_least;
    }
    [[nodiscard]] const Word& word_of(const Measure& quoted_measure) const {
        return comparison_.quotes.words[comparison_.quotes.word_at(quoted_measure.start)];
    }

    [[nodiscard]] bool is_said(const Measure& other) const {
        return std::ranges::any_of(comparison_.sentence.measures,
                                   [&](const Measure& measure) { return same_value(measure, other); });
    }

    // The words of the sentence that a figure may be said of: all, or those of its segment when there are several such figures.
    [[nodiscard]] std::vector<std::size_t> words_beside(const Measure& measure) const {
        const auto& sentence = comparison_.sentence;
        const auto own = sentence.word_at(measure.start);
        const auto alike = std::ranges::count_if(
            sentence.measures, [&](const Measure& other) { return comparable(measure, other); });
        std::vector<std::size_t> words;
        for (std::size_t at = 0; at < sentence.words.size(); ++at) {
            const auto& word = sentence.words[at];
            const bool beside = alike == 1 ? word.sentence == sentence.words[own].sentence
                                           : word.segment == sentence.words[own].segment;
            if (at != own && beside && word.context >= telling) words.push_back(at);
        }
        return words;
    }

    // Whether the words said beside a figure stand with the rival. What an enumeration says once holds for all its figures.
    [[nodiscard]] bool belongs_to_rival(const Measure& measure, const std::vector<std::size_t>& said,
                                        const Measure& own, const Measure& rival) const {
        const auto& own_word = comparison_.quotes.words[comparison_.quotes.word_at(own.start)];
        const auto& rival_word = comparison_.quotes.words[comparison_.quotes.word_at(rival.start)];
        if (own_word.segment == rival_word.segment) return false;
        const bool enumerated = own_word.sentence == rival_word.sentence;
        double with_own = 0;
        double with_rival = 0;
        double shared = 0;
        for (const auto at : said) {
            const bool in_own = comparison_.is_met(
                at, is_same, [&](const Word& word) { return word.segment == own_word.segment; });
            const bool in_rival = comparison_.is_met(
                at, is_same, [&](const Word& word) { return word.segment == rival_word.segment; });
            if (in_own == in_rival) continue;
            const bool once = enumerated && (in_own ? own_word.start < rival_word.start
                                                    : rival_word.start < own_word.start);
            const double context =
                comparison_.sentence.words[at].context + (at == said.front() ? of_subject : 0);
            if (!once)
                (in_own ? with_own : with_rival) += context;
            else if (in_rival)
                shared += context;
        }
        if (with_rival > with_own) return true;
        const bool bound_left_out = measure.bound == Bound::none && own.bound != Bound::none && shared > 1;
        return shared > 0 && with_own == 0 && (says_of_something_else(own_word.segment) || bound_left_out);
    }

    // Whether a segment of the quotes has a telling word that the sentence does not.
    [[nodiscard]] bool says_of_something_else(std::size_t segment) const {
        const auto& words = comparison_.quotes.words;
        for (std::size_t other = 0; other < words.size(); ++other) {
            if (words[other].segment != segment || words[other].weight < telling) continue;
            double most = 0;
            for (const auto& row : comparison_.likeness)
                most = std::max(most, row[other]);
            if (most < is_found) return true;
        }
        return false;
    }

    [[nodiscard]] Finding finding(Ruling ruling, Reason reason, const Measure& measure,
                                  const Measure* other) const {
        return {ruling,
                reason,
                {written(comparison_.sentence, measure.start, measure.end)},
                other == nullptr ? std::string() : written(comparison_.quotes, other->start, other->end)};
    }

    const Comparison& comparison_;
};

}  // namespace

Found check_references(const Comparison& comparison) {
    for (const auto& own : comparison.sentence.references) {
        const auto is_there = [&](const Reading& reading) {
            return std::ranges::any_of(reading.references,
                                       [&](const text::Reference& other) { return same_place(own, other); });
        };
        if (is_there(comparison.quotes) || is_there(comparison.titles)) continue;
        const auto& others = comparison.quotes.references;
        const auto rival = std::ranges::find_if(others, [&](const text::Reference& other) {
            return own.names_statute() == other.names_statute();
        });
        const bool other = rival != others.end();
        return Finding{other ? Ruling::contradicted : Ruling::unsupported,
                       Reason::reference,
                       {written(comparison.sentence, own.start, own.end)},
                       other ? written(comparison.quotes, rival->start, rival->end) : std::string()};
    }
    return std::nullopt;
}

Found check_figures(const Comparison& comparison) {
    return FigureCheck(comparison).run();
}

}  // namespace kansli::grounding::detail
