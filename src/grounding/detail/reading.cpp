#include "grounding/detail/reading.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ascii.hpp"
#include "grounding/detail/actors.hpp"
#include "grounding/detail/word_lists.hpp"

namespace kansli::grounding::detail {

namespace {

constexpr double of_light_word = 0.25;
constexpr double of_ordinal = 0.5;
constexpr std::size_t lacking_reach = 3;     // words after "utan" that may be what is lacking
constexpr std::size_t verb_reach = 3;        // words after "och" in which a verb makes it a clause of its own
constexpr std::size_t negation_reach = 4;    // words after a verb in which "inte" denies it
constexpr std::size_t infinitive_reach = 6;  // words after "får" in which its verb stands

bool is_operator(std::string_view word) {
    return among(requiring, word) || among(permitting, word) || among(recommending, word) ||
           among(prohibitions, word) || among(denials, word);
}

bool may_be_infinitive(std::string_view word) {
    constexpr auto short_ones = std::to_array<std::string_view>(
        {"gå", "få", "ske", "se", "stå", "ge",    "bo",   "tas",  "ges",     "bli",   "ha",    "ta",  "ske",
         "dö", "be", "nå",  "må", "slå", "uppgå", "utgå", "ingå", "föreslå", "avslå", "bestå", "vara"});
    return among(short_ones, word) ||
           (word.size() >= 4 && (word.ends_with("a") || word.ends_with("as") || word.ends_with("ge")));
}

// Takes a text apart from left to right.
class Reader {
  public:
    explicit Reader(std::string_view text) { reading_.text = text; }

    Reading read() {
        reading_.measures = measures(reading_.text);
        reading_.references = text::references(reading_.text);
        read_words();
        divide();
        part_openings();
        divide_by_figures();
        for (auto& clause : reading_.clauses)
            weigh_clause(clause);
        return std::move(reading_);
    }

  private:
    [[nodiscard]] std::string_view word(std::size_t at) const {
        return at < reading_.words.size() ? std::string_view(reading_.words[at].folded) : std::string_view{};
    }
    [[nodiscard]] std::string_view gap_before(std::size_t at) const {
        const auto start = at == 0 ? 0 : reading_.words[at - 1].end;
        return reading_.text.substr(start, reading_.words[at].start - start);
    }

    void read_words() {
        const auto sentences = text::sentences(reading_.text);
        std::size_t sentence = 0;
        for (auto& token : text::words(reading_.text)) {
            while (sentence + 1 < sentences.size() && token.start >= sentences[sentence + 1].start)
                ++sentence;
            Word word{.start = token.start,
                      .end = token.end,
                      .folded = std::move(token.folded),
                      .sentence = sentence};
            word.stem = text::stem(word.folded);
            word.figure = is_figure(word.start);
            word.actor = is_actor(word.folded);
            word.name = is_name(word, sentence < sentences.size() ? sentences[sentence].start : 0);
            word.weight = weight_of(word);
            constexpr auto directions =
                std::to_array<std::string_view>({"före", "innan", "efter", "tidigast", "senast"});
            word.context = begins_figure(word.start) ? 1 : word.weight;
            if (among(directions, word.folded)) word.context = of_ordinal;
            reading_.words.push_back(std::move(word));
        }
        mark_lacking();
    }

    [[nodiscard]] bool begins_figure(std::size_t start) const {
        return std::ranges::find(reading_.measures, start, &Measure::start) != reading_.measures.end();
    }

    [[nodiscard]] bool is_figure(std::size_t start) const {
        const auto within = [&](const auto& span) { return span.start <= start && start < span.end; };
        return std::ranges::any_of(reading_.measures, within) ||
               std::ranges::any_of(reading_.references, [&](const text::Reference& reference) {
                   return !reference.names_statute() && within(reference);
               });
    }

    [[nodiscard]] bool is_name(const Word& word, std::size_t sentence_start) const {
        const auto written = reading_.text.substr(word.start, word.end - word.start);
        if (word.start == sentence_start || written == word.folded || has_ascii_digit(written)) return false;
        if (word.start > 0 && (reading_.text[word.start - 1] == '\n' || reading_.text[word.start - 1] == '"'))
            return false;
        const auto before = reading_.text.substr(0, word.start);
        const auto mark = before.find_last_not_of(' ');
        return mark != std::string_view::npos && before[mark] != ':' && before[mark] != '.';
    }

