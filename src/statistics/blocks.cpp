#include "statistics/blocks.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string_view>
#include <utility>

namespace kansli::statistics {

bool enough(const std::vector<Observation>& observations, const std::vector<std::size_t>& members,
            const Least& least) {
    if (members.size() < least.observations) return false;
    std::map<std::string_view, std::size_t> of_person;
    for (const auto member : members) {
        const auto& people = observations[member].people;
        for (const std::string_view person : std::set<std::string_view>(people.begin(), people.end()))
            ++of_person[person];
    }
    if (of_person.size() < least.people) return false;
    const auto most =
        std::ranges::max_element(of_person, {}, [](const auto& one) { return one.second; })->second;
    return static_cast<double>(most) <= least.most_of_one * static_cast<double>(members.size());
}

std::vector<Block> blocks_of(const std::vector<Observation>& observations, std::int32_t last_closed,
                             const Least& least) {
    std::vector<std::size_t> order(observations.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t place) { return observations[place].period; });
    std::vector<Block> blocks;
    Block growing;
    for (std::size_t at = 0; at < order.size(); ++at) {
        const auto period = observations[order[at]].period;
        if (period > last_closed) break;
        if (growing.members.empty()) growing.first = period;
        growing.last = period;
        growing.members.push_back(order[at]);
        const bool period_ends = at + 1 == order.size() || observations[order[at + 1]].period != period;
        if (!period_ends || !enough(observations, growing.members, least)) continue;
        blocks.push_back(std::exchange(growing, {}));
    }
    return blocks;
}

}  // namespace kansli::statistics
