#include "measures/detail/telling.hpp"

#include <algorithm>
#include <utility>

#include "measures/week.hpp"
#include "statistics/bootstrap.hpp"

namespace kansli::measures::detail {

namespace {

// A fixed seed: whoever computes a figure again gets the same one.
constexpr std::uint64_t bootstrap_seed = 20261130;

std::int64_t hits_in(const std::vector<double>& values) {
    return std::ranges::count_if(values, [](double value) { return value > 0.5; });
}

std::int64_t size_of(const std::vector<double>& values) {
    return static_cast<std::int64_t>(values.size());
}

std::optional<statistics::Estimate> estimate(Statistic statistic, const std::vector<double>& values) {
    switch (statistic) {
        case Statistic::mean:
            return statistics::mean(values);
        case Statistic::median:
            return statistics::median(values);
        case Statistic::share:
            return statistics::share(hits_in(values), size_of(values));
        case Statistic::rate:
        case Statistic::slope:
        case Statistic::plain:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<statistics::Estimate> difference(Statistic statistic, const std::vector<double>& with_ai,
                                               const std::vector<double>& without_ai) {
    if (statistic == Statistic::mean)
        return statistics::mean_difference(statistics::summary_of(with_ai),
                                           statistics::summary_of(without_ai));
    if (statistic == Statistic::median)
        return statistics::median_difference(with_ai, without_ai, bootstrap_seed);
    if (statistic == Statistic::share)
        return statistics::share_difference(hits_in(with_ai), size_of(with_ai), hits_in(without_ai),
                                            size_of(without_ai));
    return std::nullopt;
}

}  // namespace

std::optional<std::int32_t> Told::first() const {
    if (blocks.empty()) return std::nullopt;
    return std::ranges::min(blocks, {}, &ToldBlock::first).first;
}

std::optional<std::int32_t> Told::last() const {
    if (blocks.empty()) return std::nullopt;
    return std::ranges::max(blocks, {}, &ToldBlock::last).last;
}

Teller::Teller(const Material& material, const Query& query, desk::Kinds kinds, Date today)
    : material_(material), query_(query), kinds_(kinds), today_(today), last_closed_(week_of(today) - 1) {
    if (query.experiment) {
        experiment_ = *query.experiment;
        return;
    }
    const auto newest = std::ranges::find_if(
        material.experiments, [&](const Experiment& one) { return wants(one.kind) && one.start <= today; });
    if (newest != material.experiments.end()) experiment_ = newest->id.str();
}

bool Teller::wants(std::string_view kind) const {
    if (query_.kind && *query_.kind != kind) return false;
    if (!query_.service) return true;
    const auto* known = desk::find_kind(kinds_, kind);
    return known != nullptr && known->service == *query_.service;
}

Gathered Teller::decided(const ValueOf& value) const {
    Gathered gathered;
    for (const auto& item : material_.items) {
        if (!item.decided || !wants(item.kind)) continue;
        const auto found = value(item);
        if (!found) continue;
        gathered[{item.kind, item.assignment.experiment, item.assignment.arm}].push_back(
            {.period = week_of(*item.decided), .value = *found, .people = people_of(item)});
    }
    return gathered;
}

Told Teller::told(const Gathered& gathered) {
    Told told;
    for (const auto& [group, observations] : gathered) {
        std::size_t in_blocks = 0;
        for (const auto& block : statistics::blocks_of(observations, last_closed_)) {
            in_blocks += block.members.size();
            if (query_.from && monday_of(block.first) < *query_.from) continue;
            if (query_.to && sunday_of(block.last) > *query_.to) continue;
            ToldBlock one{
                .with_ai = group.arm != desk::Arm::without_ai, .first = block.first, .last = block.last};
            for (const auto member : block.members)
                one.values.push_back(observations[member].value);
            const bool compared = !experiment_.empty() && group.experiment == experiment_;
            const auto add = [&](std::vector<double>& to) {
                to.insert(to.end(), one.values.begin(), one.values.end());
            };
            if (one.with_ai) add(told.all);
            if (compared && group.arm == desk::Arm::with_ai) add(told.with_ai);
            if (compared && group.arm == desk::Arm::without_ai) add(told.without_ai);
            first_ = std::min(first_.value_or(block.first), block.first);
            last_ = std::max(last_.value_or(block.last), block.last);
            if (one.with_ai || compared) told.blocks.push_back(std::move(one));
        }
        waits_ = waits_ || in_blocks < observations.size();
    }
    std::ranges::stable_sort(told.blocks, {},
                             [](const ToldBlock& one) { return std::pair(one.first, !one.with_ai); });
    return told;
}

std::optional<statistics::Summary> Teller::baseline(const std::string& figure) const {
    for (const auto& one : material_.baselines) {
        if (one.figure == figure && wants(one.kind))
            return statistics::Summary{one.n, one.mean, one.deviation};
    }
    return std::nullopt;
}

Figure Teller::figure(std::string name, Unit unit, Statistic statistic, const Told& told) const {
    Figure figure{.name = std::move(name), .unit = unit, .statistic = statistic};
    figure.all = shown(statistic, told.all);
    figure.with_ai = shown(statistic, told.with_ai);
    figure.without_ai = shown(statistic, told.without_ai);
    figure.difference = shown(difference(statistic, told.with_ai, told.without_ai));
    if (const auto before = statistic == Statistic::mean ? baseline(figure.name) : std::nullopt) {
        figure.baseline = shown(statistics::mean(*before));
        figure.since_baseline = shown(statistics::mean_difference(statistics::summary_of(told.all), *before));
    }
    for (const auto& block : told.blocks) {
        if (const auto value = shown(statistic, block.values))
            figure.series.push_back({block.with_ai, monday_of(block.first), sunday_of(block.last), *value});
    }
    return figure;
}

std::optional<Shown> shown(const std::optional<statistics::Estimate>& estimate) {
    if (!estimate) return std::nullopt;
    return Shown{estimate->value, estimate->low, estimate->high, estimate->n};
}

std::optional<Shown> shown(Statistic statistic, const std::vector<double>& values) {
    return shown(estimate(statistic, values));
}

Figure plain(std::string name, Unit unit, std::optional<double> value, std::int64_t n) {
    Figure figure{.name = std::move(name), .unit = unit};
    if (value) figure.all = Shown{.value = *value, .n = n};
    return figure;
}

std::vector<std::string> people_of(const desk::Handled& item) {
    return item.reviewers.empty() ? std::vector<std::string>{item.owner.str()} : item.reviewers;
}

bool is_timed(const desk::Handled& item) {
    return !item.batch && item.seconds > 0;
}

bool with_engine(const desk::Handled& item) {
    return item.assignment.arm != desk::Arm::without_ai;
}

double machine_watt_hours(const Teller& teller, const desk::Handled& item) {
    const auto day = day_in_sweden(item.created);
    const double seconds = (item.cpu_milliseconds > 0 ? item.cpu_milliseconds : item.milliseconds) / 1000;
    const double joules = item.joules.value_or(seconds * teller.factor(Factor::watts_per_core, day));
    return joules / 3600 * teller.factor(Factor::power_usage, day);
}

double person_watt_hours(const Teller& teller, const desk::Handled& item) {
    return item.seconds / 3600 * teller.factor(Factor::workstation_watts, day_in_sweden(item.created));
}

}  // namespace kansli::measures::detail
