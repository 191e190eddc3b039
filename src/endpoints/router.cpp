#include "endpoints/router.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace kansli::endpoints {

namespace {

// The first model before the next, then the least loaded.
std::pair<std::size_t, double> preference(std::span<const Standing> endpoints, const Standing& endpoint) {
    const auto first = std::ranges::find(endpoints, endpoint.model, &Standing::model);
    return {static_cast<std::size_t>(first - endpoints.begin()),
            static_cast<double>(endpoint.running) / std::max(1, endpoint.parallel)};
}

bool is_free(const Standing& endpoint) {
    return endpoint.healthy && endpoint.running < endpoint.parallel;
}

}  // namespace

Result<std::size_t> choose(const Label& label, std::span<const Standing> endpoints) {
    bool any_wanted = false;
    bool any_approved = false;
    std::optional<std::size_t> best;
    for (std::size_t at = 0; at < endpoints.size(); ++at) {
        const auto& endpoint = endpoints[at];
        any_wanted = any_wanted || endpoint.wanted;
        if (!endpoint.wanted || !covers(endpoint.approved, label)) continue;
        any_approved = true;
        if (!is_free(endpoint)) continue;
        if (!best || preference(endpoints, endpoint) < preference(endpoints, endpoints[*best])) best = at;
    }
    if (best) return *best;
    if (!any_wanted) return fail(ErrorCode::not_found, "Ingen språkmodell är ansluten.");
    if (!any_approved) {
        return fail(ErrorCode::forbidden,
                    fmt::format("Ingen ansluten språkmodell är godkänd för materialets klass ({}).",
                                in_words(label)));
    }
    return fail(ErrorCode::busy, "Språkmodellen svarar inte just nu.");
}

}  // namespace kansli::endpoints
