#include "search/detail/matcher.hpp"

#include <algorithm>

#include "search/detail/analyser.hpp"
#include "text/language.hpp"

namespace kansli::search::detail {

namespace {

constexpr std::size_t telling_bytes = 4;  // of a stem: a compound that has it holds at least these

}  // namespace

std::string_view to_string(Relation relation) {
    switch (relation) {
        case Relation::exact:
            return "exact";
        case Relation::inflection:
            return "inflection";
        case Relation::compound_part:
            return "compound part";
        case Relation::synonym:
            return "synonym";
        case Relation::prefix:
            return "prefix";
        case Relation::phrase:
            return "phrase";
        case Relation::spelling:
            return "spelling";
    }
    return "exact";
}

Matcher::Matcher(const BuiltQuery& question, const text::CompoundSplitter& splitter)
    : question_(question), splitter_(splitter) {
    for (std::size_t i = 0; i < question.leaves.size(); ++i) {
        const Leaf& leaf = question.leaves[i];
        if (leaf.kind == Leaf::Kind::place || leaf.kind == Leaf::Kind::reference) continue;
        const bool in_compounds = leaf.kind == Leaf::Kind::part_of_text ||
                                  (leaf.kind != Leaf::Kind::word && leaf.term != leaf.stem);
        (in_compounds ? as_part_ : whole_).try_emplace(leaf.stem, i);
    }
}

const std::vector<Match>& Matcher::match(const std::string& folded) {
    const auto found = known_.find(folded);
    if (found != known_.end()) return found->second;
    return known_.emplace(folded, find(folded)).first->second;
}

std::vector<Match> Matcher::find(const std::string& folded) const {
    const auto whole = whole_.find(text::stem(folded));
    if (whole != whole_.end()) {
        const Leaf& leaf = question_.leaves[whole->second];
        const auto& typed = question_.clauses[leaf.clause].words;
        const bool as_typed = std::ranges::find(typed, folded) != typed.end();
        switch (leaf.kind) {
            case Leaf::Kind::prefix:
                return {{whole->second, Relation::prefix}};
            case Leaf::Kind::phrase:
                return {{whole->second, Relation::phrase}};
            case Leaf::Kind::respelled:
                return {{whole->second, Relation::spelling}};
            case Leaf::Kind::joined:
            case Leaf::Kind::part_of_query:
                return {{whole->second, Relation::compound_part}};
            case Leaf::Kind::synonym:
                return {{whole->second, Relation::synonym}};
            default:
                return {{whole->second, as_typed ? Relation::exact : Relation::inflection}};
        }
    }
    if (folded.size() < shortest_compound) return {};
    // Splitting costs more than the rest together, so only words that may hold a part are split.
    const bool may = std::ranges::any_of(as_part_, [&](const auto& part) {
        return folded.find(std::string_view(part.first).substr(0, telling_bytes)) != std::string::npos;
    });
    if (!may) return {};
    std::vector<Match> matches;
    for (const std::string& part : analyse(folded, splitter_).parts) {
        const auto found = as_part_.find(part);
        if (found != as_part_.end()) matches.push_back({found->second, Relation::compound_part});
    }
    return matches;
}

}  // namespace kansli::search::detail
