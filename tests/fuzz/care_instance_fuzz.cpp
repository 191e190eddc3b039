// Files of days of home care: read or refused with what to do, and what was read can be planned and audited. Short texts only:
// from a longer one there is no more to learn.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.hpp"
#include "json/binder.hpp"
#include "plan/formats/care_audit.hpp"
#include "plan/homecare/annealing.hpp"

using namespace kansli::plan;

namespace {

void plan_and_audit(std::string_view text, formats::Format format) {
    const auto instance = formats::read_care_instance(text, format);
    if (!instance) {
        CHECK_INVARIANT(!instance.error().message.empty());
        return;
    }
    homecare::SearchOptions options;
    options.stop.iterations = 512;
    const auto found = homecare::search(instance->problem, options);
    const auto written = formats::written(*instance, found.best);
    const auto read = formats::read_care_plan(kansli::json::write(written));
    CHECK_INVARIANT(read.has_value());
    CHECK_INVARIANT(formats::audit(*instance, *read).feasible == found.keeps_rules);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    plan_and_audit(text, formats::Format::mankowska);
    plan_and_audit(text, formats::Format::bredstrom);
    (void)formats::read_care_plan(text);
    return 0;
}
