#include "assistants/understanding.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "text/language.hpp"

namespace kansli::assistants {

namespace {

constexpr std::size_t most_wordings = 12;  // of one expression; what is further off is not shown

UnderstoodExpression told(const text::Meaning& meaning, const std::vector<text::Token>& tokens) {
    UnderstoodExpression told;
    for (const auto token : meaning.tokens)
        told.expression += (told.expression.empty() ? "" : " ") + tokens[token].folded;
    for (const auto& wording : meaning.wordings) {
        if (told.wordings.size() == most_wordings) break;
        told.wordings.push_back({wording.shown, wording.closeness});
    }
    return told;
}

// Words that say what the question is about and that nothing is known of but themselves.
bool is_alone(const Inquiry& inquiry, const std::string& word) {
    const auto term = std::ranges::find(inquiry.terms, word, &Term::word);
    return term != inquiry.terms.end() && !term->number;
}

}  // namespace

Understanding understand(const Inquiry& inquiry, const text::Lexicon& lexicon, Date day,
                         const std::vector<text::LexiconEntry>& corrections) {
    const auto tokens = text::words(inquiry.question);
    std::map<std::size_t, UnderstoodExpression> by_place;
    std::set<std::size_t> taken;
    for (const auto& meaning : lexicon.meanings(tokens, day)) {
        by_place.emplace(meaning.tokens.front(), told(meaning, tokens));
        taken.insert(meaning.tokens.begin(), meaning.tokens.end());
    }
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (!taken.contains(at) && is_alone(inquiry, tokens[at].folded))
            by_place.emplace(at, UnderstoodExpression{tokens[at].folded, {}});
    }
    Understanding understanding{.asks_for = inquiry.cue};
    std::set<std::string> shown;
    for (auto& [place, expression] : by_place) {
        if (shown.insert(expression.expression).second)
            understanding.expressions.push_back(std::move(expression));
    }
    for (const auto& correction : corrections) {
        const bool unlike = correction.relation == text::LexicalRelation::unlike;
        understanding.corrections.push_back(
            {.kind = unlike ? CorrectionKind::means_not : CorrectionKind::means,
             .expression = correction.expressions.front(),
             .term = correction.terms.front()});
    }
    return understanding;
}

}  // namespace kansli::assistants
