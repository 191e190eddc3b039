#include "archive/plan.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli;
using namespace kansli::archive;

namespace {

using std::chrono::days;
using std::chrono::sys_days;

Date day(const char* text) {
    return parse_date(text).value();
}

Timestamp noon(Date date) {
    return sys_days(date) + std::chrono::hours(12);
}

// A world so small that rules, holds and things often meet.
const Date today = day("2026-11-30");
const std::vector<std::string> kinds = {"answer_proposal", "letter", "import"};
const std::vector<std::string> owners = {"", "Barnnämnden", "Kommunstyrelsen"};

RetentionRule any_rule(int number) {
    RetentionRule rule;
    rule.id = RuleId("r" + std::to_string(number));
    rule.stock = *rc::gen::element(Stock::record, Stock::document, Stock::job);
    rule.kind = *rc::gen::element(std::string(), kinds[0], kinds[1], kinds[2]);
    rule.owner = *rc::gen::elementOf(owners);
    if (*rc::gen::inRange(0, 6) > 0) rule.months = *rc::gen::inRange(0, 30);
    rule.event = *rc::gen::element(RetentionEvent::created, RetentionEvent::decided,
                                   RetentionEvent::withdrawn, RetentionEvent::replaced);
    rule.decided = day("2020-01-01");
    rule.valid_from = sys_days(today) + days(*rc::gen::inRange(-900, 100));
    if (*rc::gen::arbitrary<bool>()) rule.valid_to = sys_days(today) + days(*rc::gen::inRange(-100, 900));
    return rule;
}

std::optional<Timestamp> perhaps_a_moment() {
    if (*rc::gen::arbitrary<bool>()) return std::nullopt;
    return noon(sys_days(today) - days(*rc::gen::inRange(0, 1200)));
}

Item any_item(int number) {
    Item item;
    item.stock = *rc::gen::element(Stock::record, Stock::document, Stock::job);
    item.id = std::to_string(number);
    item.kind = *rc::gen::elementOf(kinds);
    item.owner = *rc::gen::elementOf(owners);
    item.document = *rc::gen::element(std::string("d1"), std::string("d2"));
    item.created = noon(sys_days(today) - days(*rc::gen::inRange(0, 1200)));
    item.decided = perhaps_a_moment();
    item.withdrawn = perhaps_a_moment();
    item.replaced = perhaps_a_moment();
    if (*rc::gen::inRange(0, 8) == 0) item.bound = Bound::log;
    if (*rc::gen::inRange(0, 3) == 0) item.mentioned = {HoldId("h1")};
    return item;
}

LegalHold any_hold(int number) {
    LegalHold hold;
    hold.id = HoldId("h" + std::to_string(number));
    if (*rc::gen::inRange(0, 3) == 0) hold.person = "Rut Åkesson";
    if (*rc::gen::inRange(0, 3) == 0) hold.case_number = "KS 2026/1";
    if (*rc::gen::inRange(0, 3) == 0) hold.document = "d1";
    if (*rc::gen::inRange(0, 3) == 0) hold.entry = *rc::gen::inRange(0, 4);
    if (*rc::gen::inRange(0, 3) == 0) hold.from = sys_days(today) - days(*rc::gen::inRange(0, 900));
    if (*rc::gen::inRange(0, 4) == 0) hold.lifted = today;
    return hold;
}

struct World {
    std::vector<RetentionRule> rules{};
    std::vector<LegalHold> holds{};
    std::vector<Item> items{};
};

World any_world() {
    World world;
    const int rules = *rc::gen::inRange(0, 5);
    const int holds = *rc::gen::inRange(0, 3);
    const int items = *rc::gen::inRange(1, 8);
    for (int i = 0; i < rules; ++i)
        world.rules.push_back(any_rule(i));
    for (int i = 0; i < holds; ++i)
        world.holds.push_back(any_hold(i));
    for (int i = 0; i < items; ++i)
        world.items.push_back(any_item(i));
    return world;
}

bool goes(const World& world, const Item& item, Date on = today) {
    return judge(world.rules, world.holds, item, on).goes();
}

// The one rule that lets the thing go, for the examples.
RetentionRule rule_of(Stock stock, std::optional<int> months,
                      RetentionEvent event = RetentionEvent::created) {
    RetentionRule rule;
    rule.id = RuleId("r1");
    rule.stock = stock;
    rule.months = months;
    rule.event = event;
    rule.valid_from = day("2020-01-01");
    return rule;
}

Item item_of(Stock stock, const char* created) {
    Item item;
    item.stock = stock;
    item.id = "1";
    item.kind = "letter";
    item.created = noon(day(created));
    return item;
}

}  // namespace

