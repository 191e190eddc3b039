#pragma once

#include <optional>
#include <string_view>

#include "plan/formats/instance.hpp"

namespace kansli::plan::formats {

// The instance in a text. Without a format, it is found out from the text. Single visits that cannot be planned become
// faults of the instance; a text that is no instance at all is invalid_input with its row.
[[nodiscard]] Result<Instance> read_instance(std::string_view text,
                                             std::optional<Format> format = std::nullopt,
                                             Objective objective = Objective::distance);

}  // namespace kansli::plan::formats
