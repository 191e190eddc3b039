#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "json/describe.hpp"

// What is told of the house's work: the nine questions of Helsingborg's evaluation, each with its figures.
namespace kansli::measures {

enum class Question : std::uint8_t {
    time,
    environment,
    wellbeing,
    cost,
    errors,
    satisfaction,
    throughput,
    integration,
    sustainability
};
KANSLI_DESCRIBE_ENUM(Question, time, environment, wellbeing, cost, errors, satisfaction, throughput,
                     integration, sustainability)

enum class Unit : std::uint8_t {
    minutes,
    hours,
    days,
    watt_hours,
    kilowatt_hours_a_day,
    grams,
    index,
    share,
    kronor,
    months,
    per_hundred,
    score,
    per_day,
    items,
    ratio,
    points_a_month,
    hours_a_thousand,
    hours_a_month
};
KANSLI_DESCRIBE_ENUM(Unit, minutes, hours, days, watt_hours, kilowatt_hours_a_day, grams, index, share,
                     kronor, months, per_hundred, score, per_day, items, ratio, points_a_month,
                     hours_a_thousand, hours_a_month)

// What is told of the values, and so which interval they get: see statistics/interval.hpp.
enum class Statistic : std::uint8_t {
    mean,    // Student; a difference: Welch
    median,  // order statistics; a difference: percentile bootstrap
    share,   // Wilson; a difference: Newcombe
    rate,    // Byar
    slope,   // least squares
    plain,   // a number without an interval
};
KANSLI_DESCRIBE_ENUM(Statistic, mean, median, share, rate, slope, plain)

// A value with its 95 % interval, where it has one, from n observations.
struct Shown {
    double value = 0;
    std::optional<double> low{};
    std::optional<double> high{};
    std::int64_t n = 0;
};
KANSLI_DESCRIBE(Shown, value, low, high, n)

// A stretch of whole weeks.
struct Point {
    bool with_ai = true;
    Date from{};
    Date to{};
    Shown shown{};
};
KANSLI_DESCRIBE(Point, with_ai, from, to, shown)

// What a figure would have to be computed from, and is not there.
enum class Lack : std::uint8_t {
    investment,  // nobody has said what the introduction cost
    comparison,  // no control group, and nothing measured before, to compare the direct cost with
    items,       // too few decided to be told of
    saving,      // it is all there, but the items have not become cheaper
};
KANSLI_DESCRIBE_ENUM(Lack, investment, comparison, items, saving)

// One figure. What is absent is unknown, or about too few to be told.
struct Figure {
    std::string name{};  // "handling_median"
    Unit unit = Unit::items;
    Statistic statistic = Statistic::plain;
    bool estimated = false;                 // by a model rather than a meter
    std::optional<Shown> all{};             // everything that was handled with what engines prepare
    std::optional<Shown> with_ai{};         // of it, what an experiment drew to that
    std::optional<Shown> without_ai{};      // what the experiment drew to the control group
    std::optional<Shown> difference{};      // with less without
    std::optional<Shown> baseline{};        // what was measured before
    std::optional<Shown> since_baseline{};  // all less baseline
    std::vector<Point> series{};
    std::vector<Lack> lacks{};  // why there is no value, where that can be told
};
KANSLI_DESCRIBE(Figure, name, unit, statistic, estimated, all, with_ai, without_ai, difference, baseline,
                since_baseline, series, lacks)

struct Answered {
    Question question = Question::time;
    std::vector<Figure> figures{};
};
KANSLI_DESCRIBE(Answered, question, figures)

struct Assessment {
    std::optional<Date> from{};  // the weeks that something is told of
    std::optional<Date> to{};
    bool waiting = false;      // something that was asked for is about too few to be told yet
    std::string experiment{};  // whose arms are compared; empty: none has been
    std::vector<Answered> questions{};
};
KANSLI_DESCRIBE(Assessment, from, to, waiting, experiment, questions)

}  // namespace kansli::measures
