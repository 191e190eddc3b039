#include "plan/routing/rule_prices.hpp"

#include <algorithm>
#include <cstdint>

namespace kansli::plan::routing {

namespace {

constexpr Cost raise = 10;

// No price grows beyond this many times what it was at first, nor so far that a sum of all that could be paid overflows.
constexpr double most_growth = 1000;
constexpr double largest_sum = 0x1.0p61;

PenaltyOptions bounded(PenaltyOptions options, Cost initial, double most_units) {
    const double bound = largest_sum / static_cast<double>(raise) / std::max(most_units, 1.0);
    options.most =
        static_cast<Cost>(std::max(1.0, std::min(static_cast<double>(initial) * most_growth, bound)));
    return options;
}

// More time warp than any plan has: who is late goes back to the end of a window, so each stop adds at most that and the
// way there.
double most_time_warp(const Problem& problem) {
    double latest = 0;
    double service = 0;
    for (const Visit& visit : problem.visits()) {
        const Time closes = visit.window.closes == never ? 0 : visit.window.closes;
        latest = std::max(latest, static_cast<double>(std::max({visit.window.opens, closes, visit.release})));
        service += static_cast<double>(visit.service);
    }
    for (const VehicleType& type : problem.vehicle_types())
        latest = std::max(
            latest, static_cast<double>(type.shift.closes == never ? type.shift.opens : type.shift.closes));
    return service + 2 * static_cast<double>(problem.visits().size()) * (latest + no_way);
}

// The cost of the longest leg that there is, for the vehicle type that drives it cheapest.
Cost longest_leg(const Problem& problem) {
    Cost longest = 1;
    for (const VehicleType& type : problem.vehicle_types()) {
        for (Node from = 0; from < problem.nodes(); ++from) {
            for (Node to = 0; to < problem.nodes(); ++to) {
                const Leg& leg = problem.travel(type.profile).at(from, to);
                if (leg.distance < no_way)
                    longest = std::max(longest,
                                       type.per_distance * leg.distance + type.per_duration * leg.duration);
            }
        }
    }
    return longest;
}

// At first, too much of the largest load costs as much as the longest leg.
std::vector<AdaptivePenalty> initial_load(const Problem& problem, const PenaltyOptions& options) {
    std::vector<AdaptivePenalty> prices;
    for (std::size_t dimension = 0; dimension < problem.dimensions(); ++dimension) {
        Load largest = 1;
        double all = 0;
        for (const Visit& visit : problem.visits()) {
            largest = std::max(largest, visit.load[dimension]);
            all += static_cast<double>(visit.load[dimension]);
        }
        const Cost initial = std::max<Cost>(longest_leg(problem) / largest, 1);
        prices.emplace_back(initial, bounded(options, initial, all));
    }
    return prices;
}

Cost price_of_time(const Problem& problem) {
    Cost price = 1;
    for (const VehicleType& type : problem.vehicle_types())
        price = std::max(price, type.per_distance + type.per_duration);
    return price;
}

}  // namespace

RulePrices::RulePrices(const Problem& problem, const PenaltyOptions& options)
    : load_(initial_load(problem, options)),
      time_(price_of_time(problem), bounded(options, price_of_time(problem), most_time_warp(problem))) {
}

void RulePrices::note(const Solution& plan) {
    for (std::size_t dimension = 0; dimension < load_.size(); ++dimension)
        load_[dimension].note(plan.keeps_load(dimension));
    time_.note(plan.keeps_times());
}

Penalties RulePrices::now() const {
    Penalties penalties{{}, time_.weight()};
    for (const AdaptivePenalty& price : load_)
        penalties.load.push_back(price.weight());
    return penalties;
}

Penalties RulePrices::raised() const {
    Penalties penalties = now();
    penalties.time_warp *= raise;
    for (Cost& price : penalties.load)
        price *= raise;
    return penalties;
}

}  // namespace kansli::plan::routing
