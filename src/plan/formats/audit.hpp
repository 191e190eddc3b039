#pragma once

#include <optional>
#include <vector>

#include "plan/formats/written_plan.hpp"

namespace kansli::plan::formats {

// What a plan is worth, found out without anything that the search uses.
struct Audit {
    bool feasible = false;
    double cost = 0;
    std::size_t vehicles = 0;
    double distance = 0;
    double duration = 0;
    std::optional<double> claimed_cost{};
    std::vector<std::string> unplanned{};
    std::vector<Fault> broken{};  // the rules that it breaks, and where
};
KANSLI_DESCRIBE(Audit, feasible, cost, vehicles, distance, duration, claimed_cost, unplanned, broken)

// Goes through a plan stop by stop. Ids that do not exist, visits made twice, loads, windows, shifts and claims that do not hold
// are told; nothing of the plan is taken on trust.
[[nodiscard]] Audit audit(const Instance& instance, const ReadPlan& plan);

}  // namespace kansli::plan::formats
