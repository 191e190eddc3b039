#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "text/detail/personal_finders.hpp"

// Words that may be the parts of one name, before anything is decided.
namespace kansli::text::detail {

inline constexpr std::size_t most_parts = 6;

// What a word may be in a name.
enum class Part : std::uint8_t {
    none,
    unknown,
    initial,
    particle,
    maybe_given,
    given,
    maybe_surname,
    surname_form,
    surname
};

inline bool is_given(Part part) {
    return part == Part::given || part == Part::maybe_given;
}
inline bool is_surname(Part part) {
    return part == Part::surname || part == Part::surname_form || part == Part::maybe_surname;
}

// Words of a name that belong together, [first, last], with the parts that they are.
struct NameRun {
    std::size_t first = 0;
    std::size_t last = 0;
    std::array<Part, most_parts> parts{};
    std::array<bool, most_parts> hyphen_before{};
    std::size_t size = 0;
    std::size_t end = 0;  // byte

    [[nodiscard]] Part part(std::size_t at) const { return at < size ? parts[at] : Part::none; }
};

[[nodiscard]] Part part_of(const Reading& reading, std::size_t at);

// The longest run of parts from a word on; its size is 0 when the word is no part.
[[nodiscard]] NameRun name_run_at(const Reading& reading, std::size_t at);

// Leaves so many parts of a run. Requires: 1 to its size.
void shorten(const Reading& reading, NameRun& run, std::size_t parts);

// The part that a run begins with; of "Tuva-Li" and "Öberg-Strand" the best known of the parts counts.
[[nodiscard]] Part head_of(const NameRun& run);

// The part after the head and its hyphened others.
[[nodiscard]] Part next_of(const NameRun& run);

}  // namespace kansli::text::detail
