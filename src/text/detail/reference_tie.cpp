#include "text/detail/reference_tie.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace kansli::text::detail {

namespace {

constexpr std::size_t farthest = 10;  // words that are looked back

constexpr auto exempting =
    std::to_array<std::string_view>({"trots", "hinder", "oavsett", "undantag", "undantas", "undantagen",
                                     "undantaget", "undantagna", "avvikelse", "avvikelser", "avvika"});
constexpr auto applying = std::to_array<std::string_view>(
    {"enligt", "avses", "avsedd", "avsedda", "avsett", "anges", "angivna", "angivits", "följer", "sägs",
     "stöd", "föreskrivs", "uppfyller", "tillämpas", "omfattas", "nämns", "krävs", "enlighet"});
// May stand between these and the place.
constexpr auto joining = std::to_array<std::string_view>({"i",
                                                          "av",
                                                          "från",
                                                          "för",
                                                          "till",
                                                          "på",
                                                          "om",
                                                          "med",
                                                          "vad",
                                                          "som",
                                                          "det",
                                                          "de",
                                                          "den",
                                                          "fall",
                                                          "inte",
                                                          "annat",
                                                          "något",
                                                          "också",
                                                          "även",
                                                          "och",
                                                          "eller",
                                                          "framgår",
                                                          "bestämmelsen",
                                                          "bestämmelserna",
                                                          "dessa",
                                                          "regel",
                                                          "regeln",
                                                          "krav",
                                                          "kraven",
                                                          "kravet",
                                                          "villkor",
                                                          "villkoren",
                                                          "sådan",
                                                          "sådant",
                                                          "sådana",
                                                          "reglerna",
                                                          "förbudet",
                                                          "föreskrifterna",
                                                          "dock",
                                                          "heller"});

template <typename List>
bool one_of(const List& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

// "trots", "om inte annat följer av", "enligt": read backwards from the place for as long as the words belong together.
std::optional<Tie> tie_before(const ReferenceWords& words, std::size_t first) {
    std::optional<Tie> found;
    bool negated = false;
    for (std::size_t back = 1; back <= farthest && back <= first; ++back) {
        const std::size_t at = first - back;
        if (words.breaks(at + 1)) break;
        const auto word = words.word(at);
        if (one_of(exempting, word)) return Tie::exempts;
        if (word == "utöver") return Tie::adds;
        if (word == "annat") return Tie::yields;
        if (word == "gäller") return negated ? Tie::exempts : found.value_or(Tie::applies);
        negated = negated || word == "inte";
        if (one_of(applying, word)) {
            found = Tie::applies;
        } else if (!one_of(joining, word)) {
            break;
        }
    }
    return found;
}

// "trots förbudet mot byggnader i 2 §": the thing itself stands in between.
bool exempts_farther_off(const ReferenceWords& words, std::size_t first) {
    constexpr std::size_t nearby = 6;
    for (std::size_t back = 1; back <= nearby && back <= first; ++back) {
        const std::size_t at = first - back;
        if (words.breaks(at + 1) || words.word(at) == "§") return false;
        if (words.is(at, {"trots", "hinder", "undantag", "undantas"})) return true;
    }
    return false;
}

// "3 § gäller inte", "2 § ska dock inte tillämpas".
bool is_set_aside(const ReferenceWords& words, std::size_t end) {
    if (!words.only(end) || !words.is(end, {"gäller", "tillämpas", "ska", "skall"})) return false;
    const std::size_t negation = words.is(end + 1, {"dock", "heller", "därför", "då"}) ? end + 2 : end + 1;
    if (words.word(negation) != "inte") return false;
    return words.is(end, {"gäller", "tillämpas"}) || words.is(negation + 1, {"tillämpas", "gälla"});
}

}  // namespace

Tie tie_of(const ReferenceWords& words, std::size_t first, std::size_t end) {
    if (const auto before = tie_before(words, first)) return *before;
    return is_set_aside(words, end) || exempts_farther_off(words, first) ? Tie::exempts : Tie::mentions;
}

}  // namespace kansli::text::detail
