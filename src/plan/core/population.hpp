#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include "statistics/generator.hpp"

// The plans that a genetic search keeps: good ones, and different ones.
//
// Source: Vidal, Crainic, Gendreau, Lahrichi, Rei, "A hybrid genetic algorithm for multidepot and periodic vehicle routing
// problems", Operations Research 60 (2012), sections 4.3 and 4.5. A plan's fitness is its rank by cost plus its rank by
// how far it is from the plans that are nearest to it ("biased fitness"). So a plan that nothing else resembles
// survives although it costs more, and the search does not run together into one point. Plans that break rules live in a
// part of their own, since many a good plan is two steps behind one of them.
namespace kansli::plan {

struct PopulationOptions {
    std::size_t least = 25;       // survivors of a part
    std::size_t generation = 40;  // how many more it may grow to before the worst go
    std::size_t elite = 4;        // the cheapest, which diversity cannot push out
    std::size_t closest = 5;      // how many neighbours say how alike a plan is to others
};

// The plans of one part, all of which keep the rules or all of which break some.
template <typename Plan>
class PopulationPart {
  public:
    using Pointer = std::shared_ptr<const Plan>;
    // 0 for two equal plans, 1 for two that have nothing in common.
    using Distance = std::function<double(const Plan&, const Plan&)>;
    using Cost = std::function<std::int64_t(const Plan&)>;

    struct Member {
        Pointer plan;
        std::vector<std::pair<double, const Plan*>> neighbours{};  // the closest first
        double fitness = 0;                                        // small is good
    };

    PopulationPart(const PopulationOptions& options, const Distance& distance)
        : options_(options), distance_(distance) {}

    [[nodiscard]] const std::vector<Member>& members() const { return members_; }

    // Adds a plan; when the part has grown too large, the worst are removed, by what plans cost now.
    void add(Pointer plan, const Cost& cost) {
        Member added{std::move(plan)};
        for (Member& other : members_) {
            const double apart = distance_(*added.plan, *other.plan);
            insert_sorted(other.neighbours, {apart, added.plan.get()});
            insert_sorted(added.neighbours, {apart, other.plan.get()});
        }
        members_.push_back(std::move(added));
        if (members_.size() > options_.least + options_.generation) select_survivors(cost);
    }

    // Costs change as penalties do, so fitness is computed before each time that parents are drawn.
    void rank(const Cost& cost) {
        const std::size_t count = members_.size();
        if (count == 0) return;
        std::vector<std::pair<std::int64_t, std::size_t>> by_cost;
        for (std::size_t i = 0; i < count; ++i)
            by_cost.emplace_back(cost(*members_[i].plan), i);
        std::ranges::sort(by_cost);
        std::vector<std::pair<double, std::size_t>> by_diversity;  // the most different first
        for (std::size_t place = 0; place < count; ++place)
            by_diversity.emplace_back(-mean_distance(members_[by_cost[place].second]), place);
        std::ranges::sort(by_diversity);
        const auto n = static_cast<double>(count);
        const double weight = 1 - std::min(1.0, static_cast<double>(options_.elite) / n);
        for (std::size_t diversity = 0; diversity < count; ++diversity) {
            const std::size_t place = by_diversity[diversity].second;
            members_[by_cost[place].second].fitness =
                (static_cast<double>(place) + weight * static_cast<double>(diversity)) / n;
        }
    }

  private:
    static void insert_sorted(std::vector<std::pair<double, const Plan*>>& list,
                              std::pair<double, const Plan*> item) {
        const auto behind = [](const auto& a, const auto& b) { return a.first < b.first; };
        list.insert(std::upper_bound(list.begin(), list.end(), item, behind), item);
    }

    [[nodiscard]] double mean_distance(const Member& member) const {
        const std::size_t count = std::min(options_.closest, member.neighbours.size());
        if (count == 0) return 0;
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i)
            sum += member.neighbours[i].first;
        return sum / static_cast<double>(count);
    }

    void remove(std::size_t index) {
        const Plan* gone = members_[index].plan.get();
        for (Member& other : members_)
            std::erase_if(other.neighbours, [&](const auto& neighbour) { return neighbour.second == gone; });
        members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(index));
    }

    void select_survivors(const Cost& cost) {
        const auto is_copy = [](const Member& m) {
            return !m.neighbours.empty() && m.neighbours[0].first == 0;
        };
        while (members_.size() > options_.least) {
            const auto copy = std::ranges::find_if(members_, is_copy);
            if (copy == members_.end()) break;
            remove(static_cast<std::size_t>(copy - members_.begin()));
        }
        while (members_.size() > options_.least) {
            rank(cost);
            const auto worst = std::ranges::max_element(members_, {}, &Member::fitness);
            remove(static_cast<std::size_t>(worst - members_.begin()));
        }
    }

    PopulationOptions options_;
    const Distance& distance_;
    std::vector<Member> members_;
};

// Both parts. Threads: one at a time.
template <typename Plan>
class Population {
  public:
    using Part = PopulationPart<Plan>;
    using Pointer = typename Part::Pointer;
    using Distance = typename Part::Distance;
    using Cost = typename Part::Cost;

    Population(const PopulationOptions& options, Distance distance)
        : distance_(std::move(distance)), keeping_(options, distance_), breaking_(options, distance_) {}
    Population(const Population&) = delete;  // the parts refer to the distance
    Population& operator=(const Population&) = delete;
    Population(Population&&) = delete;
    Population& operator=(Population&&) = delete;
    ~Population() = default;

    void add(Pointer plan, bool keeps_rules, const Cost& cost) {
        (keeps_rules ? keeping_ : breaking_).add(std::move(plan), cost);
    }

    [[nodiscard]] std::size_t size() const { return keeping_.members().size() + breaking_.members().size(); }

    void rank(const Cost& cost) {
        keeping_.rank(cost);
        breaking_.rank(cost);
    }

    // Two parents, each the better of two drawn by lot; the second is drawn again while it is all but the first, or
    // has all but nothing in common with it. Requires: rank() since the last add(), and at least one plan.
    [[nodiscard]] std::pair<Pointer, Pointer> parents(statistics::Generator& generator) const {
        constexpr int draws = 10;
        constexpr double least_apart = 0.1;
        constexpr double most_apart = 0.5;
        Pointer first = tournament(generator);
        Pointer second = tournament(generator);
        for (int draw = 0; draw < draws; ++draw) {
            const double apart = distance_(*first, *second);
            if (apart >= least_apart && apart <= most_apart) break;
            second = tournament(generator);
        }
        return {std::move(first), std::move(second)};
    }

  private:
    [[nodiscard]] Pointer tournament(statistics::Generator& generator) const {
        const auto& one = drawn(generator);
        const auto& other = drawn(generator);
        return one.fitness < other.fitness ? one.plan : other.plan;
    }

    [[nodiscard]] const typename Part::Member& drawn(statistics::Generator& generator) const {
        const std::size_t index = generator.below(size());
        const auto& keeping = keeping_.members();
        return index < keeping.size() ? keeping[index] : breaking_.members()[index - keeping.size()];
    }

    Distance distance_;
    Part keeping_;
    Part breaking_;
};

}  // namespace kansli::plan
