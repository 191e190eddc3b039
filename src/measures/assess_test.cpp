#include "measures/assess.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "json/binder.hpp"
#include "measures/week.hpp"

using namespace kansli;
using namespace kansli::measures;

namespace {

constexpr std::array kinds{
    desk::Kind{.name = "answer", .swedish = "Svar", .english = "Answer", .service = "assistants"},
    desk::Kind{.name = "case", .swedish = "Ärende", .english = "Case", .service = "cases"}};

const Date today = parse_date("2026-06-03").value();

Timestamp at(int week, double hours = 9) {
    const auto monday = std::chrono::sys_days(monday_of(week_of(today) - week));
    return monday + std::chrono::milliseconds(static_cast<std::int64_t>(hours * 3600 * 1000));
}

desk::Handled item(int number, int weeks_ago, double minutes, desk::Arm arm = desk::Arm::none) {
    desk::Handled one{.id = desk::ProposalId("i" + std::to_string(number)),
                      .kind = "answer",
                      .owner = access::UserId("o" + std::to_string(number % 3)),
                      .model = "kansli-quotes/1",
                      .created = at(weeks_ago, 8),
                      .submitted = at(weeks_ago, 8.5),
                      .decided = at(weeks_ago, 10.5),
                      .outcome = desk::Outcome::accepted,
                      .seconds = minutes * 60,
                      .reviewers = {"r" + std::to_string(number % 6)},
                      .distance = 0.0,
                      .milliseconds = 100,
                      .cpu_milliseconds = 36};
    one.assignment.arm = arm;
    if (arm != desk::Arm::none) one.assignment.experiment = "x";
    return one;
}

Experiment experiment_x() {
    return {.id = ExperimentId("x"),
            .kind = "answer",
            .share = 0.5,
            .start = monday_of(week_of(today) - 20),
            .end = today,
            .measure = "handling_median"};
}

const Figure& figure(const Assessment& assessment, std::string_view name) {
    for (const auto& answered : assessment.questions) {
        const auto found = std::ranges::find(answered.figures, name, &Figure::name);
        if (found != answered.figures.end()) return *found;
    }
    FAIL(name);
    return assessment.questions.front().figures.front();
}

Material some_material() {
    Material material{.experiments = {experiment_x()}};
    const int items = *rc::gen::inRange(0, 90);
    for (int i = 0; i < items; ++i) {
        auto one = item(*rc::gen::inRange(0, 40), *rc::gen::inRange(0, 10), *rc::gen::inRange(1, 60),
                        *rc::gen::element(desk::Arm::none, desk::Arm::with_ai, desk::Arm::without_ai));
        one.id = desk::ProposalId("i" + std::to_string(i));
        one.kind = *rc::gen::element(std::string("answer"), std::string("case"));
        // A sum of different powers of two tells which items it is of.
        one.batch = *rc::gen::inRange(0, 5) == 0;
        if (*rc::gen::inRange(0, 8) == 0) one.faults.push_back(desk::Severity::major);
        material.items.push_back(std::move(one));
    }
    return material;
}

Query some_query() {
    Query query;
    if (*rc::gen::arbitrary<bool>())
        query.kind = *rc::gen::element(std::string("answer"), std::string("case"));
    if (*rc::gen::arbitrary<bool>()) query.from = monday_of(week_of(today) - *rc::gen::inRange(0, 10));
    if (*rc::gen::arbitrary<bool>()) query.to = sunday_of(week_of(today) - *rc::gen::inRange(0, 10));
    return query;
}

void for_every_group(const Assessment& assessment,
                     const std::function<void(const Figure&, const Shown&)>& look) {
    for (const auto& answered : assessment.questions) {
        for (const auto& one : answered.figures) {
            for (const auto& shown : {one.all, one.with_ai, one.without_ai, one.difference})
                if (shown) look(one, *shown);
            for (const auto& point : one.series)
                look(one, point.shown);
        }
    }
}

}  // namespace

TEST_CASE("weeks begin on Mondays") {
    CHECK(monday_of(week_of(parse_date("2026-06-03").value())) == parse_date("2026-06-01").value());
    CHECK(sunday_of(week_of(parse_date("2026-06-07").value())) == parse_date("2026-06-07").value());
    CHECK(week_of(parse_date("1969-12-28").value()) == -1);
    CHECK(rc::check("for any day", [] {
        const Date day{std::chrono::sys_days(std::chrono::days(*rc::gen::inRange(-20000, 30000)))};
        RC_ASSERT(monday_of(week_of(day)) <= day && day <= sunday_of(week_of(day)));
    }));
}