TEST_CASE("months end where the calendar says") {
    CHECK(first_day_after(day("2026-01-15"), 3) == day("2026-04-16"));
    CHECK(first_day_after(day("2026-01-31"), 1) == day("2026-03-01"));
    CHECK(first_day_after(day("2027-12-31"), 2) == day("2028-03-01"));
    CHECK(first_day_after(day("2026-12-31"), 0) == day("2027-01-01"));
}

TEST_CASE("a document goes the day after its time is out, and not before") {
    const auto rules = std::vector{rule_of(Stock::document, 12)};
    const auto item = item_of(Stock::document, "2025-11-30");
    CHECK(judge(rules, {}, item, day("2026-11-30")).outcome == Outcome::not_yet);
    CHECK(judge(rules, {}, item, day("2026-12-01")).goes());
}

TEST_CASE("the outcome says why a thing stays") {
    const auto item = item_of(Stock::record, "2026-08-01");
    CHECK(judge({}, {}, item, today).outcome == Outcome::no_rule);
    CHECK(judge({rule_of(Stock::document, 1)}, {}, item, today).outcome == Outcome::no_rule);
    CHECK(judge({rule_of(Stock::record, std::nullopt)}, {}, item, today).outcome == Outcome::kept_for_ever);
    CHECK(judge({rule_of(Stock::record, 1, RetentionEvent::decided)}, {}, item, today).outcome ==
          Outcome::not_happened);
    const auto floor = judge({rule_of(Stock::record, 1)}, {}, item, today);
    CHECK(floor.outcome == Outcome::log_floor);
    CHECK(floor.due == day("2027-02-02"));
    auto bound = item;
    bound.bound = Bound::format;
    CHECK(judge({rule_of(Stock::record, 1)}, {}, bound, today).outcome == Outcome::bound);
}

TEST_CASE("a hold needs everything that it names") {
    auto item = item_of(Stock::document, "2020-06-01");
    item.document = "d1";
    item.mentioned = {HoldId("h1")};
    LegalHold hold{.id = HoldId("h1"), .person = "Rut Åkesson", .document = "d1", .to = day("2020-12-31")};
    CHECK(holds_back(hold, item));
    hold.to = day("2020-05-31");
    CHECK_FALSE(holds_back(hold, item));
    hold.to.reset();
    hold.document = "d2";
    CHECK_FALSE(holds_back(hold, item));
    hold.document = "d1";
    hold.lifted = today;
    CHECK_FALSE(holds_back(hold, item));
}

TEST_CASE("the hash is of what goes and of the words of the rules") {
    auto rules = std::vector{rule_of(Stock::document, 1)};
    auto items = std::vector{item_of(Stock::document, "2020-06-01"), item_of(Stock::record, "2026-11-01")};
    const auto plan = make_plan(rules, {}, items, today);
    REQUIRE(plan.removals.size() == 1);
    CHECK(plan.kept.at("no_rule") == 1);
    auto more = items;
    more.push_back(item_of(Stock::record, "2026-11-29"));
    CHECK(make_plan(rules, {}, more, today).hash == plan.hash);
    auto changed = items;
    changed[0].fingerprint = "annan";
    CHECK(make_plan(rules, {}, changed, today).hash != plan.hash);
    rules[0].decision = "KS 2026/2";
    CHECK(make_plan(rules, {}, items, today).hash != plan.hash);
}

