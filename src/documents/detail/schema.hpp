#pragma once

#include <span>

#include "store/database.hpp"
#include "store/table_note.hpp"

namespace kansli::documents::detail {

// The tables of this room, in the order in which they came to be.
[[nodiscard]] std::span<const store::Migration> schema();
[[nodiscard]] std::span<const store::TableNote> table_notes();

}  // namespace kansli::documents::detail
