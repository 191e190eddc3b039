#pragma once

#include <string_view>

// Who decides, pays, answers and is told in a municipality. Threads: any.
namespace kansli::grounding::detail {

[[nodiscard]] bool is_actor(std::string_view folded);

// Whether one may stand for the other in an answer: "nämnden" for "byggnadsnämnden", "kommunen" for its boards.
[[nodiscard]] bool may_stand_for(std::string_view actor, std::string_view other);

}  // namespace kansli::grounding::detail
