#include "archive/suggestion.hpp"

#include <array>

#include <doctest/doctest.h>

using namespace kansli;
using namespace kansli::archive;

namespace {

constexpr std::array suggesting_kinds{
    desk::Kind{.name = "answer", .swedish = "Svarsutkast", .english = "Answer draft", .kept_months = 24},
    desk::Kind{.name = "permit", .swedish = "Lovbeslut", .english = "Permit"}};
const Date suggestion_day = parse_date("2026-06-01").value();

}  // namespace

TEST_CASE("a kind that says how long it should be kept suggests it, until somebody has decided") {
    const auto told = suggested_terms(suggesting_kinds, {}, suggestion_day);
    REQUIRE(told.size() == 1);
    CHECK(told[0].kind == "answer_proposal");
    CHECK(told[0].swedish == "Svarsutkast");
    CHECK(told[0].months == 24);

    RetentionRule rule{.stock = Stock::record, .kind = "answer_proposal", .valid_from = suggestion_day};
    CHECK(suggested_terms(suggesting_kinds, {rule}, suggestion_day).empty());
    rule.kind = "permit_proposal";
    CHECK(suggested_terms(suggesting_kinds, {rule}, suggestion_day).size() == 1);
    rule.kind.clear();  // about every entry, for ever: decided, too
    CHECK(suggested_terms(suggesting_kinds, {rule}, suggestion_day).empty());
    rule.valid_to = parse_date("2026-05-31").value();
    CHECK(suggested_terms(suggesting_kinds, {rule}, suggestion_day).size() == 1);
}
