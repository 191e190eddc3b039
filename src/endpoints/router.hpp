#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/result.hpp"
#include "endpoints/label.hpp"

// Which endpoint may get a text. Pure; threads: any.
namespace kansli::endpoints {

// An endpoint as the choice sees it.
struct Standing {
    Label approved{};
    std::string model{};
    bool healthy = true;  // has answered, or has not been asked lately
    bool wanted = true;   // by whoever asks; false: another model or place was named
    int running = 0;      // calls that it has now
    int parallel = 1;     // calls that it takes at once
};

// The place in `endpoints` of the one to ask: only among those that are approved for the label, those of the first model in the order
// before the next model's, and among those the least loaded.
// Fails closed: not_found when none is wanted, forbidden when none of them is approved, busy when those that are do not answer or have
// all they can take.
[[nodiscard]] Result<std::size_t> choose(const Label& label, std::span<const Standing> endpoints);

}  // namespace kansli::endpoints
