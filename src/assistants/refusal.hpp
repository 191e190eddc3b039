#pragma once

#include <optional>
#include <string>

#include "assistants/inquiry.hpp"
#include "assistants/support.hpp"

// Why there is no answer, told so that the asker can go on. Pure; threads: any.
namespace kansli::assistants {

// A source that speaks of the question but does not apply on the day that was asked about.
struct LapsedSource {
    std::string title{};
    std::string path{};
    bool coming = false;  // applies later, rather than no longer
};

// The section that lies nearest the question.
struct NearestSource {
    std::string title{};
    std::string path{};
};

struct RefusalCircumstances {
    bool found_anything = false;  // some section that applies holds some word of the question
    std::optional<NearestSource> nearest{};
    std::optional<LapsedSource> lapsed{};  // when it speaks of the question more than all that applies
};

[[nodiscard]] std::string refusal_reason(const Inquiry& inquiry, const SupportFeatures& features,
                                         const RefusalCircumstances& circumstances);

}  // namespace kansli::assistants
