#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// What stands at the beginning of a line that a Swede would use to point at it: "9 kap.", "4 a §", "§ 12", "2.1", "Bilaga 3".
namespace kansli::documents::detail {

enum class MarkKind : std::uint8_t {
    none,
    division,      // "AVDELNING IV."
    chapter,       // "9 kap."
    section,       // "4 a §", "10–15 §§"
    agenda,        // "§ 12", as in minutes and bye-laws
    decimal,       // "2.1", "7."
    annex,         // "Bilaga 3"
    transitional,  // "Övergångsbestämmelser"
    act,           // "1976:955", the act that a transitional provision came with
};

struct Mark {
    MarkKind kind = MarkKind::none;
    std::string label{};     // as it is printed in a path: "9 kap.", "4 a §", "§ 12", "2.1", "Bilaga 3"
    int number = 0;          // its first number …
    std::string letter{};    // … and letter: "a"
    int components = 0;      // of a decimal number: 2 for "2.1"
    std::size_t length = 0;  // bytes of the line that the mark and the blanks after it take
    bool alone = false;      // nothing follows on the line
    bool opens =
        false;  // what follows begins as a sentence or a title does, not as a cross reference goes on
};

[[nodiscard]] Mark read_mark(std::string_view line);

// Whether the text starts with an upper-case letter, perhaps after a quotation mark.
[[nodiscard]] bool starts_upper(std::string_view text);
// Whether the text ends as a sentence, a lead-in or a clause ends (. : ; ? ! or the like).
[[nodiscard]] bool ends_with_stop(std::string_view text);
[[nodiscard]] std::size_t count_characters(std::string_view text);

// The line without its page reference, when it is one of a list of contents: ends in dotted leaders and a number.
[[nodiscard]] bool has_dotted_leader(std::string_view line);
[[nodiscard]] bool ends_with_page_number(std::string_view line);
[[nodiscard]] bool is_contents_heading(std::string_view line);

}  // namespace kansli::documents::detail
