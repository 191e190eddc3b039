#pragma once

#include "plan/homecare/plan.hpp"

namespace kansli::plan::homecare {

// A plan to begin with: visits by the ends of their windows, each given to whoever comes soonest at the least way.
[[nodiscard]] Plan first_plan(const Problem& problem);

}  // namespace kansli::plan::homecare
