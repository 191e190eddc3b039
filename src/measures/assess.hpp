#pragma once

#include "core/time.hpp"
#include "desk/kind.hpp"
#include "measures/figures.hpp"
#include "measures/material.hpp"

namespace kansli::measures {

// The nine questions answered from the material: pure, the same every time. Only weeks before that of `today` count, and only blocks of
// observations that are large enough to be told of (statistics/blocks.hpp), made for each figure, kind and arm from all that there is,
// so that what is told does not depend on what is asked for.
[[nodiscard]] Assessment assess(const Material& material, const Query& query, desk::Kinds kinds, Date today);

// The figures that a baseline can be given for: those that are means.
[[nodiscard]] const std::vector<std::string>& baseline_figures();

}  // namespace kansli::measures
