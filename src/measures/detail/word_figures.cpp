// Well-being and satisfaction: what people say.
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

#include "measures/detail/telling.hpp"
#include "measures/week.hpp"

namespace kansli::measures::detail {

namespace {

constexpr int day_begins = 7;
constexpr int day_ends = 18;

// Who has answered in a group and week, one for each answer: which answer is whose is kept nowhere, and their number is all that counts.
using AnswerCell = std::tuple<std::string, std::string, desk::Arm, Respondent, std::int32_t>;
using PeopleOfCell = std::map<AnswerCell, std::vector<std::string>>;

// An answer whose item is gone counts as one unknown person's.
constexpr std::string_view unknown_person = "?";

PeopleOfCell people_behind(const Material& material) {
    std::map<std::string, const desk::Handled*> items;
    for (const auto& item : material.items)
        items[item.id.str()] = &item;
    PeopleOfCell people;
    for (const auto& ticket : material.tickets) {
        const auto found = items.find(ticket.item.str());
        if (found == items.end()) continue;
        const auto& item = *found->second;
        const bool decider = ticket.respondent == Respondent::decider && !item.reviewers.empty();
        people[{item.kind, item.assignment.experiment, item.assignment.arm, ticket.respondent, ticket.week}]
            .push_back(decider ? item.reviewers.back() : item.owner.str());
    }
    return people;
}

Gathered satisfaction_of(const Teller& teller, Respondent respondent) {
    auto people = people_behind(teller.material());
    Gathered gathered;
    for (const auto& answer : teller.material().answers) {
        if (answer.respondent != respondent || !teller.wants(answer.kind)) continue;
        auto& left = people[{answer.kind, answer.experiment, answer.arm, respondent, answer.week}];
        std::string person(unknown_person);
        if (!left.empty()) {
            person = std::move(left.back());
            left.pop_back();
        }
        gathered[{answer.kind, answer.experiment, answer.arm}].push_back(
            {.period = answer.week,
             .value = static_cast<double>(answer.score),
             .people = {std::move(person)}});
    }
    return gathered;
}

Gathered satisfied(Gathered gathered) {
    for (auto& [group, observations] : gathered) {
        for (auto& one : observations)
            one.value = one.value >= 4 ? 1 : 0;
    }
    return gathered;
}

Gathered wellbeing_of(const Teller& teller) {
    std::map<std::int32_t, std::vector<std::string>> people;
    for (const auto& ticket : teller.material().wellbeing_tickets)
        people[ticket.week].push_back(ticket.person);
    Gathered gathered;
    for (const auto& answer : teller.material().wellbeing) {
        auto& left = people[answer.week];
        std::string person(unknown_person);
        if (!left.empty()) {
            person = std::move(left.back());
            left.pop_back();
        }
        double sum = 0;
        for (const int score : answer.scores)
            sum += score;
        const double index = (sum / static_cast<double>(answer.scores.size()) - 1) * 25;
        gathered[{}].push_back({.period = answer.week, .value = index, .people = {std::move(person)}});
    }
    return gathered;
}

}  // namespace

std::vector<Figure> wellbeing_figures(Teller& teller) {
    const auto outside = teller.told(teller.decided([](const desk::Handled& item) {
        const int hour = hour_in_sweden(*item.decided);
        return hour < day_begins || hour >= day_ends ? 1.0 : 0.0;
    }));
    return {teller.figure("wellbeing_index", Unit::index, Statistic::mean, teller.told(wellbeing_of(teller))),
            teller.figure("outside_share", Unit::share, Statistic::share, outside)};
}

std::vector<Figure> satisfaction_figures(Teller& teller) {
    const auto askers = satisfaction_of(teller, Respondent::asker);
    const auto deciders = satisfaction_of(teller, Respondent::decider);
    std::map<std::string, std::int32_t> answered;
    for (const auto& ticket : teller.material().tickets) {
        if (ticket.respondent == Respondent::decider) answered.emplace(ticket.item.str(), ticket.week);
    }
    // An answer that comes later changes nothing of a week that may have been told of.
    const auto responses = teller.decided([&](const desk::Handled& item) {
        const auto found = answered.find(item.id.str());
        return found != answered.end() && found->second <= week_of(*item.decided) ? 1.0 : 0.0;
    });
    return {
        teller.figure("satisfaction_asker", Unit::score, Statistic::mean, teller.told(askers)),
        teller.figure("satisfaction_decider", Unit::score, Statistic::mean, teller.told(deciders)),
        teller.figure("satisfied_asker_share", Unit::share, Statistic::share, teller.told(satisfied(askers))),
        teller.figure("satisfied_decider_share", Unit::share, Statistic::share,
                      teller.told(satisfied(deciders))),
        teller.figure("response_share", Unit::share, Statistic::share, teller.told(responses))};
}

}  // namespace kansli::measures::detail
