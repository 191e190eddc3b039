#include "grounding/sentence_check.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grounding/detail/alignment.hpp"
#include "grounding/detail/measures_of_support.hpp"
#include "grounding/detail/rules.hpp"
#include "grounding/detail/support_weights.hpp"
#include "text/language.hpp"

namespace kansli::grounding {

namespace {

// Of a sentence with no more telling words than this, each must be found: the shares of the measures say little of so few.
constexpr std::size_t few_words = 2;

// In the order in which a reader would point them out.
constexpr auto rules = std::to_array<detail::Found (*)(const detail::Comparison&)>({
    detail::check_copied_figures,
    detail::check_references,
    detail::check_figures,
    detail::check_names,
    detail::check_actors,
    detail::check_force,
    detail::check_opposites,
    detail::check_exceptions,
    detail::check_left_out_bounds,
    detail::check_replaced_words,
});

// A sentence without the blanks and the full stop around it, blanks within as one.
std::string bare(std::string_view sentence) {
    std::string text;
    for (const char c : sentence) {
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank)
            text += c;
        else if (!text.empty() && text.back() != ' ')
            text += ' ';
    }
    while (text.ends_with(' ') || text.ends_with('.'))
        text.pop_back();
    return text;
}

std::set<std::string> bare_sentences(std::string_view text) {
    std::set<std::string> found;
    for (const auto& span : text::sentences(text))
        found.insert(bare(text.substr(span.start, span.end - span.start)));
    return found;
}

// Whether every sentence of a text is a sentence of one of the quotes.
bool is_quoted(std::string_view sentence, std::span<const Quote> quotes) {
    std::set<std::string> quoted;
    for (const auto& quote : quotes) {
        quoted.insert(bare(quote.text));
        quoted.merge(bare_sentences(quote.text));
    }
    if (quoted.contains(bare(sentence))) return true;
    const auto own = bare_sentences(sentence);
    return !own.empty() &&
           std::ranges::all_of(own, [&](const std::string& one) { return quoted.contains(one); });
}

double support_of(const detail::SupportMeasures& measures) {
    double logit = detail::support_intercept;
    for (std::size_t at = 0; at < measures.size(); ++at)
        logit += measures[at] * detail::support_weights[at];
    return 1 / (1 + std::exp(-logit));
}

std::size_t telling_words(const detail::Comparison& comparison) {
    return static_cast<std::size_t>(std::ranges::count_if(
        comparison.sentence.words, [](const detail::Word& word) { return word.weight >= 1; }));
}

std::vector<std::string> words_not_found(const detail::Comparison& comparison) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < comparison.best.size(); ++at) {
        if (comparison.sentence.words[at].weight >= 1 && comparison.best[at] < detail::is_found)
            words.push_back(comparison.sentence.written(at));
    }
    return words;
}

}  // namespace

Verdict check(std::string_view sentence, std::span<const Quote> quotes, const CheckContext& context) {
    if (sentence.size() > longest_sentence) return {.reason = Reason::too_long};
    if (std::ranges::all_of(quotes, [](const Quote& quote) { return quote.text.empty(); }))
        return {.reason = Reason::no_quotes};
    if (is_quoted(sentence, quotes)) return {.ruling = Ruling::supported, .support = 1};
    const detail::Comparing comparing(sentence, quotes, context);
    const auto& comparison = comparing.result();
    for (const auto rule : rules) {
        if (auto found = rule(comparison))
            return {found->ruling, found->reason, std::move(found->words), std::move(found->quoted), 0};
    }
    if (auto words = words_not_found(comparison); !words.empty() && telling_words(comparison) <= few_words)
        return {Ruling::unsupported, Reason::not_found, std::move(words), {}, 0};
    const double support = support_of(detail::measure_support(comparison, context));
    if (support >= detail::support_threshold) return {.ruling = Ruling::supported, .support = support};
    auto words = words_not_found(comparison);
    const auto reason = words.empty() ? Reason::weak_support : Reason::not_found;
    return {Ruling::unsupported, reason, std::move(words), {}, support};
}

std::vector<SupportMeasure> support_measures(std::string_view sentence, std::span<const Quote> quotes,
                                             const CheckContext& context) {
    const detail::Comparing comparing(sentence, quotes, context);
    const auto values = detail::measure_support(comparing.result(), context);
    std::vector<SupportMeasure> measures;
    for (std::size_t at = 0; at < values.size(); ++at)
        measures.push_back({detail::support_measure_names[at], values[at]});
    return measures;
}

}  // namespace kansli::grounding