    [[nodiscard]] static double weight_of(const Word& word) {
        if (word.figure) return 0;
        constexpr auto grammar = std::to_array<std::string_view>(
            {"du",    "man",   "din",      "ditt",       "dina", "kap",     "stycket", "enligt", "detta",
             "dessa", "denna", "därefter", "därmed",     "kl",   "klockan", "så",      "alltså", "också",
             "även",  "dock",  "samt",     "respektive", "va",   "tex",     "dvs"});
        if (word.folded == "första" || word.folded == "andra" || word.folded.starts_with("övrig"))
            return of_ordinal;
        if (among(grammar, word.folded) || text::is_stop_word(word.folded) || is_operator(word.folded) ||
            among(negations, word.folded) || word.folded == "utan")
            return 0;
        return text::is_light_word(word.folded) ? of_light_word : 1;
    }

    void mark_lacking() {
        constexpr auto lacks = std::to_array<std::string_view>({"utan", "ingen", "inget", "inga", "varken"});
        for (std::size_t at = 0; at < reading_.words.size(); ++at) {
            if (!among(lacks, word(at)) || among(otherwise, word(at + 1)) || joins_after_denial(at)) continue;
            for (std::size_t next = at + 1; next <= at + lacking_reach && next < reading_.words.size();
                 ++next) {
                if (reading_.words[next].weight <= of_light_word) continue;
                reading_.words[next].lacking = true;
                break;
            }
        }
    }

    // "inte en anmälan utan tillstånd": here "utan" is "but".
    [[nodiscard]] bool joins_after_denial(std::size_t at) const {
        if (word(at) != "utan" || word(at + 1) == "att") return false;
        for (auto after = at; after > 0; --after) {
            if (reading_.words[after - 1].sentence != reading_.words[at].sentence) return false;
            if (word(after - 1) == "inte") return true;
        }
        return false;
    }

    // Where a clause begins: after a mark that a verb follows, and at words that open one.
    void divide() {
        for (std::size_t at = 0; at < reading_.words.size(); ++at) {
            if (begins_clause(at)) {
                if (!reading_.clauses.empty()) reading_.clauses.back().last = at;
                reading_.clauses.push_back({.first = at, .sentence = reading_.words[at].sentence});
            }
            reading_.words[at].clause = reading_.clauses.size() - 1;
        }
        if (!reading_.clauses.empty()) reading_.clauses.back().last = reading_.words.size();
    }

    [[nodiscard]] bool begins_clause(std::size_t at) const {
        if (at == 0 || reading_.words[at].sentence != reading_.words[at - 1].sentence) return true;
        const auto gap = gap_before(at);
        if (gap.find('\n') != std::string_view::npos || gap.find(';') != std::string_view::npos) return true;
        if (opens_condition(at)) return true;
        if (word(at) == "men" || word(at) == "medan" || word(at) == "varefter" || joins_after_denial(at))
            return true;
        if (gap.find(',') != std::string_view::npos) return holds_verb(at, clause_end(at));
        if (word(at) == "och" || word(at) == "samt")
            return holds_verb(reading_.clauses.back().first, at) && holds_verb(at + 1, at + 1 + verb_reach);
        return false;
    }

    // "Saknas någon handling får nämnden avslå": a condition that opens a sentence ends before its last verb.
    void part_openings() {
        std::vector<Clause> parted;
        for (std::size_t at = 0; at < reading_.clauses.size(); ++at) {
            auto clause = reading_.clauses[at];
            const bool opens = parted.empty() || parted.back().sentence != clause.sentence;
            const bool goes_on = at + 1 < reading_.clauses.size() &&
                                 reading_.clauses[at + 1].sentence == clause.sentence &&
                                 is_verb(reading_.clauses[at + 1].first);
            const auto verb = last_verb(clause);
            if (opens && !goes_on && (opens_condition(clause.first) || is_verb(clause.first)) &&
                verb > clause.first + 1) {
                auto rest = clause;
                rest.first = verb;
                clause.last = verb;
                parted.push_back(clause);
                parted.push_back(rest);
            } else {
                parted.push_back(clause);
            }
        }
        reading_.clauses = std::move(parted);
        for (std::size_t at = 0; at < reading_.clauses.size(); ++at)
            for (auto word = reading_.clauses[at].first; word < reading_.clauses[at].last; ++word)
                reading_.words[word].clause = at;
    }

    [[nodiscard]] bool is_verb(std::size_t at) const {
        const bool noun = word(at) == "rätt" || word(at) == "skyldighet" || word(at) == "möjlighet" ||
                          word(at) == "undantag";
        return (is_operator(word(at)) && !noun) || among(plain_verbs, word(at));
    }
    [[nodiscard]] std::size_t last_verb(const Clause& clause) const {
        for (auto at = clause.last; at-- > clause.first + 1;)
            if (is_verb(at)) return at;
        return clause.first;
    }

