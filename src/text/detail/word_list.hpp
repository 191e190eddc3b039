#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "text/detail/word_table.hpp"

namespace kansli::text::detail {

// What a hunspell word list knows that matters for compounds: which forms may stand first (with their linking letters, and the
// word they come from), and which may stand last (in any inflection). The list's own flags say much of it; the rest ("gatu-",
// "-lov") is learned from the compounds that it lists.
// Words are kept as 64-bit hashes, 16 bytes a word instead of some 60: two different words of Swedish that share a hash are not
// to be expected (150,000² / 2⁶⁵), and would cost one wrong split.
// Threads: const use from any.
class WordList {
  public:
    // `word_list` is a .dic file; its .aff stands beside it. unavailable when either cannot be read, corrupt when they are not
    // hunspell files in UTF-8.
    [[nodiscard]] static Result<WordList> load(const std::filesystem::path& word_list);

    // How a word stands in the list.
    enum class Standing : std::uint8_t {
        unknown,
        listed,  // a word, but not one that is seen to end compounds
        last,    // may end a compound
    };
    [[nodiscard]] Standing standing(std::string_view form) const;

    // Whether the form is a listed word as it stands, or an inflection of one.
    [[nodiscard]] bool knows(std::string_view form) const { return standing(form) != Standing::unknown; }

    // A word in the form that a dictionary lists it, which may end a compound.
    [[nodiscard]] bool is_base_form(std::string_view word) const;

    // A form that may begin a compound, and the word it comes from.
    struct Modifier {
        std::string base{};
        bool name = false;   // a proper name: not a good part unless nothing else fits
        bool mined = false;  // not by its flags, but seen to begin listed compounds
    };
    [[nodiscard]] std::optional<Modifier> modifier(std::string_view form) const;

  private:
    friend class WordListReader;

    // "strip" letters are taken off the end of the word and "add" put there, when the end of the word meets the condition.
    struct Rule {
        std::uint64_t flag = 0;
        std::string strip{};
        std::string add{};
        std::string condition{};
    };
    // How a form that may begin a compound came about.
    struct Form {
        std::uint16_t rule = 0;  // which of links_ made it, or one of the values in word_list.cpp
        bool name = false;
    };

    [[nodiscard]] std::uint64_t flags_of(std::string_view word) const;
    [[nodiscard]] std::string base_by_letters(std::string_view form) const;
    [[nodiscard]] std::string base_by_rule(std::string_view form, const Rule& rule) const;

    WordTable<std::uint64_t> roots_{};  // word → flags
    WordTable<Form> modifiers_{};
    std::vector<Rule> links_{};                  // rules that make a modifier
    std::vector<Rule> inflections_{};            // the other rules, ordered by the last byte of `add`
    std::vector<std::uint16_t> by_last_byte_{};  // 257 places: where in inflections_ each last byte begins
};

}  // namespace kansli::text::detail
