#pragma once

#include <string>
#include <string_view>

// What of a text in UTF-8 a person can see. Pure; bytes that are no UTF-8 stay and count as seen.
namespace kansli {

// Control characters become blanks; signs that only steer how others are set (of no width, of direction, soft hyphens) are left out.
[[nodiscard]] std::string visible_text(std::string_view text);

// Whether it holds a sign that turns the direction of what follows (U+202A–202E, U+2066–2069): with one, a name can be shown as
// another. What people go by must not hold any.
[[nodiscard]] bool turns_direction(std::string_view text);

// Whether nothing can be seen: no text at all, or blanks of any width and signs that `visible_text` leaves out. Where somebody must
// say why, a blank text says nothing.
[[nodiscard]] bool is_blank(std::string_view text);

}  // namespace kansli
