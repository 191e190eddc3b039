#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plan/formats/instance.hpp"

namespace kansli::plan::formats {

// More visits than this are too many for one day and one matrix.
inline constexpr std::size_t most_nodes = 6000;

// Cost is counted in this part of a unit of distance, so that the search can ask less for a unit of time than for one of
// distance.
inline constexpr std::int64_t fineness = 10;

// So many legs of all profiles together are half a gigabyte; and each vehicle that may be of use is a route in memory.
inline constexpr std::size_t most_legs = std::size_t{1} << 26U;
inline constexpr std::size_t most_vehicles = 20'000;

// Fails when so many profiles of so many nodes are too many.
[[nodiscard]] Result<void> require_room(std::size_t profiles, std::size_t nodes);

// What a reader has understood of a file, before it is known whether each visit can be made at all.
struct Draft {
    std::string name{};
    routing::Description description{};
    std::vector<std::string> visit_ids{};
    std::vector<std::string> vehicle_ids{};
    std::vector<std::string> wheres{};  // the row of each visit
    double cost_unit = 1;
    double time_unit = 1;
    bool fewest_vehicles = false;
    std::vector<Fault> faults{};
};

// Leaves out, with a fault each, the visits that no vehicle could make even if it had nothing else to do.
[[nodiscard]] Result<Instance> finish(Draft draft);

// How a distance in the plane becomes a whole number.
enum class Rounding : std::uint8_t {
    tenths_down,    // the tenths of it, the rest cut off: the DIMACS rule
    nearest_whole,  // CVRPLIB
    thousandths,    // the nearest thousandth
    fine,  // as fine as numbers allow; durations are rounded up, so that what fits also fits without rounding
};

// One matrix of the straight distances, which are also the durations, in units of which it gives the number.
// invalid_input when the places lie too far apart.
struct Plane {
    routing::TravelMatrix matrix;
    double unit;
};
[[nodiscard]] Result<Plane> plane_of(const std::vector<routing::Position>& positions, Rounding rounding);

// A quantity of the file in units of the problem.
[[nodiscard]] std::int64_t in_units(double quantity, double unit);

}  // namespace kansli::plan::formats
