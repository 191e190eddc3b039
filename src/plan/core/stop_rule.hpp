#pragma once

#include <cstdint>
#include <functional>
#include <limits>

namespace kansli::plan {

// When a search ends: whichever comes first. A search reads no clock; whoever starts it says how far the time has gone.
struct StopRule {
    std::uint64_t iterations = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t without_improvement = std::numeric_limits<std::uint64_t>::max();
    // The share of its time that has passed: from 1 on it ends. Asked often and from several threads, and never goes back.
    // Empty: there is time without end.
    std::function<double()> progress{};

    [[nodiscard]] bool out_of_time() const { return progress && progress() >= 1; }
};

}  // namespace kansli::plan
