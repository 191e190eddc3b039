#pragma once

#include <utility>
#include <vector>

#include "statistics/generator.hpp"

namespace kansli::plan {

// Every order equally likely, and the same on every machine, which std::shuffle does not promise.
template <typename T>
void shuffle(std::vector<T>& items, statistics::Generator& generator) {
    for (std::size_t left = items.size(); left > 1; --left)
        std::swap(items[left - 1], items[generator.below(left)]);
}

}  // namespace kansli::plan
