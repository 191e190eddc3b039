#pragma once

#include <cstdint>
#include <functional>
#include <limits>

namespace kansli::plan {

// When a search ends: whichever comes first. A search reads no clock; whoever starts it gives it a question to ask.
struct StopRule {
    std::uint64_t iterations = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t without_improvement = std::numeric_limits<std::uint64_t>::max();
    // Asked often and from several threads; once true, always true. Empty: never.
    std::function<bool()> enough{};

    [[nodiscard]] bool asked_to_stop() const { return enough && enough(); }
};

}  // namespace kansli::plan
