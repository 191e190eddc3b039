#pragma once

#include <cstdint>
#include <string_view>

#include "desk/sampling.hpp"
#include "store/database.hpp"

namespace kansli::desk::detail {

// What is said of a kind; the defaults when nothing is.
[[nodiscard]] Result<KindSettings> load_settings(store::Connection& connection, std::string_view kind);

// The decision made in review `number` is to be looked at again by somebody else.
[[nodiscard]] Result<void> insert_sample(store::Connection& connection, std::int64_t number,
                                         const Proposal& proposal, const Reviewer& reviewer, Outcome outcome,
                                         bool batch);

}  // namespace kansli::desk::detail
