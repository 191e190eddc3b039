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
    [[nodiscard]] const VehicleType& vehicle() const { return *vehicle_; }
    [[nodiscard]] const TravelMatrix& travel() const { return *travel_; }
    [[nodiscard]] int size() const { return static_cast<int>(nodes_.size()) - 2; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] int end() const { return size() + 1; }
    [[nodiscard]] Node operator[](int position) const { return nodes_[index(position)]; }

    // The stop alone, the way from the start to it, and the way from it to the end.
    [[nodiscard]] const TimeSegment& at(int position) const { return at_[index(position)]; }
    [[nodiscard]] const TimeSegment& until(int position) const { return until_[index(position)]; }
    [[nodiscard]] const TimeSegment& from(int position) const { return from_[index(position)]; }
    [[nodiscard]] Distance distance(int first, int last) const {
        return travelled_[index(last)] - travelled_[index(first)];
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
    static std::size_t index(int position) { return static_cast<std::size_t>(position); }
    void update_segments();
    void update_costs(const Penalties& penalties);

    const Problem* problem_;
    const VehicleType* vehicle_;
    const TravelMatrix* travel_;
    std::size_t type_;
    // By position. Beside each other by kind and not by stop, since most moves are refused on their distance alone.
    std::vector<Node> nodes_;
    std::vector<Distance> travelled_;
    std::vector<TimeSegment> at_;
    std::vector<TimeSegment> until_;
    std::vector<TimeSegment> from_;
    std::vector<Load> loaded_;  // and by dimension: what the stops up to here need
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
[[nodiscard]] inline Cost cost_of_time(const TimeSegment& route, const VehicleType& vehicle,
                                       const Penalties& penalties) {
    return vehicle.per_duration * route.duration + penalties.time_warp * time_warp_of(route, vehicle.longest);
}

}  // namespace kansli::plan::routing
