#pragma once

#include <array>
#include <vector>

#include "plan/routing/moves.hpp"

namespace kansli::plan::routing {

// Two visits of two routes change places, each going where it costs least in the other's route; or one goes alone.
//
// Source: Vidal, "Hybrid genetic search for the CVRP: open-source implementation and SWAP* neighborhood", Computers &
// Operations Research 140 (2022), section 3. There are as many such exchanges as pairs of visits times pairs of positions. But
// the best position in a route without V is one of the three best in the route with V, or V's own; so the three best
// of each visit are found first, and every pair then takes constant time. With time windows what is so found is an
// estimate, since two changes of one route are not independent: the best is evaluated anew before it is made.
class SwapStar {
  public:
    explicit SwapStar(WorkingPlan& plan) : plan_(&plan) {}

    // Makes the best such exchange between two routes when the plan gets cheaper by it.
    [[nodiscard]] bool improve(int one, int other);

  private:
    static constexpr std::size_t kept = 3;
    struct Candidate {
        int position = -1;
        Cost change = 0;
    };
    struct Visitor {
        Cost removal = 0;
        std::array<Candidate, kept> best{};  // in the other route
    };
    struct Exchange {
        Cost change = 0;
        int from_one = 0;  // position of the visit that leaves; 0 for none
        int from_other = 0;
        int into_other = -1;  // position behind which it goes
        int into_one = -1;
    };

    void evaluate(int from, int into, std::vector<Visitor>& visitors) const;
    [[nodiscard]] Candidate best_without(int into, int leaving, const Visitor& visitor, Cost removal,
                                         Node visit) const;
    void consider_pairs(int one, int other, Exchange& best) const;
    void consider_single(int from, int into, const std::vector<Visitor>& visitors, bool from_first,
                         Exchange& best) const;
    [[nodiscard]] bool make(int one, int other, const Exchange& exchange);

    WorkingPlan* plan_;
    std::vector<Visitor> ones_;  // by position
    std::vector<Visitor> others_;
};

}  // namespace kansli::plan::routing
