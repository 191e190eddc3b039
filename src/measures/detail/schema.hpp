#pragma once

#include <span>

#include "store/database.hpp"
#include "store/table_note.hpp"

namespace kansli::measures::detail {

// The tables of measures, step by step.
[[nodiscard]] std::span<const store::Migration> schema();

// What they hold about people.
[[nodiscard]] std::span<const store::TableNote> measures_table_notes();

}  // namespace kansli::measures::detail
