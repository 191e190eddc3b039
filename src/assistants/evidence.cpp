#include "assistants/evidence.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "assistants/rule_kind.hpp"
#include "text/language.hpp"
#include "text/quantities.hpp"

// Scores passages by the share of the question's weight that they hold. A term counts fully where it stands in the passage itself,
// less in what surrounds the passage: a paragraph about fences rarely says "bygglov" again when its heading does.
namespace kansli::assistants {

namespace {

// What a match is worth by how alike the words are.
constexpr double inflected = 0.95;
constexpr double word_begins_with_term = 0.6;   // asked "bygglov", found "bygglovsavgift"
constexpr double word_ends_with_term = 0.7;     // asked "avgift", found "bygglovsavgift"
constexpr double term_begins_with_word = 0.35;  // asked "bygglovsavgift", found "bygglov"
constexpr double term_ends_with_word = 0.45;    // asked "bygglovsavgift", found "avgift"
constexpr double like_wording = 0.85;           // of its closeness: asked "dagis", found "förskola" …
constexpr double part_of_wording = 0.6;         // … or "förskoleplats"
constexpr double term_in_two_words = 0.85;      // both
constexpr double same_quantity = 0.95;          // asked "trettio kvadrat", found "30 m²"
constexpr double of_respelled = 0.9;            // asked "byglov", found "bygglov"
constexpr std::size_t shortest_part = 4;        // bytes
constexpr std::size_t shortest_beginning = 5;   // shorter ones begin too many other words: "styr", "styrelse"
constexpr std::size_t shortest_rest = 3;

// What a match is worth by where it stands.
constexpr double in_lead = 0.9;
constexpr double in_heading = 0.75;
constexpr double in_trail = 0.5;
constexpr double in_section = 0.55;

constexpr double kind_shown = 0.9;  // "avgift" beside a sum that does not call itself so
constexpr double of_section = 0.1;
constexpr double of_document = 0.15;
constexpr double of_nearness = 0.5;
constexpr std::size_t telling_sections = 3;  // of a document
constexpr double too_short = 0.8;
constexpr double too_long = 0.9;
constexpr std::size_t few_words = 4;
constexpr std::size_t many_words = 90;

// What is left of a passage's worth when it does not hold the kind of thing that was asked for: little when that would show plainly,
// as a sum or a telephone number does; more when the sign of it is weak.
double without(Cue cue) {
    switch (cue) {
        case Cue::price:
        case Cue::period:
        case Cue::telephone:
        case Cue::address:
            return 0.65;
        case Cue::name:
        case Cue::amount:
        case Cue::time:
            return 0.8;
        case Cue::person:
        case Cue::place:
        case Cue::consent:
            return 0.9;
        case Cue::none:
            break;
    }
    return 1;
}

bool is_part(std::string_view part, std::string_view whole) {
    return part.size() >= shortest_part && whole.size() >= part.size() + shortest_rest;
}

struct Likeness {
    double whole = 0;                            // the best single match
    bool begins = false;                         // some word is the beginning of the term …
    bool ends = false;                           // … and some word its end
    std::vector<std::vector<double>> reached{};  // of each wording, how well each of its words is met
    double trust = 1;                            // that the term is what was meant

