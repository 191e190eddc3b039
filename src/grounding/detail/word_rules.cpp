#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grounding/detail/actors.hpp"
#include "grounding/detail/kindred_words.hpp"
#include "grounding/detail/rules.hpp"
#include "grounding/detail/word_lists.hpp"
#include "text/statutes.hpp"

// Names, who acts, opposites, and one word for another.
namespace kansli::grounding::detail {

namespace {

constexpr double much_more = 0.35;       // how much more of a clause must stand with another actor …
constexpr double least_held = 0.5;       // … and how much at least
constexpr double most_of_it = 0.6;       // of a clause that a quoted sentence must hold to be its counterpart
constexpr std::size_t shortest_kin = 4;  // bytes of a name that another may begin with

bool same_name(const Word& own, const Word& other) {
    if (own.stem == other.stem || own.folded == other.folded) return true;
    // Genitives and "Botkyrkaskolan" of "Botkyrka".
    const auto& shorter = own.folded.size() < other.folded.size() ? own.folded : other.folded;
    const auto& longer = own.folded.size() < other.folded.size() ? other.folded : own.folded;
    return shorter.size() >= shortest_kin && longer.starts_with(shorter);
}

bool holds_name(const Reading& reading, const Word& name) {
    return std::ranges::any_of(reading.words, [&](const Word& word) { return same_name(name, word); });
}

// "PBL" where the quotes or their titles have the plan- och bygglagen.
bool holds_statute(const Comparison& comparison, const std::string& written) {
    const auto number = text::statute_named(written);
    if (number.empty()) return false;
    const auto names_it = [&](const Reading& reading) {
        return std::ranges::any_of(reading.references, [&](const text::Reference& reference) {
            return reference.statute == number;
        });
    };
    return names_it(comparison.quotes) || names_it(comparison.titles);
}

// The sentence of the quotes that holds most of a clause; none when none holds most of it.
std::optional<std::size_t> fullest_sentence(const Comparison& comparison, const Clause& clause) {
    std::optional<std::size_t> fullest;
    double most = most_of_it;
    for (const auto& other : comparison.quotes.clauses) {
        const double overlap = comparison.overlap(clause, other.sentence);
        if (overlap <= most) continue;
        most = overlap;
        fullest = other.sentence;
    }
    return fullest;
}

bool is_denied(const Reading& reading, std::size_t word) {
    return reading.clauses[reading.words[word].clause].negations % 2 == 1;
}

class ActorCheck {
  public:
    explicit ActorCheck(const Comparison& comparison) : comparison_(comparison) {}

    [[nodiscard]] Found check(std::size_t at) const {
        const auto& actor = comparison_.sentence.words[at];
        if (const auto agent = other_agent(at))
            return Finding{Ruling::contradicted,
                           Reason::actor,
                           {comparison_.sentence.written(at)},
                           comparison_.quotes.written(*agent)};
        double own = -1;
        double most = 0;
        std::size_t rival = comparison_.quotes.words.size();
        for (std::size_t other = 0; other < comparison_.quotes.words.size(); ++other) {
            const auto& word = comparison_.quotes.words[other];
            const double held = held_beside(at, other);
            if (may_stand_for(actor.folded, word.folded)) {
                own = std::max(own, held);
            } else if (word.actor && !said_too(word) && held > most) {
                most = held;
                rival = other;
            }
        }
        const bool has_rival = rival < comparison_.quotes.words.size();
        if (own < 0) return missing(at, has_rival ? std::optional(rival) : std::nullopt, most);
        if (!has_rival || most < least_held || most < own + much_more) return std::nullopt;
        return Finding{Ruling::contradicted,
                       Reason::other_thing,
                       {comparison_.sentence.written(at)},
                       comparison_.quotes.written(rival)};
    }

  private:
    // "betalas av kommunen" where the quotes have "betalas av dödsboet".
    [[nodiscard]] std::optional<std::size_t> other_agent(std::size_t at) const {
        const auto& own = comparison_.sentence.words;
        if (at < 2 || own[at - 1].folded != "av") return std::nullopt;
        std::optional<std::size_t> other;
        for (std::size_t agent = 2; agent < comparison_.quotes.words.size(); ++agent) {
            const auto& word = comparison_.quotes.words[agent];
            if (!word.actor || comparison_.quotes.words[agent - 1].folded != "av") continue;
            if (comparison_.likeness[at - 2][agent - 2] < is_same) continue;
            if (may_stand_for(own[at].folded, word.folded)) return std::nullopt;
            other = agent;
        }
        return other;
    }

    // An actor whom the quotes do not name. They often leave out that it is the municipality that acts.
    [[nodiscard]] Found missing(std::size_t at, std::optional<std::size_t> rival, double held) const {
        const auto& actor = comparison_.sentence.words[at];
        if (std::ranges::any_of(comparison_.titles.words,
                                [&](const Word& word) { return may_stand_for(actor.folded, word.folded); }))
            return std::nullopt;
        const bool municipal =
            comparison_.sentence.words[at].folded.starts_with("kommun") &&
            comparison_.sentence.words[at].folded.size() <= std::string_view("kommunens").size();
        if (municipal && (!rival || held < least_held)) return std::nullopt;
        return Finding{rival ? Ruling::contradicted : Ruling::unsupported,
                       Reason::actor,
                       {comparison_.sentence.written(at)},
                       rival ? comparison_.quotes.written(*rival) : std::string()};
    }