TEST_CASE("nothing is told of fewer than five, whatever is asked for") {
    CHECK(rc::check("for any material and question", [] {
        const auto assessment = assess(some_material(), some_query(), kinds, today);
        for_every_group(assessment, [](const Figure& one, const Shown& shown) {
            const bool about_items =
                one.name != "little" && one.name != "drift" && one.unit != Unit::hours_a_month;
            const bool of_enough = !about_items || shown.n >= 5 || shown.n == 0;
            const bool in_order =
                !shown.low || (*shown.low <= shown.value + 1e-9 && shown.value <= *shown.high + 1e-9);
            RC_ASSERT(of_enough);
            RC_ASSERT(in_order);
        });
        RC_ASSERT(assessment.questions.size() == 9);
    }));
}

TEST_CASE("no two answers give the sum of fewer than five by subtraction") {
    CHECK(rc::check("for any material, a question and a narrower one", [] {
        const auto material = some_material();
        // Means and numbers give sums, and the difference of the sums of a question and a narrower one is the sum of what lies between.
        const auto told = [&](const Query& query) {
            return figure(assess(material, query, kinds, today), "handling_mean").all.value_or(Shown{}).n;
        };
        auto wide = some_query();
        auto narrow = some_query();
        wide.kind.reset();
        if (narrow.from && wide.from) narrow.from = std::max(*narrow.from, *wide.from);
        if (narrow.to && wide.to) narrow.to = std::min(*narrow.to, *wide.to);
        if (!narrow.from) narrow.from = wide.from;
        if (!narrow.to) narrow.to = wide.to;
        const auto rest = told(wide) - told(narrow);
        const bool nothing_or_enough = rest == 0 || rest >= 5;
        RC_ASSERT(nothing_or_enough);
    }));
}

TEST_CASE("one kind is hidden, and the total does not give it away") {
    Material material;
    for (int i = 0; i < 12; ++i)
        material.items.push_back(item(i, 2, 10));
    for (int i = 0; i < 3; ++i) {
        auto one = item(100 + i, 2, 50);
        one.kind = "case";
        material.items.push_back(std::move(one));
    }
    const auto total = assess(material, {}, kinds, today);
    CHECK(figure(total, "handling_mean").all->n == 12);
    CHECK(figure(total, "handling_mean").all->value == doctest::Approx(10));
    CHECK(figure(total, "decided_a_day").all->value == doctest::Approx(12.0 / 5));
    CHECK(total.waiting);
    CHECK_FALSE(figure(assess(material, {.kind = "case"}, kinds, today), "handling_mean").all.has_value());
    CHECK(figure(assess(material, {.service = "assistants"}, kinds, today), "handling_mean").all->n == 12);
    CHECK_FALSE(
        figure(assess(material, {.service = "cases"}, kinds, today), "handling_mean").all.has_value());
}

TEST_CASE("many items of few people are as hidden as few items") {
    Material material;
    for (int i = 0; i < 40; ++i) {
        material.items.push_back(item(i, 2, 10));
        material.items.back().reviewers = {"r" + std::to_string(i % 4)};
    }
    CHECK_FALSE(figure(assess(material, {}, kinds, today), "handling_mean").all.has_value());
}

TEST_CASE("ten minutes are ten minutes, and the cost is the spreadsheet's") {
    Material material;
    for (int i = 0; i < 10; ++i)
        material.items.push_back(item(i, 2, 10));
    const auto given = [&](Factor factor, double value) {
        material.factors.push_back({factor, value, parse_date("2020-01-01").value(), "prov"});
    };
    given(Factor::hourly_wage, 400);
    given(Factor::electricity_price, 2);
    given(Factor::watts_per_core, 100);
    given(Factor::power_usage, 1);
    given(Factor::workstation_watts, 60);
    given(Factor::grid_intensity, 50);
    given(Factor::licence_year_cost, 3650);
    material.items[0].faults = {desk::Severity::minor, desk::Severity::critical};
    const auto assessment = assess(material, {}, kinds, today);
    CHECK(figure(assessment, "handling_median").all->value == doctest::Approx(10.0));
    CHECK(figure(assessment, "handling_median").all->n == 10);
    CHECK(figure(assessment, "waiting_median").all->value == doctest::Approx(2));
    CHECK(figure(assessment, "lead_median").all->value == doctest::Approx(2.5));
    // 36 ms at 100 W are 3.6 J are 0.001 Wh; ten minutes at 60 W are 10 Wh.
    CHECK(figure(assessment, "machine_energy").all->value == doctest::Approx(0.001));
    CHECK(figure(assessment, "machine_energy").estimated);
    CHECK(figure(assessment, "person_energy").all->value == doctest::Approx(10));
    CHECK(figure(assessment, "climate").all->value == doctest::Approx(10.001 / 1000 * 50));
    const double direct = 400.0 / 6 + 10.001 / 1000 * 2;
    CHECK(figure(assessment, "direct_cost").all->value == doctest::Approx(direct));
    CHECK(figure(assessment, "indirect_cost").all->value ==
          doctest::Approx(7.0));  // 3650 kr a year, ten items in a week
    CHECK(figure(assessment, "cost_per_correct").all->value == doctest::Approx((direct + 7) / 0.9));
    CHECK(figure(assessment, "error_share").all->value == doctest::Approx(0.1));
    CHECK(figure(assessment, "weighted_errors").all->value == doctest::Approx(110));
    CHECK(figure(assessment, "decided_a_day").all->value == doctest::Approx(2));
    CHECK(figure(assessment, "outside_share").all->value == 0);
}

