#include "plan/routing/problem.hpp"

#include <utility>

#include "core/check.hpp"

namespace kansli::plan::routing {

namespace {

TimeSegment within(const TimeWindow& one, const TimeWindow& other) {
    return {.earliest = std::max(one.opens, other.opens), .latest = std::min(one.closes, other.closes)};
}

}  // namespace

Problem::Problem(Description description) : given_(std::move(description)) {
    CHECK_INVARIANT(!given_.depots.empty() && !given_.vehicle_types.empty() && !given_.profiles.empty());
    const std::size_t count = given_.depots.size() + given_.visits.size();
    for (const VehicleType& type : given_.vehicle_types) {
        CHECK_INVARIANT(type.capacity.size() == dimensions() && type.profile < given_.profiles.size());
        CHECK_INVARIANT(type.start < given_.depots.size() && type.end < given_.depots.size());
    }
    for (const TravelMatrix& matrix : given_.profiles)
        CHECK_INVARIANT(matrix.nodes() == count);
    times_.resize(count);
    loads_.resize(count * dimensions());
    for (std::size_t i = 0; i < given_.visits.size(); ++i) {
        const Visit& visit = given_.visits[i];
        CHECK_INVARIANT(visit.load.size() == dimensions());
        const std::size_t node = given_.depots.size() + i;
        times_[node] = {visit.service, 0, visit.window.opens, visit.window.closes, visit.release};
        std::ranges::copy(visit.load, loads_.begin() + static_cast<std::ptrdiff_t>(node * dimensions()));
    }
}

Problem Problem::with_vehicles(std::size_t most) const {
    CHECK_INVARIANT(given_.vehicle_types.size() == 1);
    Problem fewer = *this;
    fewer.given_.vehicle_types[0].available = std::min(most, given_.vehicle_types[0].available);
    return fewer;
}

Position Problem::position(Node node) const {
    return node < first_visit() ? given_.depots[static_cast<std::size_t>(node)].position
                                : visit(node).position;
}

TimeSegment Problem::start_of(std::size_t type) const {
    return within(given_.depots[vehicle_type(type).start].window, vehicle_type(type).shift);
}

TimeSegment Problem::end_of(std::size_t type) const {
    return within(given_.depots[vehicle_type(type).end].window, vehicle_type(type).shift);
}

}  // namespace kansli::plan::routing
