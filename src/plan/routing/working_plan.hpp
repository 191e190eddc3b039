#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "plan/routing/parts.hpp"

namespace kansli::plan::routing {

// Where a visit stands: no route when it is left out.
struct Place {
    int route = -1;
    int position = 0;

    [[nodiscard]] bool planned() const { return route >= 0; }
};

// A plan while a local search changes it. It has a route for each vehicle that may be of use, most of them empty.
// Threads: one instance, one thread.
class WorkingPlan {
  public:
    explicit WorkingPlan(const Problem& problem);

    void load(const Solution& solution, const Penalties& penalties);
    [[nodiscard]] Solution solution() const;

    [[nodiscard]] const Problem& problem() const { return *problem_; }
    [[nodiscard]] const Penalties& penalties() const { return penalties_; }
    [[nodiscard]] int routes() const { return static_cast<int>(routes_.size()); }
    [[nodiscard]] const WorkingRoute& route(int index) const {
        return routes_[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] const Place& place(Node visit) const { return places_[static_cast<std::size_t>(visit)]; }
    [[nodiscard]] std::int64_t changes() const { return changes_; }
    // The first empty route of each vehicle type that has one.
    [[nodiscard]] std::vector<int> empty_routes() const;

    // The change of cost when an unplanned visit is put behind a position of a route, without its prize.
    [[nodiscard]] Cost insertion(Node visit, int route, int position) const;
    // The change of cost when the stop at a position is left out, without its prize.
    [[nodiscard]] Cost removal(int route, int position) const;
    // The change of cost when an unplanned visit takes the place of the stop at a position, without their prizes.
    [[nodiscard]] Cost replacement(Node visit, int route, int position) const;
    // The two parts of such a change: of distance and time, when `visit`, or with Solution::no_node nobody, stands between two
    // positions instead of all that is there now …
    [[nodiscard]] Cost detour(int route, int before, int after, Node visit) const;
    // … and of load, when a visit leaves and another one comes; Solution::no_node for none.
    [[nodiscard]] Cost load_change(int route, Node leaves, Node comes) const;

    void insert(Node visit, int route, int position);
    void remove(Node visit);
    // Puts an unplanned visit in the place of a planned one.
    void replace(Node visit, Node by);

    template <std::size_t count>
    void rebuild(int route, const Parts<count>& parts) {
        collect(parts, scratch_);
        assign(route, scratch_);
    }
    template <std::size_t count, std::size_t other_count>
    void rebuild(int route, const Parts<count>& parts, int other, const Parts<other_count>& other_parts) {
        collect(parts, scratch_);
        collect(other_parts, other_scratch_);
        assign(route, scratch_);
        assign(other, other_scratch_);
    }

    // Where an unplanned visit costs least among all routes, or, with `near`, behind and before those visits.
    struct Insertion {
        int route = -1;
        int position = 0;
        Cost change = 0;
    };
    [[nodiscard]] Insertion best_insertion(Node visit) const;
    [[nodiscard]] Insertion best_insertion(Node visit, const std::vector<Node>& near) const;

  private:
    void assign(int route, const std::vector<Node>& visits);
    void consider(Node visit, int route, int position, Insertion& best) const;

    template <std::size_t count>
    void collect(const Parts<count>& parts, std::vector<Node>& visits) const {
        visits.clear();
        for (const Part& part : parts)
            append(part, visits);
    }
    void append(const Part& part, std::vector<Node>& visits) const;

    const Problem* problem_;
    Penalties penalties_;
    std::vector<WorkingRoute> routes_;
    std::vector<Place> places_;  // by node
    std::int64_t changes_ = 0;
    std::vector<Node> scratch_;
    std::vector<Node> other_scratch_;
};

}  // namespace kansli::plan::routing
