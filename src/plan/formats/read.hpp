#pragma once

#include <optional>
#include <string_view>

#include "plan/formats/instance.hpp"

namespace kansli::plan::formats {

// The format that a text looks like; unsupported when it looks like none.
[[nodiscard]] Result<Format> format_of(std::string_view text);

// The instance in a text of a format of routes; those of home care are for read_care_instance. Without a format, it is found out from the text. Single visits that cannot be planned become
// faults of the instance; a text that is no instance at all is invalid_input with its row.
[[nodiscard]] Result<Instance> read_instance(std::string_view text,
                                             std::optional<Format> format = std::nullopt,
                                             Objective objective = Objective::distance);

}  // namespace kansli::plan::formats
