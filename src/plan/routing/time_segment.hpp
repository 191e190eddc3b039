#pragma once

#include <algorithm>
#include <cstdint>

// How long a piece of a route takes, and how badly it misses its time windows, without walking along it.
//
// Source: Vidal, Crainic, Gendreau, Prins, "A hybrid genetic algorithm with adaptive diversity management for a large class
// of vehicle routing problems with time-windows", Computers & Operations Research 40 (2013), section 4.3, and Nagata,
// Bräysy, Dullaert, "A penalty-based edge assembly memetic algorithm for the vehicle routing problem with time windows",
// Computers & Operations Research 37 (2010), for the idea: whoever comes too late travels back in time ("time warp")
// to the end of the window and pays for it, so that one late visit does not spoil all that come after it. Six
// numbers tell of a piece all that its surroundings need, and those of two pieces give those of their joining in
// constant time.
namespace kansli::plan::routing {

using Time = std::int64_t;

// Later than everything, and still far from where sums overflow.
inline constexpr Time never = Time{1} << 50;

struct TimeSegment {
    Time duration = 0;    // from the first start to the last end, waiting included, at its least
    Time time_warp = 0;   // how far it must go back in time, at its least
    Time earliest = 0;    // the first of the starts that have both at their least
    Time latest = never;  // the last of them
    Time release = 0;     // the route may not start earlier
};

// One piece after the other, `travel` apart.
[[nodiscard]] inline TimeSegment joined(const TimeSegment& first, const TimeSegment& second, Time travel) {
    const Time until = first.duration - first.time_warp + travel;  // from the first's start to the second's
    const Time wait = std::max<Time>(second.earliest - until - first.latest, 0);
    const Time warp = std::max<Time>(first.earliest + until - second.latest, 0);
    return {first.duration + second.duration + travel + wait, first.time_warp + second.time_warp + warp,
            std::max(second.earliest - until, first.earliest) - wait,
            std::min(second.latest - until, first.latest) + warp, std::max(first.release, second.release)};
}

// The time warp of a whole route: also what it starts before the last release, and what it is longer than `longest`.
[[nodiscard]] inline Time time_warp_of(const TimeSegment& route, Time longest) {
    return route.time_warp + std::max<Time>(route.release - route.latest, 0) +
           std::max<Time>(route.duration - route.time_warp - longest, 0);
}

}  // namespace kansli::plan::routing