    // Runs of words between commas and "och"; what holds no figure goes with the figure before it, or else after it.
    void divide_by_figures() {
        std::size_t segment = 0;
        bool has_figure = false;
        for (std::size_t at = 0; at < reading_.words.size(); ++at) {
            auto& own = reading_.words[at];
            const bool fresh = at > 0 && own.sentence != reading_.words[at - 1].sentence;
            const bool joint = at > 0 && (among(joints, own.folded) ||
                                          gap_before(at).find_first_of(",;\n") != std::string_view::npos);
            if (fresh || (joint && has_figure && figure_before_joint(at))) {
                ++segment;
                has_figure = false;
            }
            has_figure = has_figure || begins_figure(own.start);
            own.segment = segment;
        }
    }

    // Whether a figure comes before the next joint, so that a joint here begins a segment.
    [[nodiscard]] bool figure_before_joint(std::size_t from) const {
        for (auto at = from;
             at < reading_.words.size() && reading_.words[at].sentence == reading_.words[from].sentence;
             ++at) {
            const bool joint =
                among(joints, word(at)) || gap_before(at).find_first_of(",;\n") != std::string_view::npos;
            if (at > from && joint) return false;
            if (begins_figure(reading_.words[at].start)) return true;
        }
        return false;
    }

    // The word after the next comma or end of sentence.
    [[nodiscard]] std::size_t clause_end(std::size_t at) const {
        auto end = at + 1;
        while (end < reading_.words.size() && reading_.words[end].sentence == reading_.words[at].sentence &&
               gap_before(end).find(',') == std::string_view::npos)
            ++end;
        return end;
    }

    [[nodiscard]] bool holds_verb(std::size_t from, std::size_t to) const {
        for (auto at = from; at < to && at < reading_.words.size(); ++at) {
            if (reading_.words[at].sentence != reading_.words[from].sentence) return false;
            if (is_operator(word(at)) || among(plain_verbs, word(at))) return true;
        }
        return false;
    }

    // "upplysning om", "bestämmelse om"
    [[nodiscard]] static bool names_an_act(std::string_view noun) {
        return noun.ends_with("ning") || noun.ends_with("ningar") || noun.ends_with("tion") ||
               noun.ends_with("else") || noun.ends_with("elser");
    }

    [[nodiscard]] bool opens_condition(std::size_t at) const {
        const auto written = word(at);
        if (written == "när" || written == "såvida" || written == "ifall" || written == "eftersom" ||
            written == "utom" || written == "förutom")
            return true;
        if (written == "så" && word(at + 1) == "länge") return true;
        if (written != "om") return false;
        if (at > 0 && (among(before_prepositional_om, word(at - 1)) || names_an_act(word(at - 1))))
            return false;
        if (at + 1 >= reading_.words.size()) return false;
        constexpr auto measured = std::to_array<std::string_view>(
            {"högst", "minst", "året", "dagen", "veckan", "månaden", "cirka", "maximalt", "dygnet"});
        return !reading_.words[at + 1].figure && !among(measured, word(at + 1));
    }

    void weigh_clause(Clause& clause) {
        const auto opening = word(clause.first);
        clause.conditional = opens_condition(clause.first) || asks(clause);
        clause.unless = (opening == "om" && denied_soon(clause.first, clause.last)) || opening == "utom" ||
                        opening == "förutom" || opening == "såvida";
        const auto relative = relative_clause(clause);
        for (auto at = clause.first; at < clause.last; ++at) {
            clause.negations += at < relative && denies(at, clause) ? 1 : 0;
            clause.unless =
                clause.unless || word(at) == "förrän" || (word(at) == "utan" && word(at + 1) == "att");
            clause.free = clause.free || among(free_of_charge, word(at)) ||
                          (among(charges, word(at)) && reading_.words[at].lacking);
        }
        clause.force = force_of(clause);
        clause.anchor = anchor_of(clause);
    }

    // Where "som" begins a relative clause after the clause's own verb; `last` when none does.
    [[nodiscard]] std::size_t relative_clause(const Clause& clause) const {
        bool verb = false;
        for (auto at = clause.first; at < clause.last; ++at) {
            if (word(at) == "som" && verb) return at;
            verb = verb || is_verb(at);
        }
        return clause.last;
    }

    // The verb that makes a clause's force: its first, but not that of a relative clause before it ("den som kan … ska").
    [[nodiscard]] std::size_t operator_of(const Clause& clause) const {
        bool relative = false;
        auto found = clause.last;
        for (auto at = clause.first; at < clause.last; ++at) {
            relative = relative || (word(at) == "som" && found == clause.last);
            if (!makes_force(at, clause)) continue;
            found = at;
            if (!relative) break;
        }
        return found;
    }
    [[nodiscard]] bool makes_force(std::size_t at, const Clause& clause) const {
        const auto written = word(at);
        return among(prohibitions, written) || among(recommending, written) || among(requiring, written) ||
               permits(at, clause);
    }

