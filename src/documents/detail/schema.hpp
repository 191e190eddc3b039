#pragma once

#include <span>

#include "store/database.hpp"

namespace kansli::documents::detail {

// The tables of this room, in the order in which they came to be.
[[nodiscard]] std::span<const store::Migration> schema();

}  // namespace kansli::documents::detail
