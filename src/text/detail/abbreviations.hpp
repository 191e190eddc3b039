#pragma once

#include <cstdint>
#include <string_view>

namespace kansli::text::detail {

// What a full stop after a word may mean.
enum class Abbreviation : std::uint8_t {
    none,        // an ordinary word: the stop ends the sentence
    never_ends,  // something always follows: "t.ex.", "kl.", "fr.o.m."
    can_end,     // may be the last word: "m.m.", "kr.", "st."
};

// `folded` is what stands before the full stop, inner stops included and blanks left out: "t.ex", "bl.a",
// "kl".
[[nodiscard]] Abbreviation abbreviation(std::string_view folded);

// Words after which a single capital is a name of something ("alternativ A."), not somebody's initial.
[[nodiscard]] bool names_a_letter(std::string_view folded);

}  // namespace kansli::text::detail
