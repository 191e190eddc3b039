#pragma once

#include <span>

#include "store/database.hpp"
#include "store/table_note.hpp"

namespace kansli::desk::detail {

// The desk's tables, step by step.
[[nodiscard]] std::span<const store::Migration> schema();
[[nodiscard]] std::span<const store::TableNote> table_notes();

}  // namespace kansli::desk::detail
