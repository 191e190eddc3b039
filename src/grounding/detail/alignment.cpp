#include "grounding/detail/alignment.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "grounding/detail/actors.hpp"
#include "grounding/detail/kindred_words.hpp"
#include "grounding/detail/word_lists.hpp"
#include "model/static_embedding.hpp"
#include "text/lexicon.hpp"

namespace kansli::grounding::detail {

namespace {

constexpr double inflected = 0.97;
constexpr double of_kin = 0.85;
constexpr double stands_in = 0.8;       // "nämnden" for "byggnadsnämnden"
constexpr double last_part = 0.8;       // "avgift" and "bygglovsavgift"
constexpr double first_part = 0.65;     // "bygglov" and "bygglovsavgift"
constexpr double same_beginning = 0.7;  // "upphandla" and "upphandling"
constexpr double by_lexicon = 0.85;     // of its closeness
constexpr double in_title = 0.9;
constexpr std::size_t shortest_part = 4;       // bytes
constexpr std::size_t shortest_beginning = 5;  // bytes
constexpr double common_share = 0.6;
constexpr double near_meaning = 0.5;     // cosine from which vectors count …
constexpr double most_by_vector = 0.65;  // … and the most they give

constexpr double fullest_share = 0.8;
constexpr double least_overlap = 0.45;

std::size_t common_beginning(std::string_view a, std::string_view b) {
    const auto [first, second] = std::ranges::mismatch(a, b);
    return static_cast<std::size_t>(first - a.begin());
}

double compound_likeness(std::string_view a, std::string_view b) {
    const auto part = a.size() < b.size() ? a : b;
    const auto whole = a.size() < b.size() ? b : a;
    if (part.size() < shortest_part || part.size() == whole.size()) return 0;
    if (whole.ends_with(part)) return last_part;
    return whole.starts_with(part) ? first_part : 0;
}

std::string joined(std::span<const Quote> quotes, bool titles) {
    std::string text;
    for (const auto& quote : quotes) {
        if (titles)
            text.append(quote.source).append("\n").append(quote.place);
        else
            text.append(quote.text);
        text.append("\n\n");
    }
    return text.substr(0, longest_quotes);
}

// "gratis", "utan avgift".
bool costs_nothing(const Word& word) {
    return among(free_of_charge, word.folded) || (word.lacking && among(charges, word.folded));
}

std::vector<text::Token> tokens_of(const Reading& reading) {
    std::vector<text::Token> tokens;
    for (const auto& word : reading.words)
        tokens.push_back({word.start, word.end, word.folded});
    return tokens;
}

}  // namespace

double likeness(const Word& word, const Word& other) {
    if (word.folded == other.folded) return 1;
    if (word.stem == other.stem) return inflected;
    if (mean_the_same(word.stem, other.stem)) return of_kin;
    if (word.actor && other.actor) return may_stand_for(word.folded, other.folded) ? stands_in : 0;
    const double compound = compound_likeness(word.stem, other.stem);
    if (compound > 0) return compound;
    const auto common = common_beginning(word.stem, other.stem);
    const auto longest = std::max(word.stem.size(), other.stem.size());
    const bool derived = common >= shortest_beginning &&
                         static_cast<double>(common) >= common_share * static_cast<double>(longest);
    return derived ? same_beginning : 0;
}

double Comparison::overlap(const Clause& clause, std::span<const Clause> quoted_clauses) const {
    double held = 0;
    double all = 0;
    for (auto at = clause.first; at < clause.last; ++at) {
        double most = 0;
        for (const auto& quoted_clause : quoted_clauses)
            for (auto other = quoted_clause.first; other < quoted_clause.last; ++other)
                most = std::max(most, likeness[at][other]);
        held += sentence.words[at].context * most;
        all += sentence.words[at].context;
    }
    return all > 0 ? held / all : 0;
}

// A clause with the conditions of its sentence, and with the clause whose subject it shares ("… och får inte göras av ägaren").
std::vector<Clause> Comparison::with_its_company(std::size_t clause) const {
    const auto& own = quotes.clauses[clause];
    std::vector<Clause> company{own};
    for (std::size_t at = 0; at < quotes.clauses.size(); ++at) {
        const auto& other = quotes.clauses[at];
        if (at == clause || other.sentence != own.sentence) continue;
        const bool shares = at + 1 == clause && among(joints, quotes.words[own.first].folded);
        if (other.conditional || shares) company.push_back(other);
    }
    return company;
}

double Comparison::overlap(const Clause& clause, std::size_t quoted_sentence) const {
    double held = 0;
    double all = 0;
    for (auto at = clause.first; at < clause.last; ++at) {
        double most = 0;
        for (std::size_t other = 0; other < quotes.words.size(); ++other)
            if (quotes.words[other].sentence == quoted_sentence) most = std::max(most, likeness[at][other]);
        held += sentence.words[at].context * most;
        all += sentence.words[at].context;
    }
    return all > 0 ? held / all : 0;
}

std::vector<std::size_t> Comparison::find_counterparts(const Clause& clause) const {
    std::vector<double> overlaps;
    for (std::size_t at = 0; at < quotes.clauses.size(); ++at)
        overlaps.push_back(quotes.clauses[at].conditional ? 0 : overlap(clause, with_its_company(at)));
    const double most = overlaps.empty() ? 0 : std::ranges::max(overlaps);
    std::vector<std::size_t> found;
    if (most < least_overlap) return found;
    for (std::size_t at = 0; at < overlaps.size(); ++at)
        if (overlaps[at] >= fullest_share * most) found.push_back(at);
    return found;
}

const std::vector<std::size_t>& Comparison::counterparts(const Clause& clause) const {
    return counterparts_of[static_cast<std::size_t>(&clause - sentence.clauses.data())];
}

Comparing::Comparing(std::string_view sentence, std::span<const Quote> quotes, const CheckContext& context) {
    result_.quoted = joined(quotes, false);
    result_.titled = joined(quotes, true);
    result_.sentence = read(sentence);
    result_.quotes = read(result_.quoted);
    result_.titles = read(result_.titled);
    compare_words();
    take_lexicon(context);
    take_vectors(context);
    take_titles();
    for (const auto& clause : result_.sentence.clauses)
        result_.counterparts_of.push_back(result_.find_counterparts(clause));
}

void Comparing::compare_words() {
    const auto& own = result_.sentence.words;
    const auto& others = result_.quotes.words;
    result_.likeness.assign(own.size(), std::vector<double>(others.size(), 0));
    for (std::size_t at = 0; at < own.size(); ++at) {
        for (std::size_t other = 0; other < others.size(); ++other) {
            if (own[at].figure || others[other].figure) continue;
            result_.likeness[at][other] = costs_nothing(own[at]) && costs_nothing(others[other])
                                              ? of_kin
                                              : likeness(own[at], others[other]);
        }
    }
    for (const auto& measure : result_.sentence.measures) {
        for (const auto& other : result_.quotes.measures) {
            if (same_value(measure, other))
                result_
                    .likeness[result_.sentence.word_at(measure.start)][result_.quotes.word_at(other.start)] =
                    1;
        }
    }
}

// "friggebod" in the sentence is found where the quotes have "komplementbyggnad", and the other way round.
void Comparing::take_lexicon(const CheckContext& context) {
    const auto& own = result_.sentence.words;
    const auto& others = result_.quotes.words;
    const auto note = [&](const text::Meaning& meaning, const std::vector<Word>& among_words, bool ours) {
        for (const auto& wording : meaning.wordings) {
            std::vector<std::size_t> places;
            for (const auto& stem : wording.stems) {
                const auto found = std::ranges::find(among_words, stem, &Word::stem);
                if (found == among_words.end()) break;
                places.push_back(static_cast<std::size_t>(found - among_words.begin()));
            }
            if (places.size() != wording.stems.size()) continue;
            for (const auto token : meaning.tokens) {
                for (const auto place : places) {
                    auto& likeness = ours ? result_.likeness[token][place] : result_.likeness[place][token];
                    likeness = std::max(likeness, by_lexicon * wording.closeness);
                }
            }
        }
    };
    for (const auto& meaning : context.lexicon.meanings(tokens_of(result_.sentence), context.day))
        note(meaning, others, true);
    for (const auto& meaning : context.lexicon.meanings(tokens_of(result_.quotes), context.day))
        note(meaning, own, false);
}

// Words that nothing else was found for may be near one in meaning.
void Comparing::take_vectors(const CheckContext& context) {
    const auto& own = result_.sentence.words;
    const auto& others = result_.quotes.words;
    std::map<std::string, std::vector<float>> vectors;
    const auto vector_of = [&](const Word& word) -> const std::vector<float>& {
        const auto [at, fresh] = vectors.try_emplace(word.folded);
        if (fresh) at->second = context.embedding.embed(word.folded);
        return at->second;
    };
    for (std::size_t at = 0; at < own.size(); ++at) {
        if (own[at].weight == 0 || own[at].name || own[at].actor) continue;
        const auto& row = result_.likeness[at];
        if (!row.empty() && std::ranges::max(row) >= is_same) continue;
        for (std::size_t other = 0; other < others.size(); ++other) {
            if (others[other].weight == 0 || others[other].actor) continue;
            const double cosine = model::similarity(vector_of(own[at]), vector_of(others[other]));
            if (cosine < near_meaning) continue;
            result_.likeness[at][other] = std::max(result_.likeness[at][other], most_by_vector * cosine);
        }
    }
}

void Comparing::take_titles() {
    const auto& own = result_.sentence.words;
    for (std::size_t at = 0; at < own.size(); ++at) {
        const auto& row = result_.likeness[at];
        double most = row.empty() ? 0 : std::ranges::max(row);
        for (const auto& word : result_.titles.words)
            if (!own[at].figure) most = std::max(most, in_title * likeness(own[at], word));
        result_.best.push_back(most);
    }
}

}  // namespace kansli::grounding::detail
