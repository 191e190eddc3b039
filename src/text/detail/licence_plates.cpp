#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "text/detail/personal_finders.hpp"
#include "text/detail/utf8.hpp"

// Licence plates (vägtrafikregistret): three letters out of A–Z without I, Q, V, then three digits or, since 2019, two digits and a
// letter that is not O either. About ninety combinations are not issued; abbreviations that stand before numbers in
// administrative prose are not taken unless a vehicle is spoken of.
namespace kansli::text::detail {

namespace {

bool is_plate_letter(char c) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c;
    return upper >= 'A' && upper <= 'Z' && upper != 'I' && upper != 'Q' && upper != 'V';
}

bool is_plate_letters(std::string_view text) {
    return text.size() == 3 && is_plate_letter(text[0]) && is_plate_letter(text[1]) &&
           is_plate_letter(text[2]);
}

bool is_all_digits(std::string_view text) {
    return digits_of(text).size() == text.size();
}

// "123" or "12D".
bool is_plate_ending(std::string_view text) {
    if (text.size() != 3 || !is_all_digits(text.substr(0, 2))) return false;
    return is_all_digits(text) || (is_plate_letter(text[2]) && text[2] != 'O' && text[2] != 'o');
}

std::string plate_of(std::string_view letters, std::string_view ending) {
    std::string out(letters);
    out += ending;
    for (auto& c : out)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c;
    return out;
}

bool vehicle_is_spoken_of(const Reading& reading, std::size_t at, std::size_t last) {
    if (reading.near_before(at, role::vehicle, 6)) return true;
    for (auto next = last + 1; reading.has(next) && next <= last + 3; ++next) {
        if (reading.word(next).is(role::vehicle)) return true;
    }
    return false;
}

}  // namespace

Finding find_licence_plate(const Reading& reading, std::size_t at) {
    const auto& word = reading.word(at);
    auto last = at;
    auto letters = reading.written(at);
    std::string_view ending;
    if (letters.size() == 6 && word.shape == Shape::mixed) {
        ending = letters.substr(3);
        letters = letters.substr(0, 3);
    } else if (letters.size() == 3 && (reading.spaced(at) || reading.after(at) == "-") &&
               reading.has(at + 1)) {
        last = at + 1;
        ending = reading.written(last);
    }
    if (!is_plate_letters(letters) || !is_plate_ending(ending)) return std::nullopt;
    if (reading.cut_out_of_number(word.start, reading.word(last).end)) return std::nullopt;
    const bool in_capitals = letters.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
    const bool issued = last == at || !word.is(role::no_plate);
    const bool new_form = !is_all_digits(ending);
    const bool sure = in_capitals && issued && (last > at || new_form || word.shape == Shape::mixed);
    if (!sure && !vehicle_is_spoken_of(reading, at, last)) return std::nullopt;
    if (reading.has(last + 1) && reading.word(last + 1).is(role::unit) && reading.spaced(last) && !new_form)
        return std::nullopt;
    return Found{PersonalData::licence_plate, word.start, reading.word(last).end, plate_of(letters, ending)};
}

}  // namespace kansli::text::detail
