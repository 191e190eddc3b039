#include "measures/table.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "json/binder.hpp"
#include "measures/assess.hpp"

using namespace kansli;
using namespace kansli::measures;

TEST_CASE("every question, unit and figure has its words") {
    std::set<std::string_view> questions;
    std::set<std::string_view> units;
    std::set<std::string_view> words;
    for (const auto question : json::enum_values<Question>())
        CHECK(questions.insert(swedish(question)).second);
    for (const auto unit : json::enum_values<Unit>())
        CHECK(units.insert(swedish(unit)).second);
    for (const auto& answered : assess({}, {}, {}, parse_date("2026-06-01").value()).questions) {
        CHECK_FALSE(answered.figures.empty());
        for (const auto& figure : answered.figures) {
            CHECK_MESSAGE(swedish_figure(figure.name) != figure.name, figure.name);
            CHECK(words.insert(swedish_figure(figure.name)).second);
        }
    }
    for (const auto& name : compared_figures())
        CHECK(words.contains(swedish_figure(name)));
}

TEST_CASE("no cell is a formula, whatever is written in it") {
    CHECK(csv_text("Tid") == "Tid");
    CHECK(csv_text("=1+1") == "'=1+1");
    CHECK(csv_text("a;b\"c") == "\"a;b\"\"c\"");
    CHECK(rc::check("for any text", [](const std::string& text) {
        const auto cell = csv_text(text);
        const auto first = cell.starts_with('"') ? cell.substr(1, 1) : cell.substr(0, 1);
        const bool harmless = first.empty() || std::string("=+-@\t\r").find(first) == std::string::npos;
        RC_ASSERT(harmless);
    }));
}

TEST_CASE("numbers are written as Swedish spreadsheets read them") {
    CHECK(swedish_number(1234.5) == "1234,5");
    CHECK(swedish_number(-0.25) == "-0,25");
    CHECK(swedish_number(3) == "3");
}

TEST_CASE("a table has a row for each figure and group, as wide as its head") {
    Assessment assessment{.from = parse_date("2026-01-05").value(), .to = parse_date("2026-01-11").value()};
    Figure figure{.name = "handling_median", .unit = Unit::minutes};
    figure.all = Shown{2.5, 2.0, 3.0, 40};
    figure.difference = Shown{-1, -2, -0.5, 40};
    figure.series.push_back({true, *assessment.from, *assessment.to, *figure.all});
    assessment.questions.push_back({Question::time, {figure}});
    const auto csv = as_csv(assessment);
    CHECK(csv.find("Tid;Handläggningstid, median;Med AI;2026-01-05;2026-01-11;2,5;2;3;40;minuter;mätt\r\n") !=
          std::string::npos);
    CHECK(csv.find("Försök: skillnad") != std::string::npos);
    CHECK(std::ranges::count(csv, '\n') == 4);
    CHECK(std::ranges::count(csv, ';') == 40);
}
