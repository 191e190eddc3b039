#pragma once

#include <string_view>

// How Swedish names, and those of people who have come to Sweden, end. All take folded words.
namespace kansli::text::detail {

// "-sson", "-dotter": also in small letters nothing but a name. Takes the word as it is written, in small letters.
[[nodiscard]] bool is_patronymic(std::string_view written);

// "-sson", "-ström", "-qvist": with a capital, endings that hardly anything but names has.
[[nodiscard]] bool has_patronymic_ending(std::string_view folded);

// "-ström", "-löv", "-inen", "-ić": endings of surnames that places and ordinary words have, too.
[[nodiscard]] bool has_surname_ending(std::string_view folded);

// "-ningen", "-heten", "-verket": endings of ordinary words that are written with a capital in headings and titles.
[[nodiscard]] bool is_common_form(std::string_view folded);

}  // namespace kansli::text::detail
