#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

// A day of home care: visits that take one carer or two, and carers who can do some of them.
//
// Source: Mankowska, Meisel, Bierwirth, "The home health care routing and scheduling problem with interdependent services",
// Health Care Management Science 17 (2014); with windows that may not be missed, it is the problem of Bredström, Rönnqvist,
// "Combined vehicle routing and scheduling with temporal precedence and synchronization constraints", European Journal of
// Operational Research 191 (2008).
//
// Numbers are whole, in a unit of time that whoever makes the problem chooses; what is travelled is counted in time, too.
namespace kansli::plan::homecare {

using Time = std::int64_t;
using Cost = std::int64_t;
using Index = std::uint32_t;

inline constexpr Time never = std::numeric_limits<Time>::max() / 4;
inline constexpr Index no_task = std::numeric_limits<Index>::max();
inline constexpr Index no_carer = std::numeric_limits<Index>::max();

struct TimeWindow {
    Time opens = 0;
    Time closes = never;

    friend bool operator==(const TimeWindow&, const TimeWindow&) = default;
};

// What one carer does at one place.
struct Task {
    Index place = 0;
    Time service = 0;
    TimeWindow window{};        // for its beginning
    std::vector<Index> able{};  // the carers who can do it, ascending
};

// One task, or two that belong together and are done by different carers: the second begins at least `least_gap` and at most
// `most_gap` after the first. Both 0: two are needed at the same time.
struct Visit {
    Index first = 0;
    Index second = no_task;
    Time least_gap = 0;
    Time most_gap = 0;

    [[nodiscard]] bool is_double() const { return second != no_task; }
};

struct Carer {
    Index base = 0;  // the place where the day begins and ends
    TimeWindow shift{};
};

// What becomes small: so much for a unit of each.
struct Weights {
    Cost travel = 1;
    Cost lateness = 1;        // of all tasks together
    Cost worst_lateness = 1;  // of the latest task
};

struct Description {
    std::size_t places = 0;
    std::vector<std::int32_t> travel{};  // row by row; need be neither symmetric nor shortest
    std::vector<Task> tasks{};
    std::vector<Visit> visits{};
    std::vector<Carer> carers{};
    Weights weights{};
    bool late_is_allowed = true;  // else a task that begins after its window breaks a rule
};

// Immutable, so any number of threads may read it.
class Problem {
  public:
    // Requires: indices that exist; each task in exactly one visit; somebody who can do each task, and two different ones for
    // the tasks of a double visit; no negative number; 0 ≤ least_gap ≤ most_gap; no way from a base to itself.
    explicit Problem(Description description);

    [[nodiscard]] const std::vector<Task>& tasks() const { return given_.tasks; }
    [[nodiscard]] const std::vector<Visit>& visits() const { return given_.visits; }
    [[nodiscard]] const std::vector<Carer>& carers() const { return given_.carers; }
    [[nodiscard]] const Weights& weights() const { return given_.weights; }
    [[nodiscard]] bool late_is_allowed() const { return given_.late_is_allowed; }

    [[nodiscard]] Time travel(Index from, Index to) const { return given_.travel[from * given_.places + to]; }
    [[nodiscard]] bool can(Index carer, Index task) const {
        return able_[task * given_.carers.size() + carer] != 0;
    }
    [[nodiscard]] Index visit_of(Index task) const { return visit_of_[task]; }
    // The mean of all ways between different places that tasks are at; 1 at least.
    [[nodiscard]] Time mean_travel() const { return mean_travel_; }

  private:
    Description given_;
    std::vector<std::uint8_t> able_;  // by task and carer
    std::vector<Index> visit_of_;
    Time mean_travel_ = 1;
};

}  // namespace kansli::plan::homecare
