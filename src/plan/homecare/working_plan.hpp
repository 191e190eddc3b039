#pragma once

#include <cstddef>
#include <vector>

#include "plan/homecare/plan.hpp"

namespace kansli::plan::homecare {

// A plan while it is changed: what a change costs is found by going through the visits behind it until everybody is again
// where they were at the time they were.
//
// A change is made by calls of move_visit(), swap_visits() and set_carer(); propose() says what it would cost; then it is
// kept with accept() or taken back with reject(). Belongs to one thread.
class WorkingPlan {
  public:
    WorkingPlan(const Problem& problem, Plan plan);

    [[nodiscard]] const Plan& plan() const { return plan_; }
    [[nodiscard]] std::size_t position(Index visit) const { return positions_[visit]; }
    [[nodiscard]] Index carer(Index task) const { return plan_.carer[task]; }

    // What the plan costs without what it breaks, and what it breaks: before the change that is under way.
    [[nodiscard]] Cost cost() const { return cost_of(now_); }
    [[nodiscard]] Time broken() const { return broken_of(now_); }

    void move_visit(std::size_t from, std::size_t to);
    void swap_visits(std::size_t one, std::size_t other);
    void set_carer(Index task, Index carer);

    struct Proposal {
        Cost cost = 0;
        Time broken = 0;
    };
    // What the plan comes to with the change. Requires: the tasks of no double visit have the same carer.
    [[nodiscard]] Proposal propose();
    void accept();
    void reject();

  private:
    // So many visits lie between two moments that are remembered.
    static constexpr std::size_t block = 8;

    struct Whereabouts {
        Time free = 0;
        std::uint64_t place = 0;
        friend bool operator==(const Whereabouts&, const Whereabouts&) = default;
    };
    struct Sums {
        Time travel = 0;
        Time lateness = 0;
        Time worst = 0;
        Time overtime = 0;
    };
    struct Undo {
        enum class Kind : std::uint8_t { moved, swapped, given } kind;
        std::size_t one;
        std::size_t other;
    };

    [[nodiscard]] Cost cost_of(const Sums& sums) const;
    [[nodiscard]] Time broken_of(const Sums& sums) const;
    void touch(std::size_t first, std::size_t last);
    void shift(std::size_t from, std::size_t to);
    // Lets the carers do the visits of a block.
    Sums go_through(std::size_t number, Whereabouts* carers) const;
    Time begin_at(Index task, Whereabouts& carer, Sums& sums) const;
    void finish(Index task, Time begin, Whereabouts& carer, Sums& sums) const;
    [[nodiscard]] Sums go_home(const Whereabouts* carers) const;
    [[nodiscard]] Sums total() const;

    const Problem& problem_;
    Plan plan_;
    std::vector<std::size_t> positions_;  // of each visit in the order
    std::size_t blocks_;

    // As it is. Where everybody is before each block and after the last; what each block takes, and the way home.
    std::vector<Whereabouts> carers_;
    std::vector<Sums> sums_;
    Sums home_;
    Sums now_;

    // As it would be, from block first_ up to block last_.
    std::vector<Whereabouts> new_carers_;
    std::vector<Sums> new_sums_;
    Sums new_home_;
    Sums new_now_;
    std::size_t first_ = 0;
    std::size_t last_ = 0;
    bool reaches_end_ = false;

    std::size_t least_touched_;
    std::size_t most_touched_ = 0;
    std::vector<Undo> undo_;
};

}  // namespace kansli::plan::homecare
