#include "plan/formats/care_draft.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace kansli::plan::formats {

namespace {

// Whether the tasks can be done by carers that differ.
bool can_be_shared(const std::vector<CareDraft::Task>& tasks) {
    if (std::ranges::any_of(tasks, [](const CareDraft::Task& task) { return task.task.able.empty(); }))
        return false;
    if (tasks.size() < 2) return true;
    const auto& one = tasks[0].task.able;
    const auto& other = tasks[1].task.able;
    return one.size() > 1 || other.size() > 1 || one[0] != other[0];
}

// Whether both tasks can begin within their windows.
bool windows_meet(const CareDraft::Visit& visit) {
    if (visit.tasks.size() < 2) return true;
    const homecare::TimeWindow& first = visit.tasks[0].task.window;
    const homecare::TimeWindow& second = visit.tasks[1].task.window;
    return first.opens + visit.least_gap <= second.closes && second.opens - visit.most_gap <= first.closes;
}

std::optional<Fault> fault_in(const CareDraft::Visit& visit, bool late_is_allowed) {
    for (const CareDraft::Task& task : visit.tasks) {
        if (task.task.window.closes < task.task.window.opens)
            return Fault{visit.where, "Tidsfönstret stänger innan det öppnar.", "Byt plats på tiderna."};
    }
    if (!can_be_shared(visit.tasks))
        return Fault{visit.where, "Ingen kan utföra besöket, eller inte två som det behöver.",
                     "Ändra vad besöket kräver, eller vad någon kan."};
    if (visit.least_gap > visit.most_gap)
        return Fault{visit.where, "Det minsta avståndet mellan insatserna är större än det största.",
                     "Byt plats på talen."};
    if (!late_is_allowed && !windows_meet(visit))
        return Fault{visit.where, "De två insatsernas tidsfönster går inte ihop.",
                     "Flytta det ena tidsfönstret."};
    return std::nullopt;
}

// Which carer does which task is told by id and service, so no two tasks may have both in common.
bool is_new(std::set<std::pair<std::string, std::string>>& seen, const CareDraft::Visit& visit) {
    std::set<std::pair<std::string, std::string>> own;
    for (const CareDraft::Task& task : visit.tasks) {
        if (seen.contains({task.id, task.service}) || !own.emplace(task.id, task.service).second)
            return false;
    }
    seen.merge(own);
    return true;
}

}  // namespace

Result<CareInstance> finish(CareDraft draft) {
    if (draft.carer_ids.empty())
        return fail(ErrorCode::invalid_input, "Filen har ingen personal.", {}, "Lägg till minst en person.");
    std::vector<std::string> ids;
    std::vector<std::string> services;
    std::set<std::pair<std::string, std::string>> seen;
    for (CareDraft::Visit& visit : draft.visits) {
        if (auto fault = fault_in(visit, draft.day.late_is_allowed)) {
            draft.faults.push_back(*std::move(fault));
            continue;
        }
        if (!is_new(seen, visit)) {
            draft.faults.push_back({visit.where, "Ett annat besök har samma id.", "Ge besöket ett eget id."});
            continue;
        }
        homecare::Visit kept{.least_gap = visit.least_gap, .most_gap = visit.most_gap};
        for (std::size_t i = 0; i < visit.tasks.size(); ++i) {
            (i == 0 ? kept.first : kept.second) = static_cast<homecare::Index>(draft.day.tasks.size());
            ids.push_back(std::move(visit.tasks[i].id));
            services.push_back(std::move(visit.tasks[i].service));
            draft.day.tasks.push_back(std::move(visit.tasks[i].task));
        }
        draft.day.visits.push_back(kept);
    }
    return CareInstance{.name = std::move(draft.name),
                        .problem = homecare::Problem(std::move(draft.day)),
                        .task_ids = std::move(ids),
                        .services = std::move(services),
                        .carer_ids = std::move(draft.carer_ids),
                        .time_unit = draft.time_unit,
                        .cost_unit = draft.cost_unit,
                        .faults = std::move(draft.faults)};
}

Result<CareInstance> read_care_instance(std::string_view text, Format format) {
    return format == Format::bredstrom ? read_bredstrom(text) : read_mankowska(text);
}

}  // namespace kansli::plan::formats
