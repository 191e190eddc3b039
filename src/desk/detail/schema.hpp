#pragma once

#include <span>

#include "store/database.hpp"

namespace kansli::desk::detail {

// The desk's tables, step by step.
[[nodiscard]] std::span<const store::Migration> schema();

}  // namespace kansli::desk::detail
