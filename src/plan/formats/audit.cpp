#include "plan/formats/audit.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace kansli::plan::formats {

namespace {

using routing::Node;

// Costs that differ by less than this are the same cost, rounded.
constexpr double tolerance = 1e-3;

class Auditor {
  public:
    Auditor(const Instance& instance, const ReadPlan& plan) : instance_(instance), plan_(plan) {
        for (std::size_t i = 0; i < instance.visit_ids.size(); ++i)
            nodes_[instance.visit_ids[i]] = static_cast<Node>(i) + instance.problem.first_visit();
    }

    Audit run() {
        audit_.claimed_cost = plan_.cost;
        for (std::size_t i = 0; i < plan_.routes.size(); ++i)
            add_route(i);
        for (std::size_t type = 0; type < instance_.vehicle_ids.size(); ++type) {
            if (used_[type] > instance_.problem.vehicle_type(type).available)
                note(fmt::format("fordon {}", instance_.vehicle_ids[type]),
                     "Fler fordon används än det finns.", "Slå ihop rutter, eller lägg till fordon.");
        }
        add_left_out();
        finish_cost();
        audit_.feasible = audit_.broken.empty();
        return std::move(audit_);
    }

  private:
    void note(std::string where, std::string message, std::string cure) {
        audit_.broken.push_back({std::move(where), std::move(message), std::move(cure)});
    }

    // The vehicle type of a route: what the plan says, or the only one that there is.
    std::size_t type_of(std::size_t index, const std::string& where) {
        const auto& known = instance_.vehicle_ids;
        if (plan_.vehicles.empty()) {
            if (known.size() > 1)
                note(where, "Planen säger inte vilket fordon som kör.",
                     "Ange vehicle för varje rutt i schedule.");
            return 0;
        }
        const auto found = std::ranges::find(known, plan_.vehicles[index]);
        if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
        note(where, fmt::format("Fordonet ”{}” finns inte.", plan_.vehicles[index]),
             "Ange ett fordon som finns.");
        return 0;
    }

    void add_route(std::size_t index) {
        if (plan_.routes[index].empty()) return;
        const auto where = fmt::format("rutt {}", index + 1);
        routing::Route route{type_of(index, where), {}};
        for (const std::string& id : plan_.routes[index]) {
            const auto node = nodes_.find(id);
            if (node == nodes_.end()) {
                note(where, fmt::format("Besöket ”{}” finns inte.", id), "Ta bort det ur rutten.");
            } else if (++made_[node->second] > 1) {
                note(where, fmt::format("Besöket ”{}” görs två gånger.", id), "Ta bort det ena.");
            } else {
                route.visits.push_back(node->second);
            }
        }
        ++audit_.vehicles;
        ++used_[route.vehicle_type];
        check_loads(route, where);
        check_times(route, where);
        add_distance(route, where);
    }

    void check_loads(const routing::Route& route, const std::string& where) {
        const auto& capacity = instance_.problem.vehicle_type(route.vehicle_type).capacity;
        for (std::size_t dimension = 0; dimension < capacity.size(); ++dimension) {
            std::int64_t load = 0;
            for (const Node node : route.visits)
                load += instance_.problem.visit(node).load[dimension];
            if (load > capacity[dimension])
                note(where, fmt::format("Lasten är {} av {} möjliga.", load, capacity[dimension]),
                     "Flytta besök till en annan rutt.");
        }
    }

    void check_times(const routing::Route& route, const std::string& where) {
        const routing::VehicleType& type = instance_.problem.vehicle_type(route.vehicle_type);
        const Walk walk = walk_along(instance_.problem, route);
        const auto told = [&](routing::Time time) { return static_cast<double>(time) / instance_.time_unit; };
        for (std::size_t i = 0; i < route.visits.size(); ++i) {
            const routing::Visit& visit = instance_.problem.visit(route.visits[i]);
            if (walk.begins[i] > visit.window.closes)
                note(where,
                     fmt::format("Besöket ”{}” börjar {} för sent.", id_of(route.visits[i]),
                                 told(walk.begins[i] - visit.window.closes)),
                     "Gör det tidigare i rutten, eller i en annan.");
        }
        const auto& depots = instance_.problem.depots();
        if (walk.starts > std::min(depots[type.start].window.closes, type.shift.closes))
            note(where, "Rutten kan inte börja innan passet är slut.", "Ta bort besök som släpps sent.");
        const auto closes = std::min(depots[type.end].window.closes, type.shift.closes);
        if (walk.ends > closes)
            note(where, fmt::format("Rutten slutar {} för sent.", told(walk.ends - closes)),
                 "Flytta besök till en annan rutt.");
        const auto duration = walk.ends - walk.starts;
        if (duration > type.longest)
            note(where, fmt::format("Rutten är {} för lång.", told(duration - type.longest)),
                 "Flytta besök till en annan rutt.");
        audit_.duration += told(duration);
        cost_ += type.fixed + type.per_duration * duration;
    }

    void add_distance(const routing::Route& route, const std::string& where) {
        const routing::VehicleType& type = instance_.problem.vehicle_type(route.vehicle_type);
        const routing::TravelMatrix& travel = instance_.problem.travel_of(route.vehicle_type);
        std::vector<Node> stops{static_cast<Node>(type.start)};
        stops.insert(stops.end(), route.visits.begin(), route.visits.end());
        stops.push_back(static_cast<Node>(type.end));
        std::int64_t distance = 0;
        for (std::size_t i = 1; i < stops.size(); ++i) {
            const routing::Leg& leg = travel.at(stops[i - 1], stops[i]);
            if (leg.distance >= routing::no_way || leg.duration >= routing::no_way)
                note(where, "Fordonet kan inte ta sig till alla sina besök.",
                     "Flytta dem till ett annat fordon.");
            distance += leg.distance;
        }
        audit_.distance += static_cast<double>(distance) / instance_.time_unit;
        cost_ += type.per_distance * distance;
    }

    void add_left_out() {
        for (const auto& [id, node] : nodes_) {
            if (made_.contains(node)) continue;
            audit_.unplanned.push_back(id);
            cost_ += instance_.problem.visit(node).prize;
            if (instance_.problem.visit(node).required)
                note(fmt::format("besök {}", id), "Besöket finns inte i någon rutt.",
                     "Lägg in det i en rutt.");
        }
    }

    void finish_cost() {
        audit_.cost = instance_.told_cost(cost_);
        if (audit_.claimed_cost && !(std::abs(*audit_.claimed_cost - audit_.cost) <= tolerance))
            note("kostnad", fmt::format("Planen säger {}, men kostar {}.", *audit_.claimed_cost, audit_.cost),
                 "Räkna om kostnaden.");
    }

    const std::string& id_of(Node node) const {
        return instance_.visit_ids[static_cast<std::size_t>(node - instance_.problem.first_visit())];
    }

    const Instance& instance_;
    const ReadPlan& plan_;
    Audit audit_;
    std::map<std::string, Node> nodes_;
    std::map<Node, int> made_;
    std::map<std::size_t, std::size_t> used_;
    routing::Cost cost_ = 0;
};

}  // namespace

Audit audit(const Instance& instance, const ReadPlan& plan) {
    return Auditor(instance, plan).run();
}

}  // namespace kansli::plan::formats
