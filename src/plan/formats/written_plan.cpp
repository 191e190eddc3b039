#include "plan/formats/written_plan.hpp"

#include "json/binder.hpp"

namespace kansli::plan::formats {

namespace {

struct Driver {
    std::string vehicle{};
};
KANSLI_DESCRIBE(Driver, vehicle)

struct PlanFile {
    std::vector<std::vector<std::string>> routes{};
    std::vector<Driver> schedule{};
    std::optional<double> cost{};
};
KANSLI_DESCRIBE(PlanFile, routes, schedule, cost)

}  // namespace

WrittenPlan written(const Instance& instance, const routing::Solution& solution) {
    WrittenPlan plan{.feasible = solution.feasible() && instance.faults.empty(),
                     .cost = instance.told_cost(solution.cost()),
                     .vehicles = solution.routes().size(),
                     .faults = instance.faults};
    for (const routing::Route& route : solution.routes()) {
        plan.schedule.push_back(timetable_of(instance, route));
        auto& ids = plan.routes.emplace_back();
        for (const TimetableVisit& visit : plan.schedule.back().visits)
            ids.push_back(visit.id);
    }
    for (std::size_t i = 0; i < instance.visit_ids.size(); ++i) {
        const auto node = static_cast<routing::Node>(i) + instance.problem.first_visit();
        if (solution.before(node) == routing::Solution::no_node)
            plan.unplanned.push_back(instance.visit_ids[i]);
    }
    return plan;
}

Result<ReadPlan> read_plan(std::string_view text) {
    const auto file = TRY(json::read<PlanFile>(text, {.unknown = json::ReadOptions::Unknown::ignore}));
    ReadPlan plan{file.routes, {}, file.cost};
    if (file.schedule.empty()) return plan;
    if (file.schedule.size() != file.routes.size())
        return fail(ErrorCode::invalid_input, "Planen har inte lika många tidtabeller som rutter.",
                    "/schedule", "Skriv en för varje rutt, eller ingen.");
    for (const Driver& driver : file.schedule)
        plan.vehicles.push_back(driver.vehicle);
    return plan;
}

}  // namespace kansli::plan::formats
