#pragma once

#include "core/result.hpp"
#include "documents/library.hpp"
#include "store/database.hpp"

namespace kansli::documents::detail {

// Reads all whole versions of documents in use and works out from when to when each is its document's text.
[[nodiscard]] Result<Catalogue> load_catalogue(store::Connection& connection);

[[nodiscard]] Result<std::int64_t> current_revision(store::Connection& connection);

}  // namespace kansli::documents::detail