TEST_CASE("what has no payback says what is missing for it") {
    Material material;
    CHECK(figure(assess(material, {}, kinds, today), "payback").lacks ==
          std::vector{Lack::investment, Lack::items, Lack::comparison});
    CHECK(figure(assess(material, {}, kinds, today), "direct_cost").lacks.empty());
    for (int i = 0; i < 10; ++i)
        material.items.push_back(item(i, 2, 10));
    CHECK(figure(assess(material, {}, kinds, today), "payback").lacks ==
          std::vector{Lack::investment, Lack::comparison});
    material.factors.push_back({Factor::investment, 100000, parse_date("2020-01-01").value(), "prov"});
    const auto without = figure(assess(material, {}, kinds, today), "payback");
    CHECK(without.lacks == std::vector{Lack::comparison});
    CHECK_FALSE(without.all.has_value());
}

TEST_CASE("energy that a meter told is no estimate") {
    Material material;
    for (int i = 0; i < 6; ++i) {
        material.items.push_back(item(i, 2, 10));
        material.items.back().joules = 36;
    }
    material.factors.push_back({Factor::power_usage, 1, parse_date("2020-01-01").value(), "prov"});
    const auto assessment = assess(material, {}, kinds, today);
    CHECK(figure(assessment, "machine_energy").all->value == doctest::Approx(0.01));
    CHECK_FALSE(figure(assessment, "machine_energy").estimated);
    CHECK(figure(assessment, "person_energy").estimated);
}

TEST_CASE("an experiment compares its own arms, and what lies outside it counts as work with AI") {
    Material material{.experiments = {experiment_x()}};
    for (int i = 0; i < 60; ++i) {
        const auto arm = i < 20 ? desk::Arm::without_ai : i < 40 ? desk::Arm::with_ai : desk::Arm::none;
        const double minutes = i < 20 ? 10 + i % 5 : i < 40 ? 6 + i % 5 : 2;
        material.items.push_back(item(i, 2, minutes, arm));
    }
    const auto assessment = assess(material, {}, kinds, today);
    CHECK(assessment.experiment == "x");
    const auto& handling = figure(assessment, "handling_mean");
    CHECK(handling.all->n == 40);
    CHECK(handling.with_ai->value == doctest::Approx(8));
    CHECK(handling.without_ai->value == doctest::Approx(12));
    CHECK(handling.difference->value == doctest::Approx(-4));
    CHECK(*handling.difference->high < 0);
    CHECK(figure(assessment, "handling_median").difference->value == doctest::Approx(-4));
    CHECK(figure(assessment, "accepted_share").all->n ==
          40);  // where there was no draft, none can be accepted
    CHECK(std::ranges::count_if(handling.series, [](const Point& point) { return !point.with_ai; }) == 1);
}

TEST_CASE("a baseline is compared by Welch, and a later price holds from its day") {
    Material material;
    for (int i = 0; i < 12; ++i)
        material.items.push_back(item(i, 2, 8 + i % 3));
    material.baselines.push_back(
        {.kind = "answer", .figure = "handling_mean", .n = 40, .mean = 15, .deviation = 3});
    const auto assessment = assess(material, {}, kinds, today);
    CHECK(figure(assessment, "handling_mean").baseline->value == 15);
    CHECK(figure(assessment, "handling_mean").since_baseline->value == doctest::Approx(-6));
    const std::vector<FactorValue> given{{Factor::hourly_wage, 300, parse_date("2026-01-01").value(), "a"},
                                         {Factor::hourly_wage, 320, parse_date("2026-04-01").value(), "b"}};
    CHECK(value_on(given, Factor::hourly_wage, parse_date("2025-12-31").value()) == doctest::Approx(356));
    CHECK(value_on(given, Factor::hourly_wage, parse_date("2026-03-31").value()) == 300);
    CHECK(value_on(given, Factor::hourly_wage, parse_date("2026-04-01").value()) == 320);
    CHECK_FALSE(check({Factor::power_usage, 0.5, today, "prov"}).has_value());
    CHECK_FALSE(check({Factor::power_usage, std::nan(""), today, "prov"}).has_value());
    CHECK_FALSE(check({Factor::power_usage, 1.2, today, " "}).has_value());
}

