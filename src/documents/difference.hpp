#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "documents/document.hpp"
#include "text/difference.hpp"

namespace kansli::documents {

using text::Edit;
using text::EditSpan;

enum class Change : std::uint8_t { same, changed, added, removed };

// How one section stands in the two versions.
struct SectionChange {
    Change change = Change::same;
    std::string path{};  // in the later version; in the earlier one for a removed section
    std::vector<std::string> trail{};
    int before = -1;                // ordinal in the earlier version, -1 when added
    int after = -1;                 // ordinal in the later version, -1 when removed
    std::vector<EditSpan> spans{};  // of the sections' own texts; empty when they are the same

    friend bool operator==(const SectionChange&, const SectionChange&) = default;
};

// Two versions section by section, in the later one's order with removed sections where they stood. Sections belong
// together by path, and where the path changed, by what they say.
struct Difference {
    std::vector<SectionChange> sections{};
    int changed = 0;
    int added = 0;
    int removed = 0;
};

[[nodiscard]] Difference compare(const ReadDocument& before, const ReadDocument& after);

}  // namespace kansli::documents
