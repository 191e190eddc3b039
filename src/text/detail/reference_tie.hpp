#pragma once

#include <cstddef>

#include "text/detail/reference_words.hpp"
#include "text/references.hpp"

namespace kansli::text::detail {

// How the sentence is tied to the places that stand in words [first, end).
[[nodiscard]] Tie tie_of(const ReferenceWords& words, std::size_t first, std::size_t end);

}  // namespace kansli::text::detail
