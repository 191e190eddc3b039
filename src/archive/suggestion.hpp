#pragma once

#include <string>
#include <vector>

#include "archive/rule.hpp"
#include "core/time.hpp"
#include "desk/kind.hpp"
#include "json/describe.hpp"

namespace kansli::archive {

// How long whoever declared a kind of proposal thinks that it should be kept: something to decide on, never a rule.
struct SuggestedTerm {
    std::string kind{};  // of the entries of the record that have the proposals
    std::string swedish{};
    std::string english{};
    int months = 0;  // after the entry was made
};
KANSLI_DESCRIBE(SuggestedTerm, kind, swedish, english, months)

// For the kinds that suggest a time and that no rule in force is about yet.
[[nodiscard]] std::vector<SuggestedTerm> suggested_terms(desk::Kinds kinds,
                                                         const std::vector<RetentionRule>& rules, Date today);

}  // namespace kansli::archive