    [[nodiscard]] double value() const {
        return trust * (begins && ends ? std::max(whole, term_in_two_words) : whole);
    }
};

// A phrase is met by its least met word.
void take_wording(Likeness& like, const text::Wording& wording, std::vector<double>& reached,
                  const std::string& word) {
    reached.resize(wording.stems.size());
    for (std::size_t at = 0; at < reached.size(); ++at) {
        const auto& stem = wording.stems[at];
        const bool whole = stem == word;
        const bool part = !whole && is_part(stem, word) && (word.starts_with(stem) || word.ends_with(stem));
        if (whole || part) reached[at] = std::max(reached[at], whole ? like_wording : part_of_wording);
    }
    like.whole = std::max(like.whole, wording.closeness * std::ranges::min(reached));
}

void take(Likeness& like, const Term& term, const std::string& folded, const std::string& stem) {
    like.trust = term.respelled ? of_respelled : 1;
    if (folded == term.word) {
        like.whole = 1;
    } else if (stem == term.stem) {
        like.whole = std::max(like.whole, inflected);
    } else if (term.stem.size() >= shortest_beginning && is_part(term.stem, folded) &&
               folded.starts_with(term.stem)) {
        like.whole = std::max(like.whole, word_begins_with_term);
    } else if (is_part(term.stem, stem) && stem.ends_with(term.stem)) {
        like.whole = std::max(like.whole, word_ends_with_term);
    } else if (is_part(stem, term.word) && term.word.starts_with(stem)) {
        like.whole = std::max(like.whole, term_begins_with_word);
        like.begins = true;
    } else if (is_part(stem, term.stem) && term.stem.ends_with(stem)) {
        like.whole = std::max(like.whole, term_ends_with_word);
        like.ends = true;
    }
    like.reached.resize(term.wordings.size());
    for (std::size_t at = 0; at < term.wordings.size(); ++at)
        take_wording(like, term.wordings[at], like.reached[at], stem);
}

// The words of a place and how well each term is met there.
struct Place {
    std::vector<Likeness> likes{};
    std::size_t words = 0;

    Place(const Inquiry& inquiry, std::string_view text) : likes(inquiry.terms.size()) { add(inquiry, text); }

    void add(const Inquiry& inquiry, std::string_view text) {
        for (const auto& token : text::words(text)) {
            ++words;
            if (text::is_stop_word(token.folded)) continue;
            const auto stem = text::stem(token.folded);
            for (std::size_t at = 0; at < likes.size(); ++at)
                take(likes[at], inquiry.terms[at], token.folded, stem);
        }
        take_quantities(inquiry, text);
    }

    [[nodiscard]] double value(std::size_t term) const { return likes[term].value(); }

  private:
    void take_quantities(const Inquiry& inquiry, std::string_view text) {
        const auto asked = [](const Term& term) { return term.quantity.has_value(); };
        if (std::ranges::none_of(inquiry.terms, asked)) return;
        const auto there = text::quantities(text);
        for (std::size_t at = 0; at < likes.size(); ++at) {
            const auto& wanted = inquiry.terms[at].quantity;
            if (wanted && std::ranges::any_of(there, [&](const auto& one) { return one.same_as(*wanted); }))
                likes[at].whole = std::max(likes[at].whole, same_quantity);
        }
    }
};

// The words of a section's surroundings, read once a candidate.
struct Surroundings {
    Place heading;
    Place trail;
    Place section;

    Surroundings(const Inquiry& inquiry, const Candidate& candidate)
        : heading(
              inquiry,
              std::string_view(candidate.text).substr(0, std::min(candidate.body, candidate.text.size()))),
          trail(inquiry, candidate.title),
          section(inquiry, candidate.text) {
        for (std::size_t at = 0; at < candidate.trail.size(); ++at) {
            (at + 1 == candidate.trail.size() ? heading : trail).add(inquiry, candidate.trail[at]);
        }
    }
};

// How near texts are to the question in meaning.
class Nearness {
  public:
    Nearness(const Inquiry& inquiry, const model::StaticEmbedding* embedding) : embedding_(embedding) {
        if (embedding != nullptr) question_ = embedding->embed(inquiry.question);
    }

    [[nodiscard]] double of(std::string_view text) const {
        if (embedding_ == nullptr) return 0;
        return std::clamp(static_cast<double>(model::similarity(question_, embedding_->embed(text))), 0.0,
                          1.0);
    }

