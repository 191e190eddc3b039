#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/formats/care_instance.hpp"
#include "plan/homecare/plan.hpp"

namespace kansli::plan::formats {

// When a carer does a task, in the units of the file.
struct CareStop {
    std::string id{};
    std::optional<std::string> service{};
    double arrives = 0;
    double begins = 0;
    double ends = 0;
};
KANSLI_DESCRIBE(CareStop, id, service, arrives, begins, ends)

struct CareTimetable {
    std::string vehicle{};  // the carer
    double starts = 0;
    double ends = 0;
    std::vector<CareStop> visits{};
};
KANSLI_DESCRIBE(CareTimetable, vehicle, starts, ends, visits)

// A plan as `kansli plan routes --json` writes it for home care: a route and a timetable for each carer, in the order of the
// file, empty for who has nothing to do.
struct WrittenCarePlan {
    bool feasible = false;
    double cost = 0;
    std::size_t vehicles = 0;  // carers who have something to do
    double travel = 0;
    double lateness = 0;
    double worst_lateness = 0;
    std::vector<std::vector<std::string>> routes{};
    std::vector<CareTimetable> schedule{};
    std::vector<Fault> faults{};  // of the instance
    double seconds = 0;
    std::vector<std::vector<double>> improvements{};  // second, cost
};
KANSLI_DESCRIBE(WrittenCarePlan, feasible, cost, vehicles, travel, lateness, worst_lateness, routes, schedule,
                faults, seconds, improvements)

// All but how it came about.
[[nodiscard]] WrittenCarePlan written(const CareInstance& instance, const homecare::Plan& plan);

// What a file says of a plan that was made here or elsewhere.
struct ReadCareStop {
    std::string id{};
    std::optional<std::string> service{};
    std::optional<double> begins{};
};

struct ReadCareRoute {
    std::optional<std::string> carer{};  // else that of the same place in the file
    std::vector<ReadCareStop> stops{};
};

struct ReadCarePlan {
    std::vector<ReadCareRoute> routes{};
    std::optional<double> cost{};
};

// JSON with `schedule`, or with `routes` of ids alone; where both stand, they must tell the same.
[[nodiscard]] Result<ReadCarePlan> read_care_plan(std::string_view text);

}  // namespace kansli::plan::formats
