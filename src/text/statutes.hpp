#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "text/language.hpp"

// What statutes are called. Pure; threads: any.
namespace kansli::text {

// The General Data Protection Regulation, which is quoted by articles and has no number in the Swedish Code of Statutes.
inline constexpr std::string_view data_protection_regulation = "2016/679";

// True for "2010:900" and the like: a year and a number in the Swedish Code of Statutes.
[[nodiscard]] bool is_statute_number(std::string_view word);

struct StatuteName {
    std::string_view number{};  // "2010:900"; empty: no name
    std::size_t words = 0;      // how many the name takes
};

// The longest name of a statute that the words begin with: "PBL", "plan- och bygglagen". `text` is what the words were read from: short
// names that also are words ("KL", "SoL", "FL") count only in the letters that lawyers write. Where a statute was replaced, the name
// stands for the one in force; the old one is found by its number.
[[nodiscard]] StatuteName statute_name_at(std::string_view text, std::span<const Token> words);

// The number of the statute that `written` as a whole is a name of; empty when it is none.
[[nodiscard]] std::string_view statute_named(std::string_view written);

}  // namespace kansli::text
