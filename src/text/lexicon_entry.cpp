#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "text/detail/divided.hpp"
#include "text/detail/lexicon_files.hpp"
#include "text/lexicon.hpp"
#include "text/statutes.hpp"

// The form of an entry: expressions, relation, terms, attributes.
namespace kansli::text {

namespace {

using detail::divided;
using detail::trimmed;

constexpr auto manners = std::to_array<std::string_view>({"vardag", "tjänst", "fack", "kort", "äldre"});
constexpr std::size_t longest_phrase = 80;  // bytes

constexpr auto relations = std::to_array<std::pair<std::string_view, LexicalRelation>>({
    {" = ", LexicalRelation::same},
    {" < ", LexicalRelation::narrower},
    {" > ", LexicalRelation::wider},
    {" ~ ", LexicalRelation::related},
    {" ! ", LexicalRelation::unlike},
});
constexpr std::string_view beside_word = "även";

Failure faulty(std::string message, std::string advice = {}) {
    return fail(ErrorCode::invalid_input, std::move(message), {}, std::move(advice));
}

Result<std::vector<std::string>> phrases(std::string_view text) {
    std::vector<std::string> found;
    for (const auto part : divided(text, ',')) {
        if (part.empty() || words(part).empty())
            return faulty(
                "Det saknas ett uttryck mellan två kommatecken eller bredvid tecknet för relationen.");
        if (part.find_first_of("=<>~!|#\n\r") != std::string_view::npos)
            return faulty("Ett uttryck får inte innehålla =, <, >, ~, !, # eller |.");
        found.push_back(fold(part));
        if (found.back().size() > longest_phrase)
            return faulty("Ett uttryck är för långt.",
                          fmt::format("Ett uttryck har högst {} byte.", longest_phrase));
    }
    return found;
}

Result<void> take_attribute(std::string_view text, LexiconEntry& entry) {
    constexpr std::string_view statute = "lag ";
    constexpr std::string_view from = "från ";
    constexpr std::string_view until = "till ";
    if (std::ranges::find(manners, text) != manners.end()) {
        if (!entry.manner.empty()) return faulty("Uttrycket har mer än en stilnivå.");
        entry.manner = text;
    } else if (text.starts_with(statute)) {
        entry.statute = trimmed(text.substr(statute.size()));
        if (!is_statute_number(entry.statute))
            return faulty(fmt::format("”{}” är inget SFS-nummer.", entry.statute),
                          "Skriv till exempel lag 2010:900.");
    } else if (text.starts_with(from)) {
        entry.from = TRY(parse_date(trimmed(text.substr(from.size()))));
    } else if (text.starts_with(until)) {
        entry.until = TRY(parse_date(trimmed(text.substr(until.size()))));
    } else if (text == beside_word) {
        entry.beside = true;
    } else {
        return faulty(fmt::format("Uppgiften ”{}” finns inte.", text),
                      "Skriv vardag, tjänst, fack, kort eller äldre, lag 2010:900, från 2025-12-01, till "
                      "2025-11-30 eller även.");
    }
    return {};
}

using SeenPairs = std::map<std::pair<std::string, std::string>, int>;  // expression and term -> line

// An expression and a term that an earlier line has tied already.
std::vector<LexiconFault> repetitions(const LexiconEntry& entry, int line, SeenPairs& seen) {
    std::vector<LexiconFault> faults;
    for (const auto& expression : entry.expressions) {
        for (const auto& term : entry.terms) {
            const auto [place, is_new] = seen.try_emplace({expression, term}, line);
            if (!is_new)
                faults.push_back({line, fmt::format("”{}” och ”{}” står på rad {} också.", expression, term,
                                                    place->second)});
        }
    }
    return faults;
}

}  // namespace

Result<LexiconEntry> parse_entry(std::string_view line) {
    const auto bar = line.find('|');
    const auto body = line.substr(0, bar);
    LexiconEntry entry;
    std::size_t found = 0;
    std::size_t place = 0;
    for (const auto& [mark, relation] : relations) {
        const auto at = body.find(mark);
        if (at == std::string_view::npos) continue;
        found += at == body.rfind(mark) ? 1 : 2;
        place = at;
        entry.relation = relation;
    }
    if (found != 1)
        return faulty("Raden har inte formen ”uttryck = term”.",
                      "Skriv ett av tecknen =, <, >, ~ och ! med mellanslag omkring.");
    entry.expressions = TRY(phrases(body.substr(0, place)));
    entry.terms = TRY(phrases(body.substr(place + 3)));
    for (const auto& expression : entry.expressions) {
        if (std::ranges::find(entry.terms, expression) != entry.terms.end())
            return faulty(fmt::format("”{}” står på båda sidor.", expression));
    }
    if (bar == std::string_view::npos) return entry;
    for (const auto part : divided(line.substr(bar + 1), ';')) {
        if (!part.empty()) TRY(take_attribute(part, entry));
    }
    return entry;
}

std::string print(const LexiconEntry& entry) {
    const auto mark =
        std::ranges::find(relations, entry.relation, &std::pair<std::string_view, LexicalRelation>::second);
    std::vector<std::string> attributes;
    if (!entry.manner.empty()) attributes.push_back(entry.manner);
    if (!entry.statute.empty()) attributes.push_back("lag " + entry.statute);
    if (entry.from) attributes.push_back("från " + kansli::to_string(*entry.from));
    if (entry.until) attributes.push_back("till " + kansli::to_string(*entry.until));
    if (entry.beside) attributes.emplace_back(beside_word);
    return fmt::format("{}{}{}{}{}", fmt::join(entry.expressions, ", "), mark->first,
                       fmt::join(entry.terms, ", "), attributes.empty() ? "" : " | ",
                       fmt::join(attributes, "; "));
}

Result<LexiconEntry> entry_of(std::string_view expression, LexicalRelation relation, std::string_view term) {
    LexiconEntry entry{.expressions = TRY(phrases(expression)),
                       .relation = relation,
                       .terms = TRY(phrases(term)),
                       .beside = relation != LexicalRelation::unlike};
    if (entry.expressions.size() != 1 || entry.terms.size() != 1)
        return faulty("Ett uttryck får inte innehålla komma.");
    if (entry.expressions == entry.terms)
        return faulty(fmt::format("”{}” står på båda sidor.", entry.terms.front()));
    return entry;
}

LexiconFile parse_lexicon(std::string_view file) {
    LexiconFile parsed;
    SeenPairs seen;
    int number = 0;
    for (const auto line : divided(file, '\n')) {
        ++number;
        if (line.empty() || line.front() == '#') continue;
        auto entry = parse_entry(line);
        if (!entry) {
            parsed.faults.push_back({number, entry.error().message});
            continue;
        }
        for (auto& fault : repetitions(*entry, number, seen))
            parsed.faults.push_back(std::move(fault));
        parsed.entries.push_back(*std::move(entry));
        parsed.lines.push_back(number);
    }
    return parsed;
}

std::vector<LexiconFile> shipped_lexicon() {
    std::vector<LexiconFile> files;
    for (const auto file : detail::lexicon_files())
        files.push_back(parse_lexicon(file));
    return files;
}

}  // namespace kansli::text
