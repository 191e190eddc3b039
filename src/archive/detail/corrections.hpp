#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/subject_search.hpp"
#include "core/result.hpp"
#include "store/database.hpp"

namespace kansli::archive::detail {

// What an entry of that kind says besides its own number and time.
struct CorrectionContent {
    std::string thing{};  // see record/marks.hpp
    Part part = Part::entry;
    std::string wrong{};
    std::string right{};
    std::string reason{};
    bool replaced = false;
};
KANSLI_DESCRIBE(CorrectionContent, thing, part, wrong, right, reason, replaced)

// The corrections of a thing in order; those whose entries have been gallrade say nothing any more and are left out. No rights are asked for.
[[nodiscard]] Result<std::vector<CorrectionNote>> corrections_of(store::Connection& connection,
                                                                 std::string_view thing);

// As it stands below a text that goes out: lines, or nothing.
[[nodiscard]] std::string correction_text(const std::vector<CorrectionNote>& corrections);

}  // namespace kansli::archive::detail
