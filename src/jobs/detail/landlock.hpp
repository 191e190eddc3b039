#pragma once

#include "jobs/confinement.hpp"

namespace kansli::jobs::detail {

// The version of Landlock that the kernel has; 0: none.
[[nodiscard]] int landlock_version();

// Limits this process to the named files, for good. Does what the kernel can, and says what it did.
[[nodiscard]] ConfinementReport limit_files(const Confinement& confinement);

}  // namespace kansli::jobs::detail
