#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "plan/routing/solution.hpp"

namespace kansli::plan::routing {

// A route while a local search changes it: its stops, and what is known of every piece that begins at its start or ends
// at its end. Position 0 is the depot where it starts, size() + 1 the one where it ends.
class WorkingRoute {
  public:
    WorkingRoute(const Problem& problem, std::size_t vehicle_type);

    // Takes other visits, without depots. Linear in their number.
    void assign(const std::vector<Node>& visits, const Penalties& penalties);

    [[nodiscard]] std::size_t vehicle_type() const { return type_; }
    [[nodiscard]] const VehicleType& vehicle() const { return problem_->vehicle_type(type_); }
    [[nodiscard]] const TravelMatrix& travel() const { return problem_->travel_of(type_); }
    [[nodiscard]] int size() const { return static_cast<int>(stops_.size()) - 2; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] int end() const { return size() + 1; }
    [[nodiscard]] Node operator[](int position) const { return stops_[index(position)].node; }

    [[nodiscard]] const TimeSegment& at(int position) const { return stops_[index(position)].at; }
    [[nodiscard]] const TimeSegment& until(int position) const { return stops_[index(position)].until; }
    [[nodiscard]] const TimeSegment& from(int position) const { return stops_[index(position)].from; }
    [[nodiscard]] Distance distance(int first, int last) const {
        return stops_[index(last)].travelled - stops_[index(first)].travelled;
    }
    // What the stops from first to last need.
    [[nodiscard]] Load load(int first, int last, std::size_t dimension) const {
        const Load before = first == 0 ? 0 : loaded_[index(first - 1) * problem_->dimensions() + dimension];
        return loaded_[index(last) * problem_->dimensions() + dimension] - before;
    }

    // The whole cost with penalties, and the part that excess load has in it.
    [[nodiscard]] Cost load_cost() const { return load_cost_; }
    [[nodiscard]] Cost cost() const { return distance_cost_ + time_cost_ + load_cost_; }

    // When it was last changed, counted in changes of the plan.
    std::int64_t changed = 0;

  private:
    struct Stop {
        Node node = 0;
        TimeSegment at{};     // alone
        TimeSegment until{};  // from the start to here
        TimeSegment from{};   // from here to the end
        Distance travelled = 0;
    };

    static std::size_t index(int position) { return static_cast<std::size_t>(position); }
    void update_segments();
    void update_costs(const Penalties& penalties);

    const Problem* problem_;
    std::size_t type_;
    std::vector<Stop> stops_;
    std::vector<Load> loaded_;  // by position and dimension: what the stops up to here need
    Cost distance_cost_ = 0;
    Cost time_cost_ = 0;
    Cost load_cost_ = 0;
};

// What excess load costs.
[[nodiscard]] inline Cost cost_of_load(Load load, const VehicleType& vehicle, std::size_t dimension,
                                       const Penalties& penalties) {
    return penalties.load[dimension] * std::max<Load>(load - vehicle.capacity[dimension], 0);
}

// What the duration and the time warp of a whole route cost.
[[nodiscard]] inline Cost cost_of_time(const TimeSegment& route, const VehicleType& vehicle, const Penalties& penalties) {
    return vehicle.per_duration * route.duration + penalties.time_warp * time_warp_of(route, vehicle.longest);
}

}  // namespace kansli::plan::routing
