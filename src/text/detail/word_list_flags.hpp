#pragma once

#include <cstdint>
#include <string_view>

// What word_list.cpp and word_list_reader.cpp agree on.
namespace kansli::text::detail {

// The parts that flags play, as bits; the flags of suffix rules get the bits after these as they appear.
inline constexpr std::uint64_t begins = 1;       // COMPOUNDBEGIN, COMPOUNDMIDDLE
inline constexpr std::uint64_t ends = 2;         // COMPOUNDEND, or seen to end listed compounds
inline constexpr std::uint64_t only_inside = 4;  // ONLYINCOMPOUND
inline constexpr std::uint64_t forbidden = 8;    // FORBIDDENWORD
inline constexpr std::uint64_t name = 16;        // written with a capital
inline constexpr std::uint64_t noun = 32;        // no name and no verb
inline constexpr unsigned first_rule_bit = 6;
inline constexpr unsigned last_rule_bit = 63;
inline constexpr std::uint64_t is_word = std::uint64_t{1} << 63U;  // set for every word

// Form::rule when no rule of the list made the form.
inline constexpr std::uint16_t as_it_stands = 0xFFFF;
inline constexpr std::uint16_t by_letters = 0xFFFE;
inline constexpr std::uint16_t by_mining = 0xFFFD;
inline constexpr std::uint16_t most_rules = 0xFF00;

inline constexpr std::size_t shortest_root = 2;

// Hunspell's conditions: characters, "." for any, "[abc]" and "[^abc]"; matched against the end of the word.
[[nodiscard]] bool condition_holds(std::string_view condition, std::string_view word);

}  // namespace kansli::text::detail
