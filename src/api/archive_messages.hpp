#pragma once

#include <optional>
#include <string>
#include <vector>

#include "archive/plan.hpp"
#include "archive/release.hpp"
#include "archive/retention.hpp"
#include "archive/rule.hpp"
#include "archive/suggestion.hpp"
#include "json/describe.hpp"

// What goes over the wire about retention and release.
namespace kansli::api {

struct RetentionView {
    std::vector<archive::RetentionRule> rules{};
    std::vector<archive::LegalHold> holds{};
    bool wiping = false;  // traces of a run remain
    std::vector<archive::SuggestedTerm> suggestions{};
};
KANSLI_DESCRIBE(RetentionView, rules, holds, wiping, suggestions)

struct NewRule {
    std::string name{};
    archive::Stock stock = archive::Stock::record;
    std::string kind{};
    std::optional<access::InformationClass> information_class{};
    std::string owner{};
    std::optional<int> months{};
    archive::RetentionEvent event = archive::RetentionEvent::created;
    std::string legal_ground{};
    std::string decision{};
    std::string decided_by{};
    Date decided{};
    Date valid_from{};
    std::optional<Date> valid_to{};
    std::optional<archive::RuleId> instead_of{};
};
KANSLI_DESCRIBE(NewRule, name, stock, kind, information_class, owner, months, event, legal_ground, decision,
                decided_by, decided, valid_from, valid_to, instead_of)

struct NewHold {
    std::string reason{};
    std::optional<std::string> person{};
    std::optional<std::string> case_number{};
    std::optional<std::string> document{};
    std::optional<std::int64_t> entry{};
    std::optional<Date> from{};
    std::optional<Date> to{};
};
KANSLI_DESCRIBE(NewHold, reason, person, case_number, document, entry, from, to)

// The hash of the dry run that a person has read and confirms.
struct ConfirmedPlan {
    std::string hash{};
};
KANSLI_DESCRIBE(ConfirmedPlan, hash)

}  // namespace kansli::api
