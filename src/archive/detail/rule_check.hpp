#pragma once

#include "archive/rule.hpp"
#include "core/result.hpp"

namespace kansli::archive::detail {

// invalid_input that names the field: a rule that cannot be used, or that lacks what a decision on removal must have.
[[nodiscard]] Result<void> check(const RetentionRule& rule);
// The same for a hold that holds nothing, or everything.
[[nodiscard]] Result<void> check(const LegalHold& hold);

}  // namespace kansli::archive::detail