TEST_CASE("well-being is an index that anybody can compute by hand, hidden below five") {
    Material material;
    const auto week = week_of(today) - 3;
    for (int i = 0; i < 5; ++i) {
        CHECK_FALSE(figure(assess(material, {}, kinds, today), "wellbeing_index").all.has_value());
        material.wellbeing.push_back({week, {4, 4, 3, 5, 4}});
        material.wellbeing_tickets.push_back({"p" + std::to_string(i), week});
    }
    CHECK(figure(assess(material, {}, kinds, today), "wellbeing_index").all->value == doctest::Approx(75));
    material.wellbeing_tickets.pop_back();  // whose it was is known no more: it may be one of the others'
    CHECK(figure(assess(material, {}, kinds, today), "wellbeing_index").all.has_value());
    material.wellbeing_tickets.pop_back();
    CHECK_FALSE(figure(assess(material, {}, kinds, today), "wellbeing_index").all.has_value());
}

TEST_CASE("satisfaction is of as many people as have answered, not as many answers") {
    Material material;
    for (int i = 0; i < 8; ++i) {
        material.items.push_back(item(i, 2, 5));
        material.items.back().owner = access::UserId(i < 4 ? "one" : "o" + std::to_string(i));
        material.answers.push_back(
            {"answer", "", desk::Arm::none, Respondent::asker, week_of(today) - 2, 4 + i % 2});
        material.tickets.push_back({material.items.back().id, Respondent::asker, week_of(today) - 2});
    }
    const auto assessment = assess(material, {}, kinds, today);
    CHECK(figure(assessment, "satisfaction_asker").all->value == doctest::Approx(4.5));
    CHECK(figure(assessment, "satisfied_asker_share").all->value == 1);
    for (auto& one : material.items)
        one.owner = access::UserId("one");
    CHECK_FALSE(figure(assess(material, {}, kinds, today), "satisfaction_asker").all.has_value());
}

TEST_CASE("what becomes known of a decision later changes no week that has been told of") {
    Material material;
    for (int i = 0; i < 6; ++i)
        material.items.push_back(item(i, 5, 10));
    const auto before = assess(material, {}, kinds, today);
    CHECK_FALSE(figure(before, "second_look_share").all.has_value());
    for (auto& one : material.items) {
        one.second_opinion = {true, at(2)};
        material.tickets.push_back({one.id, Respondent::decider, week_of(today) - 2});
    }
    const auto after = assess(material, {}, kinds, today);
    const auto& looks = figure(after, "second_look_share");
    REQUIRE(looks.series.size() == 1);
    CHECK(looks.series.front().from == monday_of(week_of(today) - 2));
    CHECK(figure(after, "response_share").all->value == 0);
    for (auto& ticket : material.tickets)
        ticket.week = week_of(today) - 5;
    CHECK(figure(assess(material, {}, kinds, today), "response_share").all->value == 1);
}

TEST_CASE("a fall of five points a month is told as drift") {
    Material material;
    int number = 0;
    for (int week = 1; week <= 12; ++week) {
        for (int i = 0; i < 400; ++i) {
            material.items.push_back(item(number++, week, 5));
            const double share = 0.2 + 0.05 * (12 - week) * 7 * 12 / 365.25;
            if (i < share * 400) material.items.back().outcome = desk::Outcome::edited;
        }
    }
    const auto drift = *figure(assess(material, {}, kinds, today), "drift").all;
    CHECK(drift.value == doctest::Approx(5).epsilon(0.05));
    CHECK(*drift.low > 0);
}

TEST_CASE("a queue that is in balance keeps Little's law") {
    Material material;
    int number = 0;
    for (int week = 1; week <= 30; ++week) {
        for (int i = 0; i < 12; ++i) {
            auto one = item(number++, week, 5);
            // Handed in around the clock, decided three weeks later.
            one.submitted = at(week + 3, 14 * i);
            one.created = *one.submitted;
            one.decided = at(week, 14 * i);
            material.items.push_back(std::move(one));
        }
    }
    // Those that still wait.
    for (int week = 1; week <= 3; ++week) {
        for (int i = 0; i < 12; ++i) {
            auto one = item(number++, week, 0);
            one.submitted = at(week, 14 * i);
            one.decided.reset();
            one.outcome.reset();
            material.items.push_back(std::move(one));
        }
    }
    const auto assessment = assess(material, {}, kinds, today);
    CHECK(figure(assessment, "little").all->value == doctest::Approx(1).epsilon(0.1));
    CHECK(figure(assessment, "backlog").all->value == 36);
}

TEST_CASE("the same question gets the same answer") {
    CHECK(rc::check("for any material", [] {
        const auto material = some_material();
        RC_ASSERT(json::write(assess(material, {}, kinds, today)) ==
                  json::write(assess(material, {}, kinds, today)));
    }));
}
