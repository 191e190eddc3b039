#include "assistants/composer.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kansli::assistants {

namespace {

// How good another passage must be beside the best one to be part of the answer.
constexpr double same_section = 0.7;
constexpr double other_section = 0.93;
// Rows of a table share their headings and the names of their columns; which one was asked about stands in the row alone.
constexpr double same_row = 0.95;
// A section of so few bytes is quoted whole: a short paragraph of law is one thought.
constexpr std::size_t short_section = 320;

bool overlap(Span a, Span b) {
    return a.start < b.end && b.start < a.end;
}

class Composer {
  public:
    Composer(std::span<const Candidate> candidates, const Evidence& evidence, const ComposerLimits& limits)
        : candidates_(candidates), evidence_(evidence), limits_(limits) {}

    Composition compose() {
        if (evidence_.ranked.empty()) return {};
        Composition composition;
        composition.best = evidence_.ranked.front();
        take(composition.best);
        if (!composition.best.meets_cue) take_what_was_asked_for(composition.best);
        for (const auto& scored : evidence_.ranked) {
            if (taken_.size() >= limits_.passages) break;
            if (belongs(scored, composition.best)) take(scored);
        }
        for (const auto& [candidate, spans] : taken_) {
            for (const auto& span : spans)
                composition.quotations.push_back(quotation(candidate, span));
        }
        put_in_reading_order(composition);
        return composition;
    }

  private:
    using Taken = std::pair<std::size_t, std::vector<Span>>;

    [[nodiscard]] bool belongs(const ScoredPassage& scored, const ScoredPassage& best) const {
        const bool same = scored.candidate == best.candidate;
        if (is_row(scored) && is_row(best) && scored.bare_coverage < best.bare_coverage * same_row)
            return false;
        if (same && is_short(best.candidate) && is_whole(scored)) return true;
        if (best.meets_cue && !scored.meets_cue) return false;
        // Within a section the surroundings are the same for all, so only what stands in the passage itself tells them apart.
        if (same) return scored.own_coverage >= best.own_coverage * same_section;
        return scored.score >= best.score * other_section;
    }

    [[nodiscard]] bool is_row(const ScoredPassage& scored) const {
        return passages(scored.candidate)[scored.passage].row;
    }

    // A sentence to its end, or an item of a list; not a stray heading or what a page break has cut off.
    [[nodiscard]] bool is_whole(const ScoredPassage& scored) const {
        const Passage& passage = passages(scored.candidate)[scored.passage];
        const auto last = candidates_[scored.candidate].text[passage.span.end - 1];
        return passage.lead || std::string_view(".!?:”\"").find(last) != std::string_view::npos;
    }

    [[nodiscard]] bool is_short(std::size_t candidate) const {
        const auto& all = passages(candidate);
        return !all.empty() && all.back().span.end - all.front().span.start <= short_section;
    }

    // The best passage says what it is about, another of the section the number or the day.
    void take_what_was_asked_for(const ScoredPassage& best) {
        const auto other = std::ranges::find_if(evidence_.ranked, [&](const ScoredPassage& scored) {
            return scored.candidate == best.candidate && scored.meets_cue;
        });
        if (other != evidence_.ranked.end()) take(*other);
    }

    [[nodiscard]] const std::vector<Passage>& passages(std::size_t candidate) const {
        return evidence_.candidates[candidate].passages;
    }

    void take(const ScoredPassage& scored) {
        const auto spans = spans_of(scored);
        for (const auto& [candidate, others] : taken_) {
            if (candidate != scored.candidate) {
                if (say_the_same(candidate, others, scored.candidate, spans)) return;
                continue;
            }
            for (const auto& span : spans) {
                if (std::ranges::any_of(others, [&](const Span& other) { return overlap(span, other); }))
                    return;
            }
        }
        taken_.emplace_back(scored.candidate, spans);
    }

    // A text that stands in two documents is quoted once.
    [[nodiscard]] bool say_the_same(std::size_t one, const std::vector<Span>& spans, std::size_t other,
                                    const std::vector<Span>& other_spans) const {
        return std::ranges::equal(spans, other_spans, [&](const Span& a, const Span& b) {
            return quotation(one, a).sentence == quotation(other, b).sentence;
        });
    }

    [[nodiscard]] std::vector<Span> spans_of(const ScoredPassage& scored) const {
        const auto& all = passages(scored.candidate);
        std::size_t at = scored.passage;
        std::size_t last = at;
        for (auto next = at + 1; next < all.size() && hangs_on(all, next, at); ++next)
            last = next;
        if (last == at) return quotable(all, at, limits_.quote_bytes);
        // The passage leads in to others: all of them when they are few, else the best of them.
        auto spans = quotable(all, at, limits_.quote_bytes);
        if (all[last].span.end - spans.front().start <= limits_.quote_bytes)
            return {{spans.front().start, all[last].span.end}};
        return quotable(all, best_under(scored, at, last), limits_.quote_bytes);
    }

    static bool hangs_on(const std::vector<Passage>& all, std::size_t at, std::size_t lead) {
        for (auto up = all[at].lead; up; up = all[*up].lead) {
            if (*up == lead) return true;
        }
        return false;
    }

    [[nodiscard]] std::size_t best_under(const ScoredPassage& scored, std::size_t lead,
                                         std::size_t last) const {
        for (const auto& other : evidence_.ranked) {
            if (other.candidate == scored.candidate && other.passage > lead && other.passage <= last)
                return other.passage;
        }
        return last;
    }

    [[nodiscard]] Quotation quotation(std::size_t candidate, Span span) const {
        const std::string_view text = candidates_[candidate].text;
        const auto& all = passages(candidate);
        const auto whole = std::ranges::find(all, span, &Passage::span);
        if (whole != all.end()) return {candidate, span, shown(text, *whole)};
        return {candidate, span, on_one_line(text.substr(span.start, span.end - span.start))};
    }

    // Sections in the order of their best passage, and within each as the text goes.
    void put_in_reading_order(Composition& composition) const {
        const auto place = [&](std::size_t candidate) {
            return std::ranges::find(taken_, candidate, &Taken::first) - taken_.begin();
        };
        std::ranges::sort(composition.quotations, [&](const Quotation& a, const Quotation& b) {
            return std::pair(place(a.candidate), a.span.start) < std::pair(place(b.candidate), b.span.start);
        });
    }

    std::span<const Candidate> candidates_;
    const Evidence& evidence_;
    ComposerLimits limits_;
    std::vector<Taken> taken_{};
};

}  // namespace

Composition compose(std::span<const Candidate> candidates, const Evidence& evidence,
                    const ComposerLimits& limits) {
    return Composer(candidates, evidence, limits).compose();
}

std::string answer_text(const Composition& composition) {
    std::string text;
    for (const auto& quotation : composition.quotations) {
        if (!text.empty()) text += ' ';
        text += quotation.sentence;
    }
    return text;
}

}  // namespace kansli::assistants
