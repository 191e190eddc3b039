#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

// Small readings of Swedish text that several files of this room share.
namespace kansli::documents::detail {

[[nodiscard]] std::string_view trimmed(std::string_view text);

// The day that follows `phrase` in `text`; the phrase is compared without regard to case and must be given folded.
[[nodiscard]] std::optional<Date> date_in(std::string_view text, std::string_view phrase);

// The bytes after `phrase`, which is found without regard to case; empty when it is not there.
[[nodiscard]] std::string_view after(std::string_view text, std::string_view phrase);

// Whether one letter missing, too many or wrong, or two that changed places, makes one ASCII word of the other. False for equal words.
[[nodiscard]] bool one_slip_apart(std::string_view a, std::string_view b);

[[nodiscard]] Date day_before(Date day);
[[nodiscard]] Date day_after(Date day);

}  // namespace kansli::documents::detail
