#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "plan/core/stop_rule.hpp"
#include "plan/routing/neighbourhood.hpp"
#include "plan/routing/swap_star.hpp"
#include "statistics/generator.hpp"

namespace kansli::plan::routing {

// Makes a plan cheaper, step by step, until none of the moves makes it cheaper still.
//
// Source: the education step of Vidal, Crainic, Gendreau, Prins (2013), as in Kool, Juninck, Roos, Cornelissen, Agterberg, van
// Hoorn, Visser, "Hybrid genetic search for the vehicle routing problem with time windows: a high-performance
// implementation", 12th DIMACS Implementation Challenge (2022). The visits are gone through in a random order; for each, the
// moves that put it beside one of its neighbours are tried, and the first that helps is made. A pair whose routes have
// not changed since it was last looked at is passed over.
// Nor need two routes be looked at together that a plan has from the same parent, where the search has been already.
// Threads: one instance, one thread.
class LocalSearch {
  public:
    LocalSearch(const Problem& problem, const Neighbourhood& neighbourhood, const StopRule& stop);
    LocalSearch(const LocalSearch&) = delete;  // SWAP* refers to the plan
    LocalSearch& operator=(const LocalSearch&) = delete;
    LocalSearch(LocalSearch&&) = delete;
    LocalSearch& operator=(LocalSearch&&) = delete;
    ~LocalSearch() = default;

    using Parents = std::vector<std::shared_ptr<const Solution>>;

    // The plan improved, with all required visits in it. `parents`: plans that have been improved at about these penalties. `thorough`: with SWAP*, which takes most of the time and finds most
    // of what is left.
    [[nodiscard]] Solution improve(const Solution& solution, const Penalties& penalties,
                                   statistics::Generator& generator, bool thorough,
                                   const Parents& parents = {});
    // The plan with all required visits that it lacks, each where it costs least, in random order.
    [[nodiscard]] Solution complete(const Solution& solution, const Penalties& penalties,
                                    statistics::Generator& generator);

  private:
    void begin(const Solution& solution, const Penalties& penalties, statistics::Generator& generator);
    void find_origins(const Parents& parents);
    [[nodiscard]] bool share_parent(int route, int other) const;
    void insert_missing();
    [[nodiscard]] bool pass(bool with_empty_routes);
    void look_around(Node visit, bool with_empty_routes);
    [[nodiscard]] bool try_pair(Node visit, Node near);
    [[nodiscard]] bool try_within(Place one, Place other);
    [[nodiscard]] bool try_between(Place one, Place other);
    [[nodiscard]] bool try_behind_start(Node visit, int route);
    void try_empty_routes(Node visit);
    void try_optional(Node visit);
    [[nodiscard]] bool pass_over_routes();
    [[nodiscard]] std::vector<int> routes_near(int route);

    const Problem* problem_;
    const Neighbourhood* neighbourhood_;
    const StopRule* stop_;
    WorkingPlan plan_;
    SwapStar swap_star_;
    std::vector<unsigned> origins_;  // by route: a bit for each parent that has just this route
    std::vector<Node> order_;
    std::vector<std::int64_t> tested_;         // by node: the count of changes when it was last looked at
    std::vector<std::int64_t> tested_routes_;  // the same by route, of SWAP*
    std::vector<int> marks_;                   // by route, for routes_near
};

}  // namespace kansli::plan::routing