TEST_CASE("what was removed before goes again, whatever the rules say now") {
    auto letter = item_of(Stock::document, "2026-11-01");
    letter.id = "v1";
    letter.fingerprint = "f1";
    auto rule = rule_of(Stock::document, 1);
    rule.valid_to = day("2026-11-20");
    const RemovedBefore gone{Stock::document, "v1", "f1", rule, day("2026-11-18")};
    const auto plan = make_repeated_plan({gone, gone}, {}, {letter}, today);
    REQUIRE(plan.removals.size() == 1);
    CHECK(plan.removals[0].due == gone.day);
    CHECK(plan.rules == std::vector{rule});
    CHECK(make_repeated_plan({gone}, {}, {letter}, day("2026-12-24")).hash == plan.hash);

    auto another = letter;
    another.fingerprint = "f2";  // the number was given anew
    CHECK(make_repeated_plan({gone}, {}, {another}, today).removals.empty());
    another = letter;
    another.stock = Stock::job;
    CHECK(make_repeated_plan({gone}, {}, {another}, today).removals.empty());

    LegalHold hold{.id = HoldId("h1"), .to = today};
    const auto held = make_repeated_plan({gone}, {hold}, {letter}, today);
    CHECK(held.removals.empty());
    CHECK(held.rules.empty());
    REQUIRE(held.held.size() == 1);
    CHECK(held.held[0].hold == hold.id);
    letter.bound = Bound::restricted;
    const auto bound = make_repeated_plan({gone}, {}, {letter}, today);
    CHECK(bound.removals.empty());
    CHECK(bound.kept.at("restricted") == 1);
}

TEST_CASE("properties of the schedule") {
    rc::check("nothing goes without a rule that fits and is in force", [] {
        const auto world = any_world();
        for (const auto& item : world.items) {
            const auto allows = [&](const RetentionRule& rule) {
                return is_in_force(rule, today) && fits(rule, item) && rule.months.has_value();
            };
            if (goes(world, item)) RC_ASSERT(std::ranges::any_of(world.rules, allows));
            auto without = world;
            std::erase_if(without.rules, allows);
            RC_ASSERT(!goes(without, item));
        }
    });
    rc::check("a hold beats every rule", [] {
        auto world = any_world();
        for (const auto& item : world.items) {
            LegalHold hold{.id = HoldId("h9")};
            hold.to = today;
            world.holds = {hold};
            RC_ASSERT(!goes(world, item));
        }
    });
    rc::check("no log goes within six months, whatever the rules say", [] {
        const auto world = any_world();
        for (const auto& item : world.items) {
            const bool young = sys_days(today) - days(181) < std::chrono::floor<days>(item.created);
            if (item.stock != Stock::document && young) RC_ASSERT(!goes(world, item));
        }
    });
    rc::check("one rule that keeps for ever is enough", [] {
        auto world = any_world();
        for (const auto& item : world.items) {
            auto more = world;
            auto keep = rule_of(item.stock, std::nullopt);
            keep.id = RuleId("r9");
            more.rules.insert(
                more.rules.begin() + *rc::gen::inRange<int>(0, 1 + static_cast<int>(more.rules.size())),
                keep);
            RC_ASSERT(!goes(more, item));
        }
    });
    rc::check("one more rule that fits never hastens a removal", [] {
        auto world = any_world();
        for (const auto& item : world.items) {
            auto more = world;
            more.rules.push_back(any_rule(9));
            const bool ruled = std::ranges::any_of(
                world.rules, [&](const auto& rule) { return is_in_force(rule, today) && fits(rule, item); });
            if (ruled && !goes(world, item)) RC_ASSERT(!goes(more, item));
        }
    });
    rc::check("the order of the rules does not matter", [] {
        auto world = any_world();
        auto turned = world;
        std::ranges::reverse(turned.rules);
        for (const auto& item : world.items)
            RC_ASSERT(goes(world, item) == goes(turned, item));
    });
    rc::check("what is bound never goes", [] {
        const auto world = any_world();
        for (const auto& item : world.items)
            if (item.bound != Bound::free) RC_ASSERT(!goes(world, item));
    });
    rc::check("a plan removes what the verdicts say, each thing once", [] {
        const auto world = any_world();
        const auto plan = make_plan(world.rules, world.holds, world.items, today);
        std::size_t kept = 0;
        for (const auto& [name, count] : plan.kept)
            kept += static_cast<std::size_t>(count);
        RC_ASSERT(plan.removals.size() + kept == world.items.size());
        for (const auto& item : world.items) {
            const bool listed = std::ranges::any_of(plan.removals, [&](const auto& removal) {
                return removal.stock == item.stock && removal.id == item.id;
            });
            RC_ASSERT(listed == goes(world, item));
        }
    });
}
