#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "text/language.hpp"

// How a sentence is put together, as far as questions and answers are told by it.
namespace kansli::assistants {

inline constexpr auto units = std::to_array<std::string_view>({
    "dag",      "dagar",         "dagars",   "dygn",     "vecka",     "veckor", "veckors",
    "månad",    "månader",       "månaders", "år",       "års",       "timme",  "timmar",
    "timmars",  "minut",         "minuter",  "minuters", "kvartal",   "halvår", "arbetsdagar",
    "vardagar", "kalenderdagar", "årskurs",  "termin",   "terminer",  "gång",   "gånger",
    "månaden",  "året",          "veckan",   "dagen",    "kvartalet",
});

template <typename List>
bool among(const List& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

// A capital that no sentence beginning explains.
[[nodiscard]] bool is_name(std::string_view text, const std::vector<text::Token>& tokens, std::size_t at);

struct Shape {
    const std::vector<text::Token>& tokens;

    [[nodiscard]] std::string_view at(std::size_t index) const {
        return index < tokens.size() ? std::string_view(tokens[index].folded) : std::string_view{};
    }
    [[nodiscard]] bool has(std::string_view word) const {
        return std::ranges::find(tokens, word, &text::Token::folded) != tokens.end();
    }
    [[nodiscard]] bool has_pair(std::string_view first, std::string_view second) const {
        for (std::size_t index = 0; index + 1 < tokens.size(); ++index) {
            if (at(index) == first && at(index + 1) == second) return true;
        }
        return false;
    }
    template <typename List>
    [[nodiscard]] bool has_any(const List& list) const {
        return std::ranges::any_of(tokens,
                                   [&](const text::Token& token) { return among(list, token.folded); });
    }
};

}  // namespace kansli::assistants
