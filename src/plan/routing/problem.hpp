#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "plan/routing/time_segment.hpp"

// A day of visits to be driven: what is given, and what every part of the search looks up all the time.
//
// Numbers are whole, in units that whoever makes the problem chooses (seconds and metres, or tenths of a unit): so that
// two ways to add up a route always agree, and equal plans have equal cost.
namespace kansli::plan::routing {

using Cost = std::int64_t;
using Distance = std::int64_t;
using Load = std::int64_t;

// A depot or a visit. Depots come first, then visits, each in the order given.
using Node = std::int32_t;

struct TimeWindow {
    Time opens = 0;
    Time closes = never;

    friend bool operator==(const TimeWindow&, const TimeWindow&) = default;
};

// Where a node lies on a map. Only the order in which a crossover looks at routes depends on it.
struct Position {
    double x = 0;
    double y = 0;
};

// Where routes start or end: an office, a garage, somebody's home.
struct Depot {
    Position position{};
    TimeWindow window{};
};

struct Visit {
    Position position{};
    std::vector<Load> load{};  // one a dimension of the problem
    Time service = 0;
    TimeWindow window{};  // for the beginning of the service
    Time release = 0;     // no route that makes the visit may start earlier
    bool required = true;
    Cost prize = 0;  // what it costs to leave an optional visit out
};

struct VehicleType {
    std::size_t available = 1;
    std::vector<Load> capacity{};  // one a dimension of the problem
    std::size_t start = 0;         // numbers of depots
    std::size_t end = 0;
    TimeWindow shift{};
    Time longest = never;  // from start to end
    Cost fixed = 0;        // when it is used at all
    Cost per_distance = 1;
    Cost per_duration = 0;
    std::size_t profile = 0;  // number of its travel matrix

    friend bool operator==(const VehicleType&, const VehicleType&) = default;
};

// A way from one node to another.
struct Leg {
    std::int32_t distance = 0;
    std::int32_t duration = 0;

    friend bool operator==(const Leg&, const Leg&) = default;
};

// There is no way: a plan that takes it is no plan that can be carried out.
inline constexpr std::int32_t no_way = std::int32_t{1} << 30;

// Every way from node to node for one kind of travel. Need be neither symmetric nor keep the triangle inequality.
class TravelMatrix {
  public:
    explicit TravelMatrix(std::size_t nodes) : nodes_(nodes), legs_(nodes * nodes) {}
    [[nodiscard]] const Leg& at(Node from, Node to) const { return legs_[index(from, to)]; }
    [[nodiscard]] Leg& at(Node from, Node to) { return legs_[index(from, to)]; }
    [[nodiscard]] std::size_t nodes() const { return nodes_; }

  private:
    [[nodiscard]] std::size_t index(Node from, Node to) const {
        return static_cast<std::size_t>(from) * nodes_ + static_cast<std::size_t>(to);
    }

    std::size_t nodes_;
    std::vector<Leg> legs_;
};

// All that is given. `profiles[i]` is square over all depots and visits.
struct Description {
    std::vector<Depot> depots{};
    std::vector<Visit> visits{};
    std::vector<VehicleType> vehicle_types{};
    std::vector<TravelMatrix> profiles{};
};

// Immutable, so any number of threads may read it.
class Problem {
  public:
    // Requires: at least one depot, vehicle type and profile; numbers of depots and profiles that exist; loads and
    // capacities of the same number of dimensions; nothing negative but a distance's or duration's lack.
    explicit Problem(Description description);

    // The same day with no more than so many vehicles. Requires: there is one type of them.
    [[nodiscard]] Problem with_vehicles(std::size_t most) const;

    [[nodiscard]] const std::vector<Depot>& depots() const { return given_.depots; }
    [[nodiscard]] const std::vector<Visit>& visits() const { return given_.visits; }
    [[nodiscard]] const std::vector<VehicleType>& vehicle_types() const { return given_.vehicle_types; }
    [[nodiscard]] const VehicleType& vehicle_type(std::size_t type) const {
        return given_.vehicle_types[type];
    }
    [[nodiscard]] const TravelMatrix& travel(std::size_t profile) const { return given_.profiles[profile]; }
    [[nodiscard]] const TravelMatrix& travel_of(std::size_t type) const {
        return given_.profiles[given_.vehicle_types[type].profile];
    }
    [[nodiscard]] std::size_t profiles() const { return given_.profiles.size(); }
    [[nodiscard]] std::size_t dimensions() const { return given_.vehicle_types[0].capacity.size(); }

    [[nodiscard]] Node nodes() const {
        return static_cast<Node>(given_.depots.size() + given_.visits.size());
    }
    [[nodiscard]] Node first_visit() const { return static_cast<Node>(given_.depots.size()); }
    [[nodiscard]] const Visit& visit(Node node) const {
        return given_.visits[static_cast<std::size_t>(node) - given_.depots.size()];
    }
    [[nodiscard]] Position position(Node node) const;

    // The visit alone, as a piece of a route.
    [[nodiscard]] const TimeSegment& time_of(Node node) const {
        return times_[static_cast<std::size_t>(node)];
    }
    [[nodiscard]] Load load_of(Node node, std::size_t dimension) const {
        return loads_[static_cast<std::size_t>(node) * dimensions() + dimension];
    }
    // The first and the last stop of a vehicle: what the depot's and its shift's windows have in common.
    [[nodiscard]] TimeSegment start_of(std::size_t type) const;
    [[nodiscard]] TimeSegment end_of(std::size_t type) const;

  private:
    Description given_;
    std::vector<TimeSegment> times_;  // by node
    std::vector<Load> loads_;         // by node and dimension
};

}  // namespace kansli::plan::routing
