#pragma once

#include <span>

#include "store/database.hpp"
#include "store/table_note.hpp"

namespace kansli::glossary::detail {

// The tables of the glossary, step by step.
[[nodiscard]] std::span<const store::Migration> schema();

// What they hold about people.
[[nodiscard]] std::span<const store::TableNote> table_notes();

}  // namespace kansli::glossary::detail
