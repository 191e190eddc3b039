#pragma once

#include <span>
#include <string_view>

#include "assistants/wording.hpp"
#include "core/time.hpp"

namespace kansli::assistants {

// The strictest check there is: a sentence holds when it is its quotes with words left out. Its words, by their stems, stand in the quotes in the
// same order, numbers as they are written, and it denies as often as they do. Pure; threads: any.
[[nodiscard]] SentenceVerdict check_words(std::string_view sentence, std::span<const SentenceQuote> quotes,
                                          Date day);

}  // namespace kansli::assistants
