#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/formats/timetable.hpp"

namespace kansli::plan::formats {

// A plan as `kansli plan routes --json` writes it.
struct WrittenPlan {
    bool feasible = false;
    double cost = 0;
    std::size_t vehicles = 0;
    std::vector<std::vector<std::string>> routes{};
    std::vector<Timetable> schedule{};
    std::vector<std::string> unplanned{};  // optional visits that were not worth it
    std::vector<Fault> faults{};           // of the instance
    double seconds = 0;
    std::vector<std::vector<double>> improvements{};  // second, cost
};
KANSLI_DESCRIBE(WrittenPlan, feasible, cost, vehicles, routes, schedule, unplanned, faults, seconds,
                improvements)

// All but how it came about.
[[nodiscard]] WrittenPlan written(const Instance& instance, const routing::Solution& solution);

// What a plan's file says that was made here or elsewhere: routes of ids, and perhaps what it costs and which vehicle drives.
struct ReadPlan {
    std::vector<std::vector<std::string>> routes{};
    std::vector<std::string> vehicles{};  // one a route; empty when the file does not say
    std::optional<double> cost{};
};

// JSON with at least `routes`; `schedule/N/vehicle` says who drives.
[[nodiscard]] Result<ReadPlan> read_plan(std::string_view text);

}  // namespace kansli::plan::formats
