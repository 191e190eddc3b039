#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grounding/detail/rules.hpp"

// One word for another in a sentence that else is the quote's.
namespace kansli::grounding::detail {

namespace {

constexpr double near_copy = 0.7;     // of the sentence's words that a quoted sentence has in the same order
constexpr std::size_t few_words = 3;  // that one thing is said with
constexpr std::size_t shortest_copy = 3;  // words
constexpr double least_weight = 1;

// The words of one sentence of a reading.
struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
};

std::vector<Range> sentences_of(const Reading& reading) {
    std::vector<Range> ranges;
    for (std::size_t at = 0; at < reading.words.size(); ++at) {
        if (at == 0 || reading.words[at].sentence != reading.words[at - 1].sentence)
            ranges.push_back({at, at});
        ranges.back().last = at + 1;
    }
    return ranges;
}

struct Step {
    std::size_t own = 0;
    std::size_t quoted = 0;
};

// The longest common subsequence of two sentences' words.
std::vector<Step> common_words(const Comparison& comparison, Range own, Range quoted) {
    const auto same = [&](std::size_t a, std::size_t b) {
        return comparison.sentence.words[a].stem == comparison.quotes.words[b].stem;
    };
    const auto rows = own.last - own.first;
    const auto columns = quoted.last - quoted.first;
    std::vector<std::vector<std::size_t>> length(rows + 1, std::vector<std::size_t>(columns + 1, 0));
    for (auto row = rows; row-- > 0;)
        for (auto column = columns; column-- > 0;)
            length[row][column] = same(own.first + row, quoted.first + column)
                                      ? length[row + 1][column + 1] + 1
                                      : std::max(length[row + 1][column], length[row][column + 1]);
    std::vector<Step> steps;
    for (std::size_t row = 0, column = 0; row < rows && column < columns;) {
        if (same(own.first + row, quoted.first + column))
            steps.push_back({own.first + row++, quoted.first + column++});
        else if (length[row + 1][column] >= length[row][column + 1])
            ++row;
        else
            ++column;
    }
    return steps;
}

bool is_said(const Comparison& comparison, std::size_t quoted) {
    return std::ranges::any_of(comparison.likeness,
                               [&](const std::vector<double>& row) { return row[quoted] >= is_found; });
}

// A word in a gap of the copy that the quotes do not have, when they have one in its place that the sentence does not.
Found replaced(const Comparison& comparison, Range own, Range quoted) {
    if (own.last - own.first > few_words || quoted.last - quoted.first > few_words) return std::nullopt;
    for (auto at = own.first; at < own.last; ++at) {
        if (comparison.sentence.words[at].weight < least_weight || comparison.best[at] >= is_found) continue;
        for (auto other = quoted.first; other < quoted.last; ++other) {
            const auto& word = comparison.quotes.words[other];
            if (word.weight == 0 || is_said(comparison, other)) continue;
            return Finding{Ruling::contradicted,
                           Reason::other_word,
                           {comparison.sentence.written(at)},
                           comparison.quotes.written(other)};
        }
    }
    return std::nullopt;
}

Found check_copy(const Comparison& comparison, const std::vector<Step>& steps, Range own, Range quoted) {
    auto own_from = own.first;
    auto quoted_from = quoted.first;
    for (const auto& step : steps) {
        if (auto found = replaced(comparison, {own_from, step.own}, {quoted_from, step.quoted})) return found;
        own_from = step.own + 1;
        quoted_from = step.quoted + 1;
    }
    return replaced(comparison, {own_from, own.last}, {quoted_from, quoted.last});
}

// The words of a sentence that are no figures.
std::vector<std::string_view> plain_words(const Reading& reading, Range range) {
    std::vector<std::string_view> words;
    for (auto at = range.first; at < range.last; ++at)
        if (!reading.words[at].figure) words.push_back(reading.words[at].folded);
    return words;
}

std::vector<const Measure*> measures_in(const Reading& reading, Range range) {
    std::vector<const Measure*> measures;
    for (const auto& measure : reading.measures) {
        const bool within = measure.start >= reading.words[range.first].start &&
                            measure.start < reading.words[range.last - 1].end;
        if (within) measures.push_back(&measure);
    }
    return measures;
}

}  // namespace

// A sentence of a quote with another figure in it is wrong, wherever else the quotes have that figure.
Found check_copied_figures(const Comparison& comparison) {
    for (const auto& own : sentences_of(comparison.sentence)) {
        const auto words = plain_words(comparison.sentence, own);
        const auto measures = measures_in(comparison.sentence, own);
        Found different;
        for (const auto& quoted : sentences_of(comparison.quotes)) {
            const auto others = measures_in(comparison.quotes, quoted);
            if (measures.size() != others.size() || words != plain_words(comparison.quotes, quoted)) continue;
            const auto wrong = std::ranges::mismatch(
                measures, others, [](const Measure* a, const Measure* b) { return same_value(*a, *b); });
            if (wrong.in1 == measures.end()) {
                different.reset();
                break;
            }
            const auto text = [](const Reading& reading, const Measure& measure) {
                return std::string(reading.text.substr(measure.start, measure.end - measure.start));
            };
            different = Finding{Ruling::contradicted,
                                is_date((**wrong.in1).kind) ? Reason::date : Reason::number,
                                {text(comparison.sentence, **wrong.in1)},
                                text(comparison.quotes, **wrong.in2)};
        }
        if (different) return different;
    }
    return std::nullopt;
}

Found check_replaced_words(const Comparison& comparison) {
    const auto quoted = sentences_of(comparison.quotes);
    for (const auto& own : sentences_of(comparison.sentence)) {
        const auto words = own.last - own.first;
        if (words < shortest_copy) continue;
        std::vector<Step> fullest;
        Range copied;
        for (const auto& one : quoted) {
            auto steps = common_words(comparison, own, one);
            if (steps.size() <= fullest.size()) continue;
            fullest = std::move(steps);
            copied = one;
        }
        if (static_cast<double>(fullest.size()) < near_copy * static_cast<double>(words)) continue;
        if (auto found = check_copy(comparison, fullest, own, copied)) return found;
    }
    return std::nullopt;
}

}  // namespace kansli::grounding::detail
