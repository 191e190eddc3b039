#pragma once

#include <span>

#include "store/database.hpp"
#include "store/table_note.hpp"

namespace kansli::access::detail {

// The steps of this room's tables, in order.
[[nodiscard]] std::span<const store::Migration> schema();
[[nodiscard]] std::span<const store::TableNote> table_notes();

}  // namespace kansli::access::detail
