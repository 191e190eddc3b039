#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grounding/detail/alignment.hpp"
#include "grounding/sentence_check.hpp"

// What must agree between a sentence and its quotes, a function a kind of thing. None: it does.
namespace kansli::grounding::detail {

struct Finding {
    Ruling ruling = Ruling::contradicted;
    Reason reason = Reason::none;
    std::vector<std::string> words{};
    std::string quoted{};
};
using Found = std::optional<Finding>;

[[nodiscard]] Found check_references(const Comparison& comparison);
[[nodiscard]] Found check_figures(const Comparison& comparison);
[[nodiscard]] Found check_names(const Comparison& comparison);
[[nodiscard]] Found check_actors(const Comparison& comparison);
[[nodiscard]] Found check_force(const Comparison& comparison);
[[nodiscard]] Found check_opposites(const Comparison& comparison);
// What is allowed or demanded up to a bound, said without it.
[[nodiscard]] Found check_left_out_bounds(const Comparison& comparison);
[[nodiscard]] Found check_exceptions(const Comparison& comparison);
[[nodiscard]] Found check_copied_figures(const Comparison& comparison);
[[nodiscard]] Found check_replaced_words(const Comparison& comparison);

}  // namespace kansli::grounding::detail
