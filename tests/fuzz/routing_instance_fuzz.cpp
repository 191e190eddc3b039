// Files of days to be planned, in any of the formats: read or refused with what to do, and what was read can be planned and
// audited. Short texts only: the matrix of a large one takes longer than there is to learn from it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.hpp"
#include "plan/formats/audit.hpp"
#include "plan/formats/read.hpp"
#include "plan/routing/hybrid_genetic.hpp"

using namespace kansli::plan;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto instance = formats::read_instance(text);
    if (!instance) {
        CHECK_INVARIANT(!instance.error().message.empty());
        return 0;
    }
    routing::SearchOptions options;
    options.population.least = 1;
    options.stop.iterations = 8;
    const auto best = routing::search(instance->problem, options).best;
    const auto written = formats::written(*instance, best);
    formats::ReadPlan plan{written.routes, {}, written.cost};
    for (const auto& table : written.schedule)
        plan.vehicles.push_back(table.vehicle);
    CHECK_INVARIANT(formats::audit(*instance, plan).feasible == best.feasible());
    return 0;
}
