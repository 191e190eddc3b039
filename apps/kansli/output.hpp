#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/messages.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/document.hpp"
#include "documents/library.hpp"

namespace kansli::app {

// A day from the command line; empty is today in Sweden.
[[nodiscard]] Result<Date> day_or_today(std::string_view text);

// Says on standard error which of the collections asked for hold nothing, as a misspelt one does, and which there are.
[[nodiscard]] Result<void> name_unknown_collections(documents::Library& library,
                                                    const std::vector<std::string>& asked_for);

// " (upphörde att gälla)" and the like after a title; empty for what applies.
[[nodiscard]] std::string_view mark_of(documents::Validity validity);

// The difference of two versions, as text with - and + or as JSON.
void print_difference(const api::DifferenceView& difference, bool json);

}  // namespace kansli::app
