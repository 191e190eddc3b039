#pragma once

#include "core/error.hpp"

struct sqlite3;

namespace kansli::store::detail {

// What the last call on `handle` failed of, in words for a person, with the file as `where`.
[[nodiscard]] Error last_error(sqlite3* handle);

}  // namespace kansli::store::detail
