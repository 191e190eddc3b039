#include "plan/routing/hybrid_genetic.hpp"

#include <numeric>
#include <optional>

#include <doctest/doctest.h>

#include "plan/routing/random_problem.hpp"

using namespace kansli::plan::routing;
using kansli::statistics::Generator;

namespace {

// The cheapest plan that keeps all rules, by trying every one there is.
class Exhaustive {
  public:
    explicit Exhaustive(const Problem& problem)
        : problem_(problem), made_(static_cast<std::size_t>(problem.nodes())) {
        for (std::size_t type = 0; type < problem.vehicle_types().size(); ++type)
            routes_.insert(routes_.end(),
                           std::min(problem.vehicle_type(type).available, problem.visits().size()),
                           Route{type, {}});
    }

    std::optional<Cost> run() {
        extend(0);
        return best_;
    }

  private:
    // NOLINTNEXTLINE(misc-no-recursion): as deep as there are visits and vehicles
    void extend(std::size_t route) {
        if (route == routes_.size()) {
            const Solution solution(problem_, routes_);
            if (solution.feasible()) best_ = std::min(best_.value_or(solution.cost()), solution.cost());
            return;
        }
        extend(route + 1);
        for (Node node = problem_.first_visit(); node < problem_.nodes(); ++node) {
            const auto index = static_cast<std::size_t>(node);
            if (made_[index]) continue;
            made_[index] = true;
            routes_[route].visits.push_back(node);
            extend(route);
            routes_[route].visits.pop_back();
            made_[index] = false;
        }
    }

    const Problem& problem_;
    std::vector<bool> made_;
    std::vector<Route> routes_;
    std::optional<Cost> best_;
};

SearchOptions short_search(std::uint64_t iterations) {
    SearchOptions options;
    options.stop.iterations = iterations;
    options.population.least = 8;
    options.population.generation = 8;
    options.thorough_share = 0.5;
    options.restart_after = 40;
    return options;
}

// The same day with its visits in another order.
Problem relabelled(const Problem& problem, Generator& generator) {
    std::vector<std::size_t> order(problem.visits().size());
    std::iota(order.begin(), order.end(), 0);
    kansli::plan::shuffle(order, generator);
    Description day{problem.depots(), {}, problem.vehicle_types(), {}};
    std::vector<Node> nodes(problem.depots().size());
    std::iota(nodes.begin(), nodes.end(), 0);
    for (const std::size_t i : order) {
        day.visits.push_back(problem.visits()[i]);
        nodes.push_back(static_cast<Node>(problem.depots().size() + i));
    }
    for (std::size_t profile = 0; profile < problem.profiles(); ++profile) {
        TravelMatrix& matrix = day.profiles.emplace_back(nodes.size());
        for (std::size_t from = 0; from < nodes.size(); ++from) {
            for (std::size_t to = 0; to < nodes.size(); ++to)
                matrix.at(static_cast<Node>(from), static_cast<Node>(to)) =
                    problem.travel(profile).at(nodes[from], nodes[to]);
        }
    }
    return Problem(std::move(day));
}

}  // namespace

// The seeds are fixed, and so is what the search does with them: a heuristic may miss an optimum, but not one of these.
constexpr std::uint64_t seeds = 40;

TEST_CASE("small problems are solved to the optimum that trying everything gives") {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        CAPTURE(seed);
        Generator generator(seed);
        const Problem problem = random_problem(generator, 1 + generator.below(4));
        const auto optimum = Exhaustive(problem).run();
        const auto found = search(problem, short_search(400)).best;
        CHECK(found.feasible() == optimum.has_value());
        if (optimum) CHECK(found.cost() == *optimum);
    }
}

TEST_CASE("the order in which visits are given does not matter to the optimum") {
    for (std::uint64_t seed = 0; seed < seeds / 2; ++seed) {
        CAPTURE(seed);
        Generator generator(seed);
        const Problem problem = random_problem(generator, 1 + generator.below(4));
        const Problem other = relabelled(problem, generator);
        const auto found = search(problem, short_search(400)).best;
        const auto again = search(other, short_search(400)).best;
        CHECK(found.feasible() == again.feasible());
        if (found.feasible()) CHECK(found.cost() == again.cost());
    }
}

TEST_CASE("the same seed gives the same plan for any number of threads") {
    Generator generator(11);
    const Problem problem = random_problem(generator, 30);
    SearchOptions options = short_search(50);
    const auto alone = search(problem, options);
    options.threads = 3;
    const auto together = search(problem, options);
    CHECK(alone.best.routes() == together.best.routes());
    CHECK(alone.iterations == together.iterations);
}

TEST_CASE("a search tells of each better plan, and ends when it is asked to") {
    Generator generator(5);
    const Problem problem = random_problem(generator, 20);
    SearchOptions options = short_search(10'000);
    std::vector<Cost> told;
    options.on_improvement = [&](const Solution& better) {
        CHECK(better.feasible());
        told.push_back(better.cost());
    };
    int asked = 0;
    options.stop.progress = [&] { return ++asked / 5'000.0; };
    const auto result = search(problem, options);
    CHECK(result.iterations < 10'000);
    CHECK(std::ranges::is_sorted(told, std::greater<>()));
    if (!told.empty()) CHECK(result.best.cost() == told.back());
}

TEST_CASE("a search that may not begin, and a day without visits, give a plan without fault") {
    Generator generator(5);
    SearchOptions options = short_search(0);
    CHECK(search(random_problem(generator, 10), options).iterations == 0);
    const auto nothing = search(random_problem(generator, 0), short_search(20)).best;
    CHECK(nothing.feasible());
    CHECK(nothing.cost() == 0);
}