  private:
    const model::StaticEmbedding* embedding_;
    std::vector<float> question_{};
};

class Scorer {
  public:
    Scorer(const Inquiry& inquiry, const Candidate& candidate, double best_search_score, double document,
           const Nearness& nearness)
        : inquiry_(inquiry),
          nearness_(nearness),
          candidate_(candidate),
          around_(inquiry, candidate),
          search_share_(best_search_score > 0 ? candidate.score / best_search_score : 0),
          weight_(std::max(inquiry.weight(), 1e-9)) {
        match_.document = document;
        match_.passages = passages_of(candidate.text, candidate.body, candidate.rows_above);
        for (const auto& passage : match_.passages) {
            places_.emplace_back(inquiry, words_of(passage));
            if (!passage.columns.empty()) columns_.try_emplace(passage.columns, inquiry, passage.columns);
        }
        // Names from above the text are part of what the section says.
        if (!match_.passages.empty()) around_.section.add(inquiry, match_.passages.front().columns);
        kind_is_there_ =
            inquiry.cue != Cue::none &&
            meets(inquiry,
                  std::string_view(candidate.text).substr(std::min(candidate.body, candidate.text.size())));
    }

    void match_terms() {
        match_.found = search_share_;
        match_.nearness = nearness_.of(candidate_.text);
        match_.heading_nearness = nearness_.of(headings());
        for (const auto& passage : match_.passages)
            match_.nearness = std::max(match_.nearness, nearness_.of(words_of(passage)));
        for (std::size_t term = 0; term < inquiry_.terms.size(); ++term) {
            const bool shown = inquiry_.terms[term].names_kind && kind_is_there_;
            const auto like = std::max({around_.section.value(term), around_.heading.value(term),
                                        around_.trail.value(term), shown ? kind_shown : 0.0});
            const auto whole = like >= kind_shown ? like : 0.0;
            match_.by_term.push_back(like);
            match_.coverage += like * inquiry_.terms[term].weight / weight_;
            match_.exact += whole * inquiry_.terms[term].weight / weight_;
            match_.heading += around_.heading.value(term) * inquiry_.terms[term].weight / weight_;
        }
    }

    CandidateMatch take_match() { return std::move(match_); }

    [[nodiscard]] ScoredPassage score(std::size_t index, std::size_t at) const {
        ScoredPassage scored;
        scored.candidate = index;
        scored.passage = at;
        scored.weakest = 1;
        scored.meets_cue = meets(inquiry_, words_of(match_.passages[at]));
        for (std::size_t term = 0; term < inquiry_.terms.size(); ++term) {
            const auto share = inquiry_.terms[term].weight / weight_;
            const bool shown = inquiry_.terms[term].names_kind && scored.meets_cue;
            // A document about the place that is named need not name it in every sentence.
            const auto named = inquiry_.terms[term].name ? around_.trail.value(term) : 0.0;
            const auto own = std::max({own_value(at, term), shown ? kind_shown : 0.0, named});
            const auto near =
                std::max({own, in_heading * around_.heading.value(term), in_trail * around_.trail.value(term),
                          in_section * around_.section.value(term)});
            scored.own_coverage += own * share;
            scored.bare_coverage += places_[at].value(term) * share;
            scored.coverage += near * share;
            if (is_weighty(term))
                scored.weakest =
                    std::min(scored.weakest, std::max(own, in_heading * around_.heading.value(term)));
        }
        scored.score =
            scored.coverage * (scored.meets_cue ? 1 : without(inquiry_.cue)) * of_length(places_[at].words);
        scored.rule = fit(inquiry_.asked, rule_kinds(words_of(match_.passages[at])));
        scored.nearness = nearness_.of(words_of(match_.passages[at]));
        scored.score +=
            of_section * match_.coverage + of_document * match_.document + of_nearness * scored.nearness;
        return scored;
    }

    [[nodiscard]] std::size_t size() const { return match_.passages.size(); }

    // A row that says nothing without the others.
    [[nodiscard]] bool names_columns(std::size_t at) const { return match_.passages[at].names_columns; }

  private:
    [[nodiscard]] std::string headings() const {
        std::string all = candidate_.title;
        for (const auto& heading : candidate_.trail)
            all += ' ' + heading;
        return all;
    }

    [[nodiscard]] std::string_view words_of(const Passage& passage) const {
        return std::string_view(candidate_.text)
            .substr(passage.span.start, passage.span.end - passage.span.start);
    }

