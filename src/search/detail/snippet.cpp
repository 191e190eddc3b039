#include "search/detail/snippet.hpp"

#include <algorithm>
#include <set>

#include "core/ascii.hpp"
#include "text/language.hpp"

namespace kansli::search::detail {

namespace {

struct Found {
    Span span{};
    std::size_t leaf = 0;
};

// How much a stretch of text tells: each term once, and a little for every further occurrence.
double worth(const std::vector<Found>& found, const std::vector<Leaf>& leaves, std::size_t start,
             std::size_t end) {
    constexpr double of_repetition = 0.05;
    std::set<std::string_view> seen;
    double sum = 0;
    for (const Found& word : found) {
        if (word.span.start < start || word.span.end > end) continue;
        const Leaf& leaf = leaves[word.leaf];
        sum += leaf.rarity * (seen.insert(leaf.stem).second ? 1.0 : of_repetition);
    }
    return sum;
}

bool is_inside_character(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

// Whole words of a sentence that is too long: as much as fits, around the most telling place.
Span stretch_of(std::string_view text, Span sentence, const std::vector<Found>& found,
                const std::vector<Leaf>& leaves, std::size_t most) {
    constexpr std::size_t lead = 40;  // bytes before the first word found, so that it does not stand alone
    Span best{sentence.start, std::min(sentence.start + most, sentence.end)};
    double highest = worth(found, leaves, best.start, best.end);
    for (const Found& word : found) {
        if (word.span.start < sentence.start || word.span.end > sentence.end) continue;
        const std::size_t start = std::max(sentence.start, word.span.start - std::min(word.span.start, lead));
        const Span candidate{start, std::min(start + most, sentence.end)};
        const double value = worth(found, leaves, candidate.start, candidate.end);
        if (value > highest) {
            highest = value;
            best = candidate;
        }
    }
    const auto cut_up = [&](std::size_t at, std::size_t limit) {
        while (at < limit && !is_ascii_space(text[at]))
            ++at;
        return at;
    };
    const auto cut_down = [&](std::size_t at, std::size_t limit) {
        while (at > limit && !is_ascii_space(text[at]))
            --at;
        return at;
    };
    if (best.start > sentence.start) best.start = cut_up(best.start, best.end);
    if (best.end < sentence.end) {
        const std::size_t end = cut_down(best.end, best.start);
        if (end > best.start) best.end = end;
        while (best.end > best.start && is_inside_character(text, best.end))
            --best.end;
    }
    return best;
}

// Whether the white space at `at` ends a line of which it or the next is a row of a table, which blanks would run together.
bool divides_rows(std::string_view text, std::size_t at) {
    const auto is_row = [](std::string_view line) { return line.find(" | ") != std::string_view::npos; };
    const auto next = text.find_first_not_of(" \n\t\r", at);
    if (next == std::string_view::npos || text.substr(at, next - at).find('\n') == std::string_view::npos)
        return false;
    const auto before = text.substr(0, at).rfind('\n');
    const auto start = before == std::string_view::npos ? 0 : before + 1;
    return is_row(text.substr(start, at - start)) || is_row(text.substr(next, text.find('\n', next) - next));
}

// The stretch of text to show.
Span choose(std::string_view text, const std::vector<Found>& found, const std::vector<Leaf>& leaves,
            std::size_t most) {
    const auto sentences = text::sentences(text);
    if (sentences.empty()) return {0, std::min(most, text.size())};
    std::size_t best = 0;
    double highest = -1;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const double value = worth(found, leaves, sentences[i].start, sentences[i].end);
        if (value > highest) {
            highest = value;
            best = i;
        }
    }
    Span span{sentences[best].start, sentences[best].end};
    if (span.end - span.start > most) return stretch_of(text, span, found, leaves, most);
    for (std::size_t next = best + 1; next < sentences.size() && sentences[next].end - span.start <= most;
         ++next)
        span.end = sentences[next].end;
    for (std::size_t before = best; before > 0 && span.end - sentences[before - 1].start <= most; --before)
        span.start = sentences[before - 1].start;
    return span;
}

}  // namespace

Snippet make_snippet(std::string_view text, Matcher& matcher, const std::vector<Leaf>& leaves,
                     std::size_t most) {
    std::vector<Found> found;
    for (const text::Token& token : text::words(text))
        for (const Match& match : matcher.match(token.folded))
            found.push_back({{token.start, token.end}, match.leaf});
    const Span shown = choose(text, found, leaves, most);

    Snippet snippet;
    const bool cut_before =
        text.substr(0, shown.start).find_first_not_of(" \n\t\r") != std::string_view::npos;
    if (cut_before) snippet.text = "… ";
    auto mark = found.begin();
    while (mark != found.end() && mark->span.start < shown.start)
        ++mark;
    for (std::size_t at = shown.start; at < shown.end; ++at) {
        const bool mark_begins = mark != found.end() && mark->span.start == at && mark->span.end <= shown.end;
        if (mark_begins) {
            const std::size_t length = mark->span.end - at;
            snippet.marks.push_back({snippet.text.size(), snippet.text.size() + length});
            snippet.text.append(text, at, length);
            at += length - 1;
            while (mark != found.end() && mark->span.start <= at)
                ++mark;
        } else if (!is_ascii_space(text[at])) {
            snippet.text += text[at];
        } else if (!snippet.text.empty() && snippet.text.back() != ' ') {
            snippet.text += divides_rows(text, at) ? " · " : " ";
        }
    }
    while (!snippet.text.empty() && snippet.text.back() == ' ')
        snippet.text.pop_back();
    const bool cut_after = text.substr(shown.end).find_first_not_of(" \n\t\r") != std::string_view::npos;
    if (cut_after) snippet.text += " …";
    return snippet;
}

}  // namespace kansli::search::detail
