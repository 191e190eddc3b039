#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "core/time.hpp"
#include "desk/handled.hpp"
#include "desk/kind.hpp"
#include "json/describe.hpp"
#include "measures/experiment.hpp"
#include "measures/factors.hpp"
#include "measures/survey.hpp"

namespace kansli::measures {

using BaselineId = Id<struct BaselineTag>;

// What was measured by hand before anything was prepared by an engine.
struct Baseline {
    BaselineId id{};
    std::string kind{};
    std::string figure{};  // the name of a figure that is a mean: "handling_mean"
    std::int64_t n = 0;
    double mean = 0;       // in the figure's unit
    double deviation = 0;  // standard deviation, with n − 1
    Date start{};          // when it was measured
    Date end{};
    std::string source{};  // how, by whom, where the notes are
};
KANSLI_DESCRIBE(Baseline, id, kind, figure, n, mean, deviation, start, end, source)

// Everything that figures are computed from.
struct Material {
    std::vector<desk::Handled> items{};
    std::vector<SatisfactionAnswer> answers{};
    std::vector<SatisfactionTicket> tickets{};
    std::vector<WellbeingAnswer> wellbeing{};
    std::vector<WellbeingTicket> wellbeing_tickets{};
    std::vector<Experiment> experiments{};  // newest first
    std::vector<FactorValue> factors{};
    std::vector<Baseline> baselines{};
    std::map<std::string, Timestamp> imported{};  // versions of documents
};

// What is asked for. Weeks that lie partly outside the days are not counted.
struct Query {
    std::optional<std::string> kind{};
    std::optional<std::string> service{};
    std::optional<Date> from{};
    std::optional<Date> to{};
    std::optional<std::string> experiment{};  // whose arms are compared; none: the newest of the kinds
};

}  // namespace kansli::measures