    // One of the two weightiest terms.
    [[nodiscard]] bool is_weighty(std::size_t term) const {
        const auto heavier = std::ranges::count_if(
            inquiry_.terms, [&](const Term& other) { return other.weight > inquiry_.terms[term].weight; });
        return heavier < 2;
    }

    static double of_length(std::size_t words) {
        return words < few_words ? too_short : words > many_words ? too_long : 1.0;
    }

    // In the passage itself, in what leads in to it, or in the names of its columns.
    [[nodiscard]] double own_value(std::size_t at, std::size_t term) const {
        auto value = places_[at].value(term);
        auto discount = in_lead;
        for (auto lead = match_.passages[at].lead; lead && discount > 0.5;
             lead = match_.passages[*lead].lead) {
            value = std::max(value, discount * places_[*lead].value(term));
            discount *= in_lead;
        }
        if (const auto columns = columns_.find(match_.passages[at].columns); columns != columns_.end())
            value = std::max(value, in_lead * columns->second.value(term));
        return value;
    }

    const Inquiry& inquiry_;
    const Nearness& nearness_;
    const Candidate& candidate_;
    Surroundings around_;
    double search_share_;
    double weight_;
    CandidateMatch match_{};
    std::vector<Place> places_{};
    std::map<std::string, Place, std::less<>> columns_{};  // by the row that names them
    bool kind_is_there_ = false;  // the section holds the kind of thing that was asked for
};

// What the search found in each candidate's document, as shares of the most: a document that speaks of the question in many places is
// likelier to be the right one than another with one such place.
std::vector<double> document_shares(std::span<const Candidate> candidates) {
    std::map<std::string_view, std::vector<double>> found;
    for (const auto& candidate : candidates)
        found[candidate.version].push_back(candidate.score);
    std::map<std::string_view, double> totals;
    double most = 0;
    for (auto& [version, scores] : found) {
        std::ranges::sort(scores, std::ranges::greater{});
        for (std::size_t at = 0; at < scores.size() && at < telling_sections; ++at)
            totals[version] += scores[at];
        most = std::max(most, totals[version]);
    }
    std::vector<double> shares;
    for (const auto& candidate : candidates)
        shares.push_back(most > 0 ? totals[candidate.version] / most : 0);
    return shares;
}

}  // namespace

double likeness(const Term& term, const std::string& folded, const std::string& stem) {
    Likeness like;
    take(like, term, folded, stem);
    return like.value();
}

Evidence weigh_evidence(const Inquiry& inquiry, std::span<const Candidate> candidates,
                        const model::StaticEmbedding* embedding) {
    Evidence evidence;
    const Nearness nearness(inquiry, embedding);
    double best = 0;
    for (const auto& candidate : candidates)
        best = std::max(best, candidate.score);
    const auto shares = document_shares(candidates);
    for (std::size_t index = 0; index < candidates.size(); ++index) {
        Scorer scorer(inquiry, candidates[index], best, shares[index], nearness);
        scorer.match_terms();
        for (std::size_t at = 0; at < scorer.size(); ++at) {
            if (!scorer.names_columns(at)) evidence.ranked.push_back(scorer.score(index, at));
        }
        evidence.candidates.push_back(scorer.take_match());
    }
    std::ranges::stable_sort(evidence.ranked, std::ranges::greater{}, &ScoredPassage::score);
    return evidence;
}

std::vector<std::size_t> order_of(const Evidence& evidence) {
    std::vector<std::size_t> order;
    const auto add = [&](std::size_t candidate) {
        if (std::ranges::find(order, candidate) == order.end()) order.push_back(candidate);
    };
    for (const auto& scored : evidence.ranked)
        add(scored.candidate);
    for (std::size_t candidate = 0; candidate < evidence.candidates.size(); ++candidate)
        add(candidate);
    std::ranges::stable_sort(order, std::ranges::greater{},
                             [&](std::size_t candidate) { return evidence.candidates[candidate].rank; });
    return order;
}

}  // namespace kansli::assistants
