#pragma once

#include <string>
#include <string_view>
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
// `command`: what carries it out, but for the hash.
void print_plan(const archive::Plan& plan, std::string_view command);

}  // namespace kansli::app
