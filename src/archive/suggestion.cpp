#include "archive/suggestion.hpp"

#include <algorithm>

#include "archive/plan.hpp"

namespace kansli::archive {

std::vector<SuggestedTerm> suggested_terms(desk::Kinds kinds, const std::vector<RetentionRule>& rules,
                                           Date today) {
    std::vector<SuggestedTerm> found;
    for (const desk::Kind& kind : kinds) {
        if (kind.kept_months == 0) continue;
        const Item item{.stock = Stock::record, .kind = desk::entry_kind(kind.name)};
        const auto decided = [&](const RetentionRule& rule) {
            return is_in_force(rule, today) && fits(rule, item);
        };
        if (std::ranges::any_of(rules, decided)) continue;
        found.push_back({item.kind, std::string(kind.swedish), std::string(kind.english), kind.kept_months});
    }
    return found;
}

}  // namespace kansli::archive
