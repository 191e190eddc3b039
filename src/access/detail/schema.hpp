#pragma once

#include <span>

#include "store/database.hpp"

namespace kansli::access::detail {

// The steps of this room's tables, in order.
[[nodiscard]] std::span<const store::Migration> schema();

}  // namespace kansli::access::detail
