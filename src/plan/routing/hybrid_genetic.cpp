#include "plan/routing/hybrid_genetic.hpp"

#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "plan/core/team.hpp"
#include "plan/routing/construction.hpp"
#include "plan/routing/crossover.hpp"
#include "plan/routing/local_search.hpp"
#include "plan/routing/rule_prices.hpp"

namespace kansli::plan::routing {

namespace {

// Children of a batch. More keep many threads busy, fewer let a good plan have children sooner.
constexpr std::size_t batch_size = 8;

using Pointer = std::shared_ptr<const Solution>;

// A child, and what became of it when it was improved again with dearer penalties.
struct Child {
    Pointer plan{};
    Pointer repaired{};
};

class Search {
  public:
    Search(const Problem& problem, const SearchOptions& options)
        : problem_(problem),
          options_(options),
          neighbourhood_(problem, options.neighbours),
          prices_(problem, options.penalties),
          team_(options.threads) {
        for (std::size_t i = 0; i < team_.size(); ++i)
            local_searches_.emplace_back(problem, neighbourhood_, options_.stop);
    }

    SearchResult run() {
        while (!done()) {
            begin_population();
            while (!done() && iterations_ - improved_at_ < options_.restart_after)
                breed();
        }
        if (!best_) note_best(std::make_shared<const Solution>(random_plan(0)));
        return {*best_, iterations_};
    }

  private:
    [[nodiscard]] bool done() const {
        return iterations_ >= options_.stop.iterations || options_.stop.out_of_time() ||
               iterations_ - last_best_at_ >= options_.stop.without_improvement;
    }

    // Its own numbers for each child, so that it matters to none what another has drawn.
    [[nodiscard]] statistics::Generator generator_of(std::uint64_t child) const {
        statistics::Generator mixed(options_.seed ^ (child * 0x9e3779b97f4a7c15U));
        return statistics::Generator(mixed.next());
    }

    [[nodiscard]] Solution random_plan(std::uint64_t child) const {
        auto generator = generator_of(child);
        return random_solution(problem_, options_.dealt_share, generator);
    }

    [[nodiscard]] auto cost() const {
        return [penalties = prices_.now()](const Solution& plan) { return plan.penalised_cost(penalties); };
    }

    void begin_population() {
        population_ = std::make_unique<Population<Solution>>(
            options_.population,
            [this](const Solution& a, const Solution& b) { return broken_pairs(a, b, problem_); });
        best_of_population_.reset();
        improved_at_ = iterations_;
        while (!done() && population_->size() < options_.population.least) {
            make_batch([this](statistics::Generator& generator, LocalSearch& local_search) {
                return improved(random_solution(problem_, options_.dealt_share, generator), generator,
                                local_search);
            });
        }
    }

    void breed() {
        population_->rank(cost());
        make_batch([this](statistics::Generator& generator, LocalSearch& local_search) {
            const auto [one, other] = population_->parents(generator);
            return improved(crossed(*one, *other, generator, local_search), generator, local_search,
                            {one, other});
        });
    }

    [[nodiscard]] Solution crossed(const Solution& one, const Solution& other,
                                   statistics::Generator& generator, LocalSearch& local_search) const {
        auto [taking, keeping] = selective_route_exchange(problem_, one, other, generator);
        const Penalties penalties = prices_.now();
        Solution first = local_search.complete(taking, penalties, generator);
        Solution second = local_search.complete(keeping, penalties, generator);
        const bool first_is_better = first.penalised_cost(penalties) < second.penalised_cost(penalties);
        return first_is_better ? first : second;
    }

    [[nodiscard]] Child improved(const Solution& start, statistics::Generator& generator,
                                 LocalSearch& local_search, const LocalSearch::Parents& parents = {}) const {
        const bool thorough = generator.share() < options_.thorough_share;
        Child child;
        child.plan = std::make_shared<const Solution>(
            local_search.improve(start, prices_.now(), generator, thorough, parents));
        if (!child.plan->feasible() && generator.share() < options_.repair_share) {
            child.repaired = std::make_shared<const Solution>(
                local_search.improve(*child.plan, prices_.raised(), generator, thorough));
        }
        return child;
    }

    template <typename Make>
    void make_batch(const Make& make) {
        std::vector<Child> children(batch_size);
        team_.run(batch_size, [&](std::size_t number, std::size_t thread) {
            if (options_.stop.out_of_time()) return;
            auto generator = generator_of(iterations_ + number + 1);
            children[number] = make(generator, local_searches_[thread]);
        });
        for (const Child& child : children) {
            ++iterations_;
            if (child.plan) take(child.plan);
            if (child.plan) prices_.note(*child.plan);
            if (child.repaired && child.repaired->feasible()) take(child.repaired);
        }
    }

    void take(const Pointer& plan) {
        population_->add(plan, plan->feasible(), cost());
        if (!best_of_population_ || is_better(*plan, *best_of_population_)) {
            best_of_population_ = plan;
            improved_at_ = iterations_;
        }
        if (!best_ || is_better(*plan, *best_)) note_best(plan);
    }

    [[nodiscard]] bool is_better(const Solution& plan, const Solution& than) const {
        if (plan.feasible() != than.feasible()) return plan.feasible();
        if (plan.feasible()) return plan.cost() < than.cost();
        return cost()(plan) < cost()(than);
    }

    void note_best(const Pointer& plan) {
        best_ = plan;
        last_best_at_ = iterations_;
        if (plan->feasible() && options_.on_improvement) options_.on_improvement(*plan);
    }

    const Problem& problem_;
    const SearchOptions& options_;
    Neighbourhood neighbourhood_;
    RulePrices prices_;
    Team team_;
    std::deque<LocalSearch> local_searches_;  // one a thread
    std::unique_ptr<Population<Solution>> population_;
    Pointer best_;
    Pointer best_of_population_;
    std::uint64_t iterations_ = 0;
    std::uint64_t improved_at_ = 0;   // of this population
    std::uint64_t last_best_at_ = 0;  // of all
};

}  // namespace

SearchResult search(const Problem& problem, const SearchOptions& options) {
    return Search(problem, options).run();
}

}  // namespace kansli::plan::routing
