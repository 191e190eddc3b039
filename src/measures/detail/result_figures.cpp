// Errors, throughput, integration, sustainability: what comes of the work.
#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "measures/detail/telling.hpp"
#include "measures/week.hpp"

namespace kansli::measures::detail {

namespace {

constexpr double working_days_a_week = 5;

double weight_of(desk::Severity severity) {
    return severity == desk::Severity::minor ? 1 : severity == desk::Severity::major ? 3 : 10;
}

double yes(bool value) {
    return value ? 1 : 0;
}

// A count of items in the working days of the weeks that are told of.
std::optional<Shown> rate_of(std::size_t count, std::int32_t first, std::int32_t last) {
    if (count == 0) return std::nullopt;
    return shown(
        statistics::rate(static_cast<std::int64_t>(count), working_days_a_week * (last - first + 1)));
}

// How many items lay undecided when a week began.
double waiting_on(const Teller& teller, std::int32_t week) {
    const Timestamp monday = std::chrono::sys_days(monday_of(week));
    double waiting = 0;
    for (const auto& item : teller.material().items) {
        if (!teller.wants(item.kind) || !item.submitted || *item.submitted >= monday) continue;
        waiting += yes(!item.decided || *item.decided >= monday);
    }
    return waiting;
}

double mean_waiting(const Teller& teller, const Told& told) {
    double sum = 0;
    for (auto week = *told.first(); week <= *told.last() + 1; ++week)
        sum += waiting_on(teller, week);
    return sum / (*told.last() - *told.first() + 2);
}

// Little's law: what lies waiting is what comes through a day times the days it waits. Far from 1, something is wrong with the figures.
std::optional<double> little(const Teller& teller, const Told& decided, const Told& hours) {
    if (!decided.first() || hours.all.empty()) return std::nullopt;
    const double days = 7.0 * (*decided.last() - *decided.first() + 1);
    const double through =
        static_cast<double>(hours.all.size()) / days * statistics::summary_of(hours.all).mean / 24;
    return through > 0 ? std::optional(mean_waiting(teller, decided) / through) : std::nullopt;
}

Gathered deliveries(const Teller& teller, const std::function<double(const desk::Handled::Sent&)>& value) {
    Gathered gathered;
    for (const auto& item : teller.material().items) {
        if (!teller.wants(item.kind)) continue;
        for (const auto& sent : item.deliveries) {
            if (sent.state == desk::DeliveryState::ordered) continue;
            gathered[{item.kind, item.assignment.experiment, item.assignment.arm}].push_back(
                {.period = week_of(sent.moment), .value = value(sent), .people = people_of(item)});
        }
    }
    return gathered;
}

// In the week of the second opinion: that of the decision may have been told of by then.
Gathered second_opinions(const Teller& teller) {
    Gathered gathered;
    for (const auto& item : teller.material().items) {
        if (!teller.wants(item.kind) || !item.decided || !item.second_opinion) continue;
        const auto known = std::max(*item.decided, item.second_opinion->moment);
        gathered[{item.kind, item.assignment.experiment, item.assignment.arm}].push_back(
            {.period = week_of(known), .value = yes(item.second_opinion->agrees), .people = people_of(item)});
    }
    return gathered;
}

// How much more is changed or rejected, month by month: percentage points.
Figure drift(const Told& changed) {
    std::vector<std::pair<double, double>> points;
    for (const auto& block : changed.blocks) {
        if (!block.with_ai) continue;
        const double months = (block.first + block.last) / 2.0 * 7 * 12 / 365.25;
        points.emplace_back(months, 100 * statistics::summary_of(block.values).mean);
    }
    Figure figure{.name = "drift", .unit = Unit::points_a_month, .statistic = Statistic::slope};
    figure.all = shown(statistics::slope(points));
    return figure;
}

std::optional<double> knowledge_age(const Teller& teller, const desk::Handled& item) {
    std::vector<double> days;
    for (const auto& version : item.sources) {
        const auto found = teller.material().imported.find(version);
        if (found == teller.material().imported.end()) continue;
        days.push_back(
            std::chrono::duration<double, std::ratio<86400>>(item.created - found->second).count());
    }
    return days.empty() ? std::nullopt : std::optional(statistics::quantile(days, 0.5));
}

}  // namespace

std::vector<Figure> error_figures(Teller& teller) {
    const auto share = [&](std::string name, const Teller::ValueOf& value) {
        return teller.figure(std::move(name), Unit::share, Statistic::share,
                             teller.told(teller.decided(value)));
    };
    const auto with_draft = [](const desk::Handled& item, double value) {
        return with_engine(item) ? std::optional(value) : std::nullopt;
    };
    auto weighted = teller.figure("weighted_errors", Unit::per_hundred, Statistic::mean,
                                  teller.told(teller.decided([](const desk::Handled& item) {
                                      double sum = 0;
                                      for (const auto severity : item.faults)
                                          sum += 100 * weight_of(severity);
                                      return sum;
                                  })));
    return {
        share("error_share", [](const desk::Handled& item) { return yes(!item.faults.empty()); }),
        std::move(weighted),
        share("accepted_share",
              [&](const desk::Handled& item) {
                  return with_draft(item, yes(item.outcome == desk::Outcome::accepted));
              }),
        share("edited_share",
              [&](const desk::Handled& item) {
                  return with_draft(item, yes(item.outcome == desk::Outcome::edited));
              }),
        share("rejected_share",
              [&](const desk::Handled& item) {
                  return with_draft(item, yes(item.outcome == desk::Outcome::rejected));
              }),
        teller.figure("edit_distance", Unit::share, Statistic::mean,
                      teller.told(teller.decided([](const desk::Handled& item) { return item.distance; }))),
        share("reopened_share", [](const desk::Handled& item) { return yes(item.reopened); }),
        teller.figure("second_look_share", Unit::share, Statistic::share,
                      teller.told(second_opinions(teller)))};
}

std::vector<Figure> throughput_figures(Teller& teller) {
    const auto decided = teller.told(teller.decided([](const desk::Handled&) { return 1.0; }));
    const auto hours = teller.told(teller.decided([](const desk::Handled& item) -> std::optional<double> {
        if (!item.submitted) return std::nullopt;
        return std::chrono::duration<double, std::ratio<3600>>(*item.decided - *item.submitted).count();
    }));
    Figure through{.name = "decided_a_day", .unit = Unit::per_day, .statistic = Statistic::rate};
    if (decided.first()) through.all = rate_of(decided.all.size(), *decided.first(), *decided.last());
    for (const auto& block : decided.blocks) {
        if (const auto rate = rate_of(block.values.size(), block.first, block.last))
            through.series.push_back({block.with_ai, monday_of(block.first), sunday_of(block.last), *rate});
    }
    std::optional<double> backlog;
    if (decided.last()) backlog = waiting_on(teller, *decided.last() + 1);
    if (backlog && *backlog < static_cast<double>(statistics::Least{}.observations)) backlog.reset();
    return {std::move(through), plain("backlog", Unit::items, backlog, 0),
            plain("little", Unit::ratio, little(teller, decided, hours),
                  static_cast<std::int64_t>(hours.all.size()))};
}

std::vector<Figure> integration_figures(Teller& teller) {
    const auto share = [&](std::string name, const std::function<double(const desk::Handled::Sent&)>& value) {
        return teller.figure(std::move(name), Unit::share, Statistic::share,
                             teller.told(deliveries(teller, value)));
    };
    const auto by = [&](std::string name, desk::Way way) {
        return share(std::move(name),
                     [way](const desk::Handled::Sent& sent) { return yes(sent.way == way); });
    };
    return {
        share("automatic_share",
              [](const desk::Handled::Sent& sent) {
                  return yes(sent.way == desk::Way::mail && sent.state == desk::DeliveryState::done);
              }),
        share("failed_share",
              [](const desk::Handled::Sent& sent) { return yes(sent.state == desk::DeliveryState::failed); }),
        by("by_mail_share", desk::Way::mail), by("by_file_share", desk::Way::file),
        by("by_hand_share", desk::Way::by_hand)};
}

std::vector<Figure> sustainability_figures(Teller& teller) {
    const auto changed = teller.told(teller.decided([](const desk::Handled& item) {
        return with_engine(item) ? std::optional(yes(item.outcome != desk::Outcome::accepted)) : std::nullopt;
    }));
    const auto age =
        teller.told(teller.decided([&](const desk::Handled& item) { return knowledge_age(teller, item); }));
    const auto own = teller.told(teller.decided([](const desk::Handled& item) {
        return with_engine(item) ? std::optional(yes(item.model.starts_with("kansli-"))) : std::nullopt;
    }));
    std::optional<double> maintenance;
    const double hours = teller.factor(Factor::admin_hours_month);
    if (hours > 0 && changed.first()) {
        const double months = 7.0 * (*changed.last() - *changed.first() + 1) * 12 / 365;
        maintenance =
            hours * months * 1000 / static_cast<double>(std::max<std::size_t>(1, changed.all.size()));
    }
    const double training = teller.factor(Factor::training_hours_month);
    return {drift(changed), teller.figure("knowledge_age", Unit::days, Statistic::median, age),
            teller.figure("own_engine_share", Unit::share, Statistic::share, own),
            plain("maintenance", Unit::hours_a_thousand, maintenance,
                  static_cast<std::int64_t>(changed.all.size())),
            plain("training", Unit::hours_a_month, training > 0 ? std::optional(training) : std::nullopt, 0)};
}

}  // namespace kansli::measures::detail
