#include "plan/homecare/annealing.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>

#include "plan/core/team.hpp"
#include "plan/homecare/construction.hpp"
#include "plan/homecare/moves.hpp"

namespace kansli::plan::homecare {

namespace {

// A part of the time, in which the walks cool down once: until a share of the time has passed, or so many steps are made.
struct Cooling {
    double since;
    double until;
    std::uint64_t steps;
    double warmth;  // of the hot temperature
};

// So many steps for each visit bring a walk to rest; more of them are better spent on beginning again.
constexpr std::uint64_t steps_to_rest = 80'000;
// The first walk has half the time at most. Others are as hot, or these shares as hot and as long.
constexpr double share_of_first = 0.5;
constexpr double warmth_of_reheating = 0.3;
constexpr double length_of_reheating = 0.4;

// How many steps are made between two looks at the clock.
constexpr std::uint64_t steps_between_looks = 128;

struct Found {
    Plan plan{};
    Cost cost = 0;
    Time broken = 0;

    [[nodiscard]] bool is_better_than(const Found& other) const {
        return std::pair(broken, cost) < std::pair(other.broken, other.cost);
    }
};

// The best that any walk has found.
class Best {
  public:
    Best(const SearchOptions& options, Found first) : options_(options), found_(std::move(first)) { tell(); }

    void offer(const Found& found) {
        const std::lock_guard lock(mutex_);
        if (!found.is_better_than(found_)) return;
        found_ = found;
        tell();
    }

  private:
    void tell() const {
        if (found_.broken == 0 && options_.on_improvement) options_.on_improvement(found_.plan, found_.cost);
    }

    const SearchOptions& options_;
    std::mutex mutex_;
    Found found_;
};

// One walk.
class Walker {
  public:
    Walker(const Problem& problem, const SearchOptions& options, const Moves& moves, std::uint64_t seed)
        : problem_(problem),
          options_(options),
          moves_(moves),
          generator_(seed),
          price_(4 * problem.weights().travel, options.penalty) {}

    // Cools down from a plan; the best on the way.
    Found cool(const Found& from, const Cooling& cooling, Best& best) {
        WorkingPlan plan(problem_, from.plan);
        Found mine = from;
        const double mean = static_cast<double>(problem_.weights().travel * problem_.mean_travel());
        const double hot = options_.hot * mean * cooling.warmth;
        const double cold = options_.cold * mean;
        const std::uint64_t begun = steps_;
        const auto way = [&] {
            const double in_time = (passed() - cooling.since) / (cooling.until - cooling.since);
            const double in_steps = static_cast<double>(steps_ - begun) / static_cast<double>(cooling.steps);
            return std::max({in_time, in_steps, 0.0});
        };
        while (way() < 1) {
            temperature_ = hot * std::pow(cold / hot, way());
            for (std::uint64_t i = 0; i < steps_between_looks; ++i) {
                if (!step(plan)) continue;
                if (std::pair(plan.broken(), plan.cost()) < std::pair(mine.broken, mine.cost))
                    mine = {plan.plan(), plan.cost(), plan.broken()};
            }
            price_.note(plan.broken() == 0);
            best.offer(mine);
        }
        return mine;
    }

    // The share of the time.
    [[nodiscard]] double passed() const {
        const StopRule& stop = options_.stop;
        const double time = stop.progress ? stop.progress() : 0;
        return std::max(time, static_cast<double>(steps_) / static_cast<double>(stop.iterations));
    }

  private:
    // Whether the plan has become another one.
    bool step(WorkingPlan& plan) {
        ++steps_;
        if (!moves_.draw(plan, generator_)) {
            plan.reject();
            return false;
        }
        const auto then = plan.propose();
        const Cost change = then.cost - plan.cost() + price_.weight() * (then.broken - plan.broken());
        if (change > 0 && static_cast<double>(change) > -temperature_ * std::log(1 - generator_.share())) {
            plan.reject();
            return false;
        }
        plan.accept();
        return true;
    }

    const Problem& problem_;
    const SearchOptions& options_;
    const Moves& moves_;
    statistics::Generator generator_;
    AdaptivePenalty price_;
    double temperature_ = 0;
    std::uint64_t steps_ = 0;
};

Found first_found(const Problem& problem) {
    Found first{.plan = first_plan(problem)};
    const Evaluation evaluation = evaluate(problem, first.plan);
    first.cost = cost(problem, evaluation);
    first.broken = broken(problem, evaluation);
    return first;
}

// The walks of all threads, and the best that they come to.
class Walks {
  public:
    Walks(const Problem& problem, const SearchOptions& options, Found first)
        : steps_(steps_to_rest * problem.visits().size()),
          moves_(problem),
          team_(options.threads),
          from_(std::move(first)),
          best_(options, from_) {
        statistics::Generator seeds(options.seed);
        for (std::size_t i = 0; i < team_.size(); ++i)
            walkers_.emplace_back(problem, options, moves_, seeds.next());
    }

    Found run() {
        double now = cool({0, share_of_first, steps_, 1});
        const double length = now;
        for (int number = 1; now < 1; ++number) {
            const bool hot = number % 2 == 0 && 1 - now >= length;
            const double until = hot ? 1 : std::min(1.0, now + length_of_reheating * length);
            now = hot ? cool({now, until, steps_, 1}) : cool({now, until, steps_, warmth_of_reheating});
        }
        return std::move(from_);
    }

  private:
    // The share of the time that has passed then.
    double cool(const Cooling& cooling) {
        std::vector<Found> found(walkers_.size());
        team_.run(walkers_.size(), [&](std::size_t number, std::size_t) {
            found[number] = walkers_[number].cool(from_, cooling, best_);
        });
        // The first of equals, whoever was the fastest.
        for (Found& other : found) {
            if (other.is_better_than(from_)) from_ = std::move(other);
        }
        return walkers_.front().passed();
    }

    std::uint64_t steps_;
    Moves moves_;
    Team team_;
    Found from_;
    Best best_;
    std::vector<Walker> walkers_;
};

}  // namespace

SearchResult search(const Problem& problem, const SearchOptions& options) {
    Found found = first_found(problem);
    if (problem.visits().empty() || options.stop.iterations == 0) {
        if (found.broken == 0 && options.on_improvement) options.on_improvement(found.plan, found.cost);
    } else {
        found = Walks(problem, options, std::move(found)).run();
    }
    SearchResult result{.best = std::move(found.plan), .keeps_rules = found.broken == 0};
    result.evaluation = evaluate(problem, result.best);
    return result;
}

}  // namespace kansli::plan::homecare
