#pragma once

#include <span>

#include "store/database.hpp"

namespace kansli::measures::detail {

// The tables of measures, step by step.
[[nodiscard]] std::span<const store::Migration> schema();

}  // namespace kansli::measures::detail