    // The first telling word after the operator, or else before it.
    [[nodiscard]] std::size_t anchor_of(const Clause& clause) const {
        const auto verb = operator_of(clause);
        for (auto at = verb + 1; at < clause.last; ++at)
            if (may_be_infinitive(word(at)) && reading_.words[at].weight > 0) return at;
        for (auto at = verb + 1; at < clause.last; ++at)
            if (reading_.words[at].weight > of_light_word) return at;
        return clause.last;
    }

    // "Saknas någon handling får nämnden …": a verb at the beginning of a sentence is a condition.
    [[nodiscard]] bool asks(const Clause& clause) const {
        const bool first = clause.first == 0 || reading_.words[clause.first - 1].sentence != clause.sentence;
        const bool last =
            clause.last == reading_.words.size() || reading_.words[clause.last].sentence != clause.sentence;
        return first && !last && is_verb(clause.first);
    }

    [[nodiscard]] bool denied_soon(std::size_t from, std::size_t last) const {
        for (auto at = from + 1; at < last && at <= from + 2; ++at)
            if (word(at) == "inte" || word(at) == "ej") return true;
        return false;
    }

    // Negations that bound a number ("inte överstiger") or leave something open ("inte beslutar annat") deny nothing.
    [[nodiscard]] bool denies(std::size_t at, const Clause& clause) const {
        const auto written = word(at);
        if (among(denials, written) || among(prohibitions, written)) return true;
        if (!among(negations, written)) return false;
        constexpr auto compared = std::to_array<std::string_view>(
            {"mer", "fler", "högre", "större", "längre", "närmare", "mindre", "lägre"});
        for (auto next = at + 1; next < clause.last && next <= at + 4; ++next) {
            const auto after = word(next);
            if (among(compared, after) && word(next + 1) == "än") return false;
            if (after.starts_with("översti") || after.starts_with("understi") ||
                after.starts_with("överskrid") || among(otherwise, after))
                return false;
        }
        if (written == "inget" && word(at + 1) == "annat") return false;
        return true;
    }

    [[nodiscard]] bool negated_near(std::size_t at, const Clause& clause) const {
        for (auto next = at + 1; next < clause.last && next <= at + negation_reach; ++next)
            if (among(negations, word(next)) && denies(next, clause)) return true;
        return at > clause.first && among(negations, word(at - 1));
    }

    [[nodiscard]] bool holds_denial(const Clause& clause) const {
        for (auto at = clause.first; at < clause.last; ++at)
            if (among(denials, word(at))) return true;
        return false;
    }

    [[nodiscard]] Force force_of(const Clause& clause) const {
        const auto at = operator_of(clause);
        if (at == clause.last) {
            if (clause.negations % 2 == 0) return Force::plain;
            return holds_denial(clause) ? Force::waived : Force::denied;
        }
        const auto written = word(at);
        const bool negated = negated_near(at, clause);
        if (among(prohibitions, written)) return negated ? Force::permitted : Force::prohibited;
        if (among(recommending, written)) return Force::recommended;
        if (written == "ska" || written == "skall") return negated ? Force::prohibited : Force::required;
        if (among(requiring, written)) return negated ? Force::waived : Force::required;
        return negated ? Force::prohibited : Force::permitted;
    }

    // "får" and "kan" before a verb; "får en plats" permits nothing.
    [[nodiscard]] bool permits(std::size_t at, const Clause& clause) const {
        const auto written = word(at);
        if (!among(permitting, written)) return false;
        if (written == "rätt")
            return word(at + 1) == "att" || word(at + 1) == "till" || (at > 0 && word(at - 1) == "har");
        if (written != "får" && written != "kan") return true;
        for (auto next = at + 1; next < clause.last && next <= at + infinitive_reach; ++next)
            if (may_be_infinitive(word(next))) return true;
        return false;
    }

    Reading reading_{};
};

}  // namespace

std::size_t Reading::word_at(std::size_t byte) const {
    const auto found = std::ranges::find_if(words, [&](const Word& word) { return word.end > byte; });
    return static_cast<std::size_t>(found - words.begin());
}

std::string Reading::written(std::size_t word) const {
    return std::string(text.substr(words[word].start, words[word].end - words[word].start));
}

bool Reading::has(std::string_view folded) const {
    return std::ranges::find(words, folded, &Word::folded) != words.end();
}

Reading read(std::string_view text) {
    return Reader(text).read();
}

}  // namespace kansli::grounding::detail
