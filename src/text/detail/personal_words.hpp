#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The words of a text as the finders of personal data see them: how they are written and what the lists say of them. One pass, without
// a string a word: that is what makes the search fast.
namespace kansli::text::detail {

// What the lists in data/names and context_words.hpp say of a word. Bits.
namespace role {
inline constexpr std::uint32_t given = 1U << 0U;
inline constexpr std::uint32_t surname = 1U << 1U;
inline constexpr std::uint32_t common_given = 1U << 2U;    // a given name that is an ordinary word, too
inline constexpr std::uint32_t common_surname = 1U << 3U;  // "Berg", "Lund"
inline constexpr std::uint32_t genitive = 1U << 4U;  // the name roles are those of the word without its s
inline constexpr std::uint32_t place = 1U << 5U;
inline constexpr std::uint32_t not_name = 1U << 6U;
inline constexpr std::uint32_t form_of_address = 1U << 7U;  // "herr", "Mvh": a name follows, known or not
inline constexpr std::uint32_t title = 1U << 8U;            // "handläggare": mostly a name follows
inline constexpr std::uint32_t business = 1U << 9U;         // "AB", "Åkeri"
inline constexpr std::uint32_t institution = 1U << 10U;     // "gata", "skola": what bears a person's name
inline constexpr std::uint32_t particle = 1U << 11U;        // "von", "af"
inline constexpr std::uint32_t phone = 1U << 12U;
inline constexpr std::uint32_t extension = 1U << 13U;
inline constexpr std::uint32_t account = 1U << 14U;
inline constexpr std::uint32_t clearing = 1U << 15U;
inline constexpr std::uint32_t bankgiro = 1U << 16U;
inline constexpr std::uint32_t plusgiro = 1U << 17U;
inline constexpr std::uint32_t swish = 1U << 18U;
inline constexpr std::uint32_t vehicle = 1U << 19U;
inline constexpr std::uint32_t property = 1U << 20U;
inline constexpr std::uint32_t reference = 1U << 21U;  // "dnr", "ärende": a case number follows
inline constexpr std::uint32_t identity = 1U << 22U;   // "personnummer"
inline constexpr std::uint32_t home = 1U << 23U;       // "adress", "bor": an address follows
inline constexpr std::uint32_t unit = 1U << 24U;       // "meter", "kr": the number before is an amount
inline constexpr std::uint32_t direction = 1U << 25U;  // "Norra", "Gamla": begins names of places
inline constexpr std::uint32_t no_plate = 1U << 26U;   // letters that no licence plate has
inline constexpr std::uint32_t no_case = 1U << 27U;    // "SFS", "NJA", "EU": the number is public law
inline constexpr std::uint32_t numbering =
    1U << 28U;  // "version", "avsnitt": digits and full stops are no address
inline constexpr std::uint32_t network = 1U << 29U;  // "ip"

inline constexpr std::uint32_t any_given = given | common_given;
inline constexpr std::uint32_t any_surname = surname | common_surname;
inline constexpr std::uint32_t any_name = any_given | any_surname;
}  // namespace role

enum class Shape : std::uint8_t {
    number,    // digits only
    mixed,     // letters and digits
    lower,     // begins with a small letter
    capital,   // begins with a capital: "Rut", also "K"
    capitals,  // two or more capitals and nothing else
};

struct PersonalWord {
    std::uint64_t hash = 0;  // of the folded word, without the s of a genitive
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::uint32_t roles = 0;
    Shape shape = Shape::lower;
    std::uint8_t letters = 0;  // characters, at most 255

    [[nodiscard]] std::size_t size() const { return end - start; }
    [[nodiscard]] bool is(std::uint32_t any_of) const { return (roles & any_of) != 0; }
    [[nodiscard]] bool is_capital() const { return shape == Shape::capital || shape == Shape::capitals; }
    [[nodiscard]] bool is_number() const { return shape == Shape::number; }
    [[nodiscard]] bool is_initial() const { return shape == Shape::capital && letters == 1; }
};

// Puts the words of a text in place of what was in `words`, whose memory is used again.
void read_personal_words(std::string_view text, std::vector<PersonalWord>& words);

// Whether a word that no list has ends as titles do: "bygglovshandläggare".
[[nodiscard]] bool ends_as_title(std::string_view folded);
[[nodiscard]] bool ends_as_institution(std::string_view folded);

}  // namespace kansli::text::detail
