#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What differs between two texts, word by word: versions of a document, a draft and what a person made of it. Pure.
namespace kansli::text {

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

// The share of both texts that is deleted or inserted, in bytes: 0 for equal texts, 1 when nothing was kept.
[[nodiscard]] double changed_share(const std::vector<EditSpan>& spans);

// Words, runs of blanks, and single signs; together they are the text.
[[nodiscard]] std::vector<std::string_view> pieces(std::string_view text);

}  // namespace kansli::text
