#pragma once

#include <string>
#include <vector>

#include "access/caller.hpp"
#include "archive/plan.hpp"
#include "archive/rule.hpp"
#include "archive/suggestion.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "house.hpp"

namespace kansli::app {

// The person of that name, who acts at the command line. not_found; forbidden when disabled.
[[nodiscard]] Result<access::Caller> person_named(House& house, const std::string& name);

void print_rules(const std::vector<archive::RetentionRule>& rules, Date today);
void print_suggestions(const std::vector<archive::SuggestedTerm>& suggestions);
void print_holds(const std::vector<archive::LegalHold>& holds);
void print_plan(const archive::Plan& plan);

}  // namespace kansli::app
