#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan/formats/care_plan.hpp"

namespace kansli::plan::formats {

// What a plan of home care is worth, found out without anything that the search uses.
struct CareAudit {
    bool feasible = false;
    double cost = 0;
    std::size_t vehicles = 0;
    double travel = 0;
    double lateness = 0;
    double worst_lateness = 0;
    std::optional<double> claimed_cost{};
    std::vector<std::string> unplanned{};
    std::vector<Fault> broken{};  // the rules that it breaks, and where
};
KANSLI_DESCRIBE(CareAudit, feasible, cost, vehicles, travel, lateness, worst_lateness, claimed_cost,
                unplanned, broken)

// Goes through a plan stop by stop. Where it says when each task begins, those times are judged; else the earliest that can be.
// Unlike the search, it does not ask that all visits have one order: only that nobody waits in a circle.
[[nodiscard]] CareAudit audit(const CareInstance& instance, const ReadCarePlan& plan);

}  // namespace kansli::plan::formats
