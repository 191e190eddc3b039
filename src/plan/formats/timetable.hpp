#pragma once

#include <string>
#include <vector>

#include "plan/formats/instance.hpp"
#include "plan/routing/solution.hpp"

namespace kansli::plan::formats {

struct TimetableVisit {
    std::string id{};
    double arrives = 0;
    double begins = 0;
    double ends = 0;

    friend bool operator==(const TimetableVisit&, const TimetableVisit&) = default;
};
KANSLI_DESCRIBE(TimetableVisit, id, arrives, begins, ends)

// When a vehicle is where, in the units of the file.
struct Timetable {
    std::string vehicle{};
    double starts = 0;
    double ends = 0;
    std::vector<TimetableVisit> visits{};

    friend bool operator==(const Timetable&, const Timetable&) = default;
};
KANSLI_DESCRIBE(Timetable, vehicle, starts, ends, visits)

// The times of a route at their plainest, stop by stop.
struct Walk {
    routing::Time starts = 0;
    std::vector<routing::Time> arrives{};  // at each visit
    std::vector<routing::Time> begins{};
    routing::Time ends = 0;
};

// Walks along a route: every visit as early as can be, from the latest start that does not delay its end. Who comes too late
// begins late. Written without anything that the search uses, so that each is a check of the other.
[[nodiscard]] Walk walk_along(const routing::Problem& problem, const routing::Route& route);

[[nodiscard]] Timetable timetable_of(const Instance& instance, const routing::Route& route);

}  // namespace kansli::plan::formats
