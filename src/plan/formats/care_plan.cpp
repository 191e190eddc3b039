#include "plan/formats/care_plan.hpp"

#include <fmt/format.h>

#include "json/binder.hpp"

namespace kansli::plan::formats {

namespace {

struct StopRow {
    std::string id{};
    std::optional<std::string> service{};
    std::optional<double> begins{};
};
KANSLI_DESCRIBE(StopRow, id, service, begins)

struct TimetableRow {
    std::optional<std::string> vehicle{};
    std::vector<StopRow> visits{};
};
KANSLI_DESCRIBE(TimetableRow, vehicle, visits)

struct CarePlanFile {
    std::vector<std::vector<std::string>> routes{};
    std::vector<TimetableRow> schedule{};
    std::optional<double> cost{};
};
KANSLI_DESCRIBE(CarePlanFile, routes, schedule, cost)

CareStop stop_of(const CareInstance& instance, const homecare::Evaluation& evaluation, homecare::Index task) {
    const homecare::Time ends = evaluation.begins[task] + instance.problem.tasks()[task].service;
    const std::string& service = instance.services[task];
    return {instance.task_ids[task], service.empty() ? std::nullopt : std::optional(service),
            instance.told_time(evaluation.arrives[task]), instance.told_time(evaluation.begins[task]),
            instance.told_time(ends)};
}

bool tells_the_same(const std::vector<std::string>& route, const std::vector<StopRow>& stops) {
    if (route.size() != stops.size()) return false;
    for (std::size_t i = 0; i < route.size(); ++i) {
        if (route[i] != stops[i].id) return false;
    }
    return true;
}

}  // namespace

WrittenCarePlan written(const CareInstance& instance, const homecare::Plan& plan) {
    const homecare::Problem& problem = instance.problem;
    const homecare::Evaluation evaluation = homecare::evaluate(problem, plan);
    WrittenCarePlan told{
        .feasible = homecare::broken(problem, evaluation) == 0 && instance.faults.empty(),
        .cost = instance.told_cost(homecare::cost(problem, evaluation)),
        .travel = instance.told_time(evaluation.travel),
        .lateness = instance.told_time(evaluation.lateness),
        .worst_lateness = instance.told_time(evaluation.worst_lateness),
        .faults = instance.faults,
    };
    const auto routes = homecare::routes(problem, plan);
    for (std::size_t carer = 0; carer < routes.size(); ++carer) {
        auto& ids = told.routes.emplace_back();
        CareTimetable& table = told.schedule.emplace_back();
        table.vehicle = instance.carer_ids[carer];
        table.starts = instance.told_time(problem.carers()[carer].shift.opens);
        table.ends = instance.told_time(evaluation.returns[carer]);
        for (const homecare::Index task : routes[carer]) {
            table.visits.push_back(stop_of(instance, evaluation, task));
            ids.push_back(table.visits.back().id);
        }
        if (!ids.empty()) {
            ++told.vehicles;
            // Nobody leaves earlier than they must.
            CareStop& first = table.visits.front();
            table.starts += first.begins - first.arrives;
            first.arrives = first.begins;
        }
    }
    return told;
}

Result<ReadCarePlan> read_care_plan(std::string_view text) {
    auto file = TRY(json::read<CarePlanFile>(text, {.unknown = json::ReadOptions::Unknown::ignore}));
    ReadCarePlan plan{.cost = file.cost};
    if (file.schedule.empty()) {
        for (std::vector<std::string>& ids : file.routes) {
            ReadCareRoute& route = plan.routes.emplace_back();
            for (std::string& id : ids)
                route.stops.push_back({.id = std::move(id)});
        }
        return plan;
    }
    for (std::size_t i = 0; i < file.schedule.size(); ++i) {
        TimetableRow& table = file.schedule[i];
        if (!file.routes.empty() &&
            (file.routes.size() != file.schedule.size() || !tells_the_same(file.routes[i], table.visits)))
            return fail(ErrorCode::invalid_input, "Tidtabellen säger inte detsamma som rutten.",
                        fmt::format("/schedule/{}", i),
                        "Skriv en tidtabell för varje rutt, med samma besök.");
        ReadCareRoute& route = plan.routes.emplace_back();
        route.carer = std::move(table.vehicle);
        for (StopRow& stop : table.visits)
            route.stops.push_back({std::move(stop.id), std::move(stop.service), stop.begins});
    }
    return plan;
}

}  // namespace kansli::plan::formats