    // The share of an actor's clause, without the actor, that a clause of the quotes holds.
    [[nodiscard]] double held_beside(std::size_t at, std::size_t quoted_word) const {
        const auto& clause = comparison_.sentence.clauses[comparison_.sentence.words[at].clause];
        const auto& quoted = comparison_.quotes.clauses[comparison_.quotes.words[quoted_word].clause];
        double held = 0;
        double all = 0;
        for (auto own = clause.first; own < clause.last; ++own) {
            if (own == at) continue;
            double most = 0;
            for (auto other = quoted.first; other < quoted.last; ++other)
                if (other != quoted_word) most = std::max(most, comparison_.likeness[own][other]);
            held += comparison_.sentence.words[own].context * most;
            all += comparison_.sentence.words[own].context;
        }
        return all > 0 ? held / all : 0;
    }

    // An actor of the quotes whom the sentence names too is nobody's rival.
    [[nodiscard]] bool said_too(const Word& word) const {
        return std::ranges::any_of(comparison_.sentence.words, [&](const Word& own) {
            return own.actor && may_stand_for(own.folded, word.folded);
        });
    }

    const Comparison& comparison_;
};

// The words of a quoted sentence that a word of the sentence is the opposite of, when the word itself is not there.
std::optional<std::size_t> opposite_of(const Comparison& comparison, std::size_t at,
                                       std::size_t quoted_sentence) {
    const auto& own = comparison.sentence.words[at];
    std::optional<std::size_t> opposite;
    for (std::size_t other = 0; other < comparison.quotes.words.size(); ++other) {
        const auto& word = comparison.quotes.words[other];
        if (word.sentence != quoted_sentence) continue;
        if (own.stem == word.stem || own.folded == word.folded) return std::nullopt;
        if (are_opposite(own.stem, word.stem) || exclude_each_other(own.stem, word.stem))
            opposite = other;
        else if (mean_the_same(own.stem, word.stem))
            return std::nullopt;
    }
    return opposite;
}

// "prövning görs innan bistånd ges" for "bistånd ges efter prövning": what follows the one stands before the other.
bool turned_round(const Comparison& comparison, std::size_t at, std::size_t opposite) {
    constexpr auto directions = std::to_array<std::string_view>({"före", "innan", "efter"});
    if (!among(directions, comparison.sentence.words[at].folded)) return false;
    const auto next = [](const Reading& reading, std::size_t from) {
        auto word = from + 1;
        while (word < reading.words.size() && reading.words[word].context < 1)
            ++word;
        return word;
    };
    const auto own = next(comparison.sentence, at);
    const auto quoted = next(comparison.quotes, opposite);
    if (own == comparison.sentence.words.size() || quoted == comparison.quotes.words.size()) return false;
    return comparison.likeness[own][quoted] < is_found &&
           comparison.is_met(
               own, is_same,
               [&](const Word& word) { return word.start < comparison.quotes.words[opposite].start; });
}

}  // namespace

Found check_names(const Comparison& comparison) {
    for (std::size_t at = 0; at < comparison.sentence.words.size(); ++at) {
        const auto& word = comparison.sentence.words[at];
        if (!word.name || word.actor || word.figure) continue;
        if (holds_name(comparison.quotes, word) || holds_name(comparison.titles, word)) continue;
        const auto written = comparison.sentence.written(at);
        if (holds_statute(comparison, written) || comparison.best[at] >= is_found) continue;
        // Another name in the company of one that the quotes have: "Anna Lundkvist" for "Anna Lindqvist".
        const bool beside = (at > 0 && comparison.sentence.words[at - 1].name) ||
                            (at > 0 && holds_name(comparison.quotes, comparison.sentence.words[at - 1]) &&
                             comparison.sentence.written(at - 1) != comparison.sentence.words[at - 1].folded);
        return Finding{beside ? Ruling::contradicted : Ruling::unsupported, Reason::name, {written}, {}};
    }
    return std::nullopt;
}

Found check_actors(const Comparison& comparison) {
    const ActorCheck actors(comparison);
    for (std::size_t at = 0; at < comparison.sentence.words.size(); ++at) {
        if (!comparison.sentence.words[at].actor) continue;
        if (auto found = actors.check(at)) return found;
    }
    return std::nullopt;
}

Found check_opposites(const Comparison& comparison) {
    for (std::size_t at = 0; at < comparison.sentence.words.size(); ++at) {
        const auto& word = comparison.sentence.words[at];
        const auto fullest = fullest_sentence(comparison, comparison.sentence.clauses[word.clause]);
        if (!fullest) continue;
        const auto opposite = opposite_of(comparison, at, *fullest);
        if (!opposite) continue;
        // Both sides are listed.
        if (std::ranges::any_of(comparison.sentence.words, [&](const Word& own) {
                return own.stem == comparison.quotes.words[*opposite].stem;
            }))
            continue;
        const bool same_side = is_denied(comparison.sentence, at) == is_denied(comparison.quotes, *opposite);
        if (!same_side || turned_round(comparison, at, *opposite)) continue;
        return Finding{Ruling::contradicted,
                       Reason::opposite,
                       {comparison.sentence.written(at)},
                       comparison.quotes.written(*opposite)};
    }
    return std::nullopt;
}

}  // namespace kansli::grounding::detail
