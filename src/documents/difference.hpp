#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/document.hpp"

namespace kansli::documents {

enum class Edit : std::uint8_t { same, deleted, inserted };

// A run of words that both texts have, or only one of them.
struct EditSpan {
    Edit edit = Edit::same;
    std::string text{};

    friend bool operator==(const EditSpan&, const EditSpan&) = default;
};

// The words that must be deleted and inserted to make one text of the other, in reading order. Same and deleted spans
// together are `before`; same and inserted ones are `after`. Few changes are found exactly; texts that have little in common
// become one deletion and one insertion.
[[nodiscard]] std::vector<EditSpan> compare_texts(std::string_view before, std::string_view after);

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
