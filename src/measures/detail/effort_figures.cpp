// Time, environment, cost: what the work takes.
#include <algorithm>
#include <chrono>
#include <utility>

#include "measures/detail/telling.hpp"
#include "measures/week.hpp"

namespace kansli::measures::detail {

namespace {

constexpr std::size_t enough_for_tail = 20;

double hours_between(Timestamp from, Timestamp to) {
    return std::chrono::duration<double, std::ratio<3600>>(to - from).count();
}

Teller::ValueOf timed(std::function<double(const desk::Handled&)> value) {
    return [value = std::move(value)](const desk::Handled& item) {
        return is_timed(item) ? std::optional(value(item)) : std::nullopt;
    };
}

// The value below which nine of ten lie. Among few it would be one item's own.
Figure tail(const Told& handling) {
    auto figure = plain("handling_p90", Unit::minutes, std::nullopt, 0);
    const auto of = [](const std::vector<double>& values) -> std::optional<Shown> {
        if (values.size() < enough_for_tail) return std::nullopt;
        return Shown{.value = statistics::quantile(values, 0.9),
                     .n = static_cast<std::int64_t>(values.size())};
    };
    figure.all = of(handling.all);
    figure.with_ai = of(handling.with_ai);
    figure.without_ai = of(handling.without_ai);
    return figure;
}

double kronor_of(const Teller& teller, const desk::Handled& item) {
    const auto day = day_in_sweden(*item.decided);
    const double machine = with_engine(item) ? machine_watt_hours(teller, item) : 0;
    const double kilowatt_hours = (machine + person_watt_hours(teller, item)) / 1000;
    return item.seconds / 3600 * teller.factor(Factor::hourly_wage, day) +
           kilowatt_hours * teller.factor(Factor::electricity_price, day);
}

double indirect_a_year(const Teller& teller) {
    const double hours =
        12 * (teller.factor(Factor::admin_hours_month) + teller.factor(Factor::training_hours_month));
    return teller.factor(Factor::machine_year_cost) + teller.factor(Factor::licence_year_cost) +
           hours * teller.factor(Factor::hourly_wage);
}

std::optional<double> covered_days(const Told& told) {
    if (!told.first()) return std::nullopt;
    return 7.0 * (*told.last() - *told.first() + 1);
}

// How many months the investment takes to come back: what an item costs less, as often as items come in a month. Where that cannot be
// computed it says what is missing.
Figure payback(const Teller& teller, const Figure& direct, double indirect, double items_a_month,
               std::int64_t n) {
    auto figure = plain("payback", Unit::months, std::nullopt, n);
    const double investment = teller.factor(Factor::investment);
    const auto& less = direct.difference ? direct.difference : direct.since_baseline;
    if (investment <= 0) figure.lacks.push_back(Lack::investment);
    if (items_a_month <= 0) figure.lacks.push_back(Lack::items);
    if (!less) figure.lacks.push_back(Lack::comparison);
    if (!figure.lacks.empty()) return figure;
    const double saved = -less->value - indirect;
    if (saved > 0) return plain("payback", Unit::months, investment / (saved * items_a_month), n);
    figure.lacks.push_back(Lack::saving);
    return figure;
}

}  // namespace

std::vector<Figure> time_figures(Teller& teller) {
    const auto handling =
        teller.told(teller.decided(timed([](const desk::Handled& item) { return item.seconds / 60; })));
    const auto waiting = teller.told(teller.decided([](const desk::Handled& item) {
        return item.submitted ? std::optional(hours_between(*item.submitted, *item.decided)) : std::nullopt;
    }));
    const auto lead = teller.told(
        teller.decided([](const desk::Handled& item) { return hours_between(item.created, *item.decided); }));
    return {teller.figure("handling_median", Unit::minutes, Statistic::median, handling),
            teller.figure("handling_mean", Unit::minutes, Statistic::mean, handling), tail(handling),
            teller.figure("waiting_median", Unit::hours, Statistic::median, waiting),
            teller.figure("lead_median", Unit::hours, Statistic::median, lead)};
}

std::vector<Figure> environment_figures(Teller& teller) {
    // Of the same items as the handling time, so that the two can be set side by side.
    const auto machine = teller.told(teller.decided(timed([&](const desk::Handled& item) {
        return with_engine(item) ? machine_watt_hours(teller, item) : 0;
    })));
    const auto person = teller.told(
        teller.decided(timed([&](const desk::Handled& item) { return person_watt_hours(teller, item); })));
    const auto climate = teller.told(teller.decided(timed([&](const desk::Handled& item) {
        const double machine_part = with_engine(item) ? machine_watt_hours(teller, item) : 0;
        return (machine_part + person_watt_hours(teller, item)) / 1000 *
               teller.factor(Factor::grid_intensity, day_in_sweden(*item.decided));
    })));
    std::vector<Figure> figures{teller.figure("machine_energy", Unit::watt_hours, Statistic::mean, machine),
                                teller.figure("person_energy", Unit::watt_hours, Statistic::mean, person),
                                teller.figure("climate", Unit::grams, Statistic::mean, climate)};
    const double idle = teller.factor(Factor::idle_watts) * teller.factor(Factor::power_usage) * 24 / 1000;
    figures.push_back(
        plain("idle_energy", Unit::kilowatt_hours_a_day, idle > 0 ? std::optional(idle) : std::nullopt, 0));
    const bool metered = std::ranges::all_of(teller.material().items, [](const desk::Handled& item) {
        return !item.decided || !with_engine(item) || item.joules.has_value();
    });
    for (auto& figure : figures)
        figure.estimated = figure.name != "machine_energy" || !metered;
    return figures;
}

std::vector<Figure> cost_figures(Teller& teller) {
    const auto told = teller.told(
        teller.decided(timed([&](const desk::Handled& item) { return kronor_of(teller, item); })));
    const auto decided = teller.told(
        teller.decided([](const desk::Handled& item) { return item.faults.empty() ? 1.0 : 0.0; }));
    auto direct = teller.figure("direct_cost", Unit::kronor, Statistic::mean, told);
    const auto n = static_cast<std::int64_t>(decided.all.size());
    std::optional<double> indirect;
    double items_a_month = 0;
    if (const auto days = covered_days(decided); days && n > 0) {
        indirect = indirect_a_year(teller) * *days / 365 / static_cast<double>(n);
        items_a_month = static_cast<double>(n) / *days * 365 / 12;
    }
    const auto right = statistics::mean(decided.all);
    std::optional<double> per_correct;
    if (direct.all && right && right->value > 0)
        per_correct = (direct.all->value + indirect.value_or(0)) / right->value;
    std::vector<Figure> figures{direct, plain("indirect_cost", Unit::kronor, indirect, n),
                                plain("cost_per_correct", Unit::kronor, per_correct, n),
                                payback(teller, direct, indirect.value_or(0), items_a_month, n)};
    for (auto& figure : figures)
        figure.estimated = true;
    return figures;
}

}  // namespace kansli::measures::detail
