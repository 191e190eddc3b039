#include "plan/routing/fewest_vehicles.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

namespace kansli::plan::routing {

namespace {

// The share of the time in which fewer vehicles are looked for.
constexpr double reducing_share = 0.6;

// As many vehicles as the loads alone ask for.
std::size_t least_vehicles(const Problem& problem) {
    std::size_t least = 1;
    for (std::size_t dimension = 0; dimension < problem.dimensions(); ++dimension) {
        const Load capacity = problem.vehicle_type(0).capacity[dimension];
        Load load = 0;
        for (const Visit& visit : problem.visits())
            load += visit.required ? visit.load[dimension] : 0;
        if (capacity > 0) least = std::max(least, static_cast<std::size_t>((load + capacity - 1) / capacity));
    }
    return least;
}

class FleetReduction {
  public:
    FleetReduction(const Problem& problem, const SearchOptions& options)
        : problem_(problem), options_(options) {}

    SearchResult run() {
        SearchResult first = attempt(problem_.vehicle_type(0).available, 1, true);
        if (!first.best.feasible()) return first;
        take(std::move(first.best));
        while (best_->routes().size() > least_vehicles(problem_)) {
            SearchResult fewer = attempt(best_->routes().size() - 1, reducing_share, true);
            if (!fewer.best.feasible()) break;
            take(std::move(fewer.best));
        }
        SearchResult cheapest = attempt(best_->routes().size(), 1, false);
        if (cheapest.best.feasible() && is_better(cheapest.best)) best_ = std::move(cheapest.best);
        return {*std::move(best_), iterations_};
    }

  private:
    [[nodiscard]] bool is_better(const Solution& plan) const {
        return !best_ || std::pair(plan.routes().size(), plan.cost()) <
                             std::pair(best_->routes().size(), best_->cost());
    }

    void take(Solution plan) {
        best_ = std::move(plan);
        if (options_.on_improvement) options_.on_improvement(*best_);
    }

    // A search with no more vehicles than that, until this share of the time has passed, or the first plan keeps the rules.
    SearchResult attempt(std::size_t vehicles, double share, bool first_is_enough) {
        std::atomic<bool> found = false;
        SearchOptions options = options_;
        const auto iterations = static_cast<double>(options_.stop.iterations) * share;
        options.stop.iterations = iterations > static_cast<double>(iterations_)
                                      ? static_cast<std::uint64_t>(iterations) - iterations_
                                      : 0;
        if (share == 1) options.stop.iterations = options_.stop.iterations - iterations_;
        options.stop.progress = [&] {
            if (found) return 1.0;
            return options_.stop.progress ? options_.stop.progress() / share : 0.0;
        };
        options.on_improvement = [&](const Solution& plan) {
            if (first_is_enough) found = true;
            if (!first_is_enough && is_better(plan) && options_.on_improvement) options_.on_improvement(plan);
        };
        options.seed = options_.seed + vehicles;
        SearchResult result = search(problem_.with_vehicles(vehicles), options);
        iterations_ += result.iterations;
        return result;
    }

    const Problem& problem_;
    const SearchOptions& options_;
    std::optional<Solution> best_;
    std::uint64_t iterations_ = 0;
};

}  // namespace

SearchResult search_fewest_vehicles(const Problem& problem, const SearchOptions& options) {
    return FleetReduction(problem, options).run();
}

}  // namespace kansli::plan::routing
