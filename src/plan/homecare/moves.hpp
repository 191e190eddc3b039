#pragma once

#include <vector>

#include "plan/homecare/working_plan.hpp"
#include "statistics/generator.hpp"

namespace kansli::plan::homecare {

// Draws changes of a plan. Each is one of the moves of Ceschia & al. (see plan.hpp) or of the cross-exchange of Taillard,
// Badeau, Gendreau, Guertin, Potvin, "A tabu search heuristic for the vehicle routing problem with soft time windows",
// Transportation Science 31 (1997). Belongs to one thread.
class Moves {
  public:
    explicit Moves(const Problem& problem);

    // Changes the plan at random. False when what was drawn changes nothing or cannot be: then reject() what was begun.
    bool draw(WorkingPlan& plan, statistics::Generator& generator) const;

  private:
    // A visit goes to before or after another, which is near, and mostly to one of its carers.
    bool relocate(WorkingPlan& plan, Index visit, statistics::Generator& generator) const;
    // Two visits change places, and carers as far as they can.
    bool swap(WorkingPlan& plan, Index visit, statistics::Generator& generator) const;
    // Two carers exchange what they do in a part of the day.
    bool exchange(WorkingPlan& plan, Index visit, statistics::Generator& generator) const;
    // A task goes to another carer.
    bool give(WorkingPlan& plan, Index visit, statistics::Generator& generator) const;
    // A visit is made somewhat earlier or later.
    bool reorder(WorkingPlan& plan, Index visit, statistics::Generator& generator) const;

    [[nodiscard]] Index drawn_neighbour(Index visit, statistics::Generator& generator) const;
    [[nodiscard]] Index drawn_task(Index visit, statistics::Generator& generator) const;
    [[nodiscard]] Index drawn_carer(Index task, statistics::Generator& generator) const;
    [[nodiscard]] bool carers_differ(const WorkingPlan& plan, Index visit) const;

    const Problem& problem_;
    std::vector<std::vector<Index>> neighbours_;  // of each visit, the nearest in way and time
};

}  // namespace kansli::plan::homecare
