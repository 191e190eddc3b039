#include "measures/assess.hpp"

#include <array>
#include <utility>

#include "measures/detail/telling.hpp"
#include "measures/week.hpp"

namespace kansli::measures {

namespace {

using Answering = std::vector<Figure> (*)(detail::Teller&);

constexpr std::array<std::pair<Question, Answering>, 9> questions{{
    {Question::time, detail::time_figures},
    {Question::environment, detail::environment_figures},
    {Question::wellbeing, detail::wellbeing_figures},
    {Question::cost, detail::cost_figures},
    {Question::errors, detail::error_figures},
    {Question::satisfaction, detail::satisfaction_figures},
    {Question::throughput, detail::throughput_figures},
    {Question::integration, detail::integration_figures},
    {Question::sustainability, detail::sustainability_figures},
}};

}  // namespace

const std::vector<std::string>& baseline_figures() {
    static const std::vector<std::string> names{"handling_mean",      "direct_cost",
                                                "satisfaction_asker", "satisfaction_decider",
                                                "wellbeing_index",    "weighted_errors"};
    return names;
}

Assessment assess(const Material& material, const Query& query, desk::Kinds kinds, Date today) {
    detail::Teller teller(material, query, kinds, today);
    Assessment assessment{.experiment = teller.experiment()};
    for (const auto& [question, answer] : questions)
        assessment.questions.push_back({question, answer(teller)});
    if (const auto first = teller.first()) assessment.from = monday_of(*first);
    if (const auto last = teller.last()) assessment.to = sunday_of(*last);
    assessment.waiting = teller.something_waits();
    return assessment;
}

}  // namespace kansli::measures
