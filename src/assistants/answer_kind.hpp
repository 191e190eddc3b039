#pragma once

#include <array>

#include "desk/kind.hpp"

namespace kansli::assistants {

inline constexpr std::array answer_ways{desk::Way::by_hand, desk::Way::file, desk::Way::mail};

// An answer to a question, or a refusal that a person can write an answer in place of.
inline constexpr desk::Kind answer_kind{.name = "answer",
                                        .swedish = "Svarsutkast",
                                        .english = "Answer draft",
                                        .service = "assistants",
                                        .evidence = desk::EvidenceForm::quotes,
                                        .ways = answer_ways,
                                        .kept_months = 24};

}  // namespace kansli::assistants
