#include "plan/homecare/annealing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <utility>

#include "plan/core/team.hpp"
#include "plan/homecare/construction.hpp"
#include "plan/homecare/moves.hpp"

namespace kansli::plan::homecare {

namespace {

// A part of the time, in which the walks cool down once.
struct Cooling {
    double until;   // share of the time
    double warmth;  // of the hot temperature
};
constexpr std::array coolings{Cooling{0.5, 1}, Cooling{0.7, 0.3}, Cooling{0.85, 0.3}, Cooling{1, 0.3}};

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
    Found cool(const Found& from, double since, const Cooling& cooling, Best& best) {
        WorkingPlan plan(problem_, from.plan);
        Found mine = from;
        const double mean = static_cast<double>(problem_.weights().travel * problem_.mean_travel());
        const double hot = options_.hot * mean * cooling.warmth;
        const double cold = options_.cold * mean;
        double share = passed();
        while (share < cooling.until) {
            const double way = std::clamp((share - since) / (cooling.until - since), 0.0, 1.0);
            temperature_ = hot * std::pow(cold / hot, way);
            for (std::uint64_t i = 0; i < steps_between_looks; ++i) {
                if (!step(plan)) continue;
                if (std::pair(plan.broken(), plan.cost()) < std::pair(mine.broken, mine.cost))
                    mine = {plan.plan(), plan.cost(), plan.broken()};
            }
            price_.note(plan.broken() == 0);
            best.offer(mine);
            share = passed();
        }
        return mine;
    }

  private:
    [[nodiscard]] double passed() const {
        const StopRule& stop = options_.stop;
        const double time = stop.progress ? stop.progress() : 0;
        return std::max(time, static_cast<double>(steps_) / static_cast<double>(stop.iterations));
    }

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

}  // namespace

SearchResult search(const Problem& problem, const SearchOptions& options) {
    Found from = first_found(problem);
    Best best(options, from);
    if (!problem.visits().empty() && options.stop.iterations > 0) {
        const Moves moves(problem);
        Team team(options.threads);
        std::vector<Walker> walkers;
        statistics::Generator seeds(options.seed);
        for (std::size_t i = 0; i < team.size(); ++i)
            walkers.emplace_back(problem, options, moves, seeds.next());
        double since = 0;
        for (const Cooling& cooling : coolings) {
            std::vector<Found> found(walkers.size());
            team.run(walkers.size(), [&](std::size_t number, std::size_t) {
                found[number] = walkers[number].cool(from, since, cooling, best);
            });
            // The first of equals, whoever was the fastest.
            for (const Found& other : found) {
                if (other.is_better_than(from)) from = other;
            }
            since = cooling.until;
        }
    }
    SearchResult result{.best = from.plan, .keeps_rules = from.broken == 0};
    result.evaluation = evaluate(problem, result.best);
    return result;
}

}  // namespace kansli::plan::homecare
