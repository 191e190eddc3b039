#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "plan/formats/draft.hpp"

namespace kansli::plan::formats {

namespace {

using routing::Description;
using routing::Node;

// Why a vehicle cannot make a visit even if it has nothing else to do; nothing when it can. The last of these reasons is
// the nearest to a plan.
enum class Reason : std::uint8_t { no_way, too_heavy, too_late, no_return, too_long };

std::optional<Reason> hindrance(const Description& day, std::size_t index, const routing::VehicleType& type) {
    const routing::Visit& visit = day.visits[index];
    const auto& travel = day.profiles[type.profile];
    const auto node = static_cast<Node>(day.depots.size() + index);
    const auto& out = travel.at(static_cast<Node>(type.start), node);
    const auto& back = travel.at(node, static_cast<Node>(type.end));
    if (std::max({out.distance, out.duration, back.distance, back.duration}) >= routing::no_way)
        return Reason::no_way;
    for (std::size_t dimension = 0; dimension < visit.load.size(); ++dimension) {
        if (visit.load[dimension] > type.capacity[dimension]) return Reason::too_heavy;
    }
    const auto start = std::max({day.depots[type.start].window.opens, type.shift.opens, visit.release});
    const auto begin = std::max(start + out.duration, visit.window.opens);
    if (begin > visit.window.closes ||
        start > std::min(day.depots[type.start].window.closes, type.shift.closes))
        return Reason::too_late;
    const auto end = begin + visit.service + back.duration;
    if (end > std::min(day.depots[type.end].window.closes, type.shift.closes)) return Reason::no_return;
    if (out.duration + visit.service + back.duration > type.longest) return Reason::too_long;
    return std::nullopt;
}

Fault told(Reason reason, std::string where) {
    switch (reason) {
        case Reason::no_way:
            return {std::move(where), "Ingen kan ta sig dit och tillbaka.",
                    "Kontrollera platsen och restiderna."};
        case Reason::too_heavy:
            return {std::move(where), "Besöket kräver mer än något fordon rymmer.",
                    "Dela upp besöket, eller lägg till ett större fordon."};
        case Reason::too_late:
            return {std::move(where), "Ingen hinner dit innan tidsfönstret stänger.",
                    "Flytta tidsfönstret, eller låt någon börja tidigare."};
        case Reason::no_return:
            return {std::move(where), "Ingen hinner tillbaka innan passet är slut.",
                    "Flytta tidsfönstret, eller låt någon sluta senare."};
        case Reason::too_long:
            break;
    }
    return {std::move(where), "Resan och besöket är längre än ett pass får vara.",
            "Korta besöket, eller tillåt längre pass."};
}

std::optional<Fault> fault_of(const Draft& draft, std::size_t index) {
    const routing::Visit& visit = draft.description.visits[index];
    if (visit.window.closes < visit.window.opens)
        return Fault{draft.wheres[index], "Tidsfönstret stänger innan det öppnar.", "Byt plats på tiderna."};
    std::optional<Reason> nearest;
    for (const routing::VehicleType& type : draft.description.vehicle_types) {
        const auto reason = hindrance(draft.description, index, type);
        if (!reason) return std::nullopt;
        nearest = std::max(nearest, reason);
    }
    return told(nearest.value_or(Reason::no_way), draft.wheres[index]);
}

// Fails when a vehicle has no time at all.
Result<void> require_shifts(const Description& day) {
    const auto is_empty = [](const routing::TimeWindow& depot, const routing::TimeWindow& shift) {
        return std::min(depot.closes, shift.closes) < std::max(depot.opens, shift.opens);
    };
    for (const routing::VehicleType& type : day.vehicle_types) {
        if (is_empty(day.depots[type.start].window, type.shift) ||
            is_empty(day.depots[type.end].window, type.shift))
            return fail(ErrorCode::invalid_input,
                        "Ett pass slutar innan det börjar, eller ligger när depån är stängd.", {},
                        "Kontrollera passens och depåernas tider.");
    }
    return {};
}

Result<void> require_few_vehicles(const Description& day) {
    std::size_t useful = 0;
    for (const routing::VehicleType& type : day.vehicle_types)
        useful += std::min(type.available, day.visits.size());
    if (useful <= most_vehicles) return {};
    return fail(ErrorCode::too_large, "Filen har för många fordon.", {}, "Dela upp dagen i områden.");
}

// The matrix of those nodes alone.
routing::TravelMatrix of_nodes(const routing::TravelMatrix& matrix, const std::vector<Node>& kept) {
    routing::TravelMatrix small(kept.size());
    for (std::size_t from = 0; from < kept.size(); ++from) {
        for (std::size_t to = 0; to < kept.size(); ++to)
            small.at(static_cast<Node>(from), static_cast<Node>(to)) = matrix.at(kept[from], kept[to]);
    }
    return small;
}

void keep_only(Draft& draft, const std::vector<std::size_t>& visits) {
    Description& day = draft.description;
    std::vector<Node> nodes;
    for (std::size_t depot = 0; depot < day.depots.size(); ++depot)
        nodes.push_back(static_cast<Node>(depot));
    std::vector<routing::Visit> kept;
    std::vector<std::string> ids;
    for (const std::size_t index : visits) {
        nodes.push_back(static_cast<Node>(day.depots.size() + index));
        kept.push_back(std::move(day.visits[index]));
        ids.push_back(std::move(draft.visit_ids[index]));
    }
    day.visits = std::move(kept);
    draft.visit_ids = std::move(ids);
    for (routing::TravelMatrix& matrix : day.profiles)
        matrix = of_nodes(matrix, nodes);
}

}  // namespace

Result<void> require_room(std::size_t profiles, std::size_t nodes) {
    if (nodes <= most_nodes && profiles <= most_legs / std::max<std::size_t>(nodes * nodes, 1)) return {};
    return fail(ErrorCode::too_large, "Filen har för många besök eller färdsätt.", {},
                "Dela upp dagen i områden.");
}

Result<Instance> finish(Draft draft) {
    TRY(require_shifts(draft.description));
    TRY(require_few_vehicles(draft.description));
    std::set<std::string> seen;
    std::vector<std::size_t> kept;
    for (std::size_t index = 0; index < draft.description.visits.size(); ++index) {
        if (!seen.insert(draft.visit_ids[index]).second) {
            draft.faults.push_back(
                {draft.wheres[index], "Ett annat besök har samma id.", "Ge besöket ett eget id."});
        } else if (auto fault = fault_of(draft, index)) {
            draft.faults.push_back(*std::move(fault));
        } else {
            kept.push_back(index);
        }
    }
    if (kept.size() < draft.description.visits.size()) keep_only(draft, kept);
    return Instance{.name = std::move(draft.name),
                    .problem = routing::Problem(std::move(draft.description)),
                    .visit_ids = std::move(draft.visit_ids),
                    .vehicle_ids = std::move(draft.vehicle_ids),
                    .cost_unit = draft.cost_unit,
                    .time_unit = draft.time_unit,
                    .fewest_vehicles = draft.fewest_vehicles,
                    .faults = std::move(draft.faults)};
}

}  // namespace kansli::plan::formats
