#include "core/visible_text.hpp"

namespace kansli {

namespace {

// In UTF-8: the zero-width signs and direction marks of U+200B–200F, U+202A–202E and U+2060–206F, the Arabic letter mark, the
// soft hyphen and the byte order mark.
bool is_hidden_mark(std::string_view letter) {
    if (letter == "\u061C" || letter == "\u00AD" || letter == "\uFEFF") return true;
    return (letter >= "\u200B" && letter <= "\u200F") || (letter >= "\u202A" && letter <= "\u202E") ||
           (letter >= "\u2060" && letter <= "\u206F");
}

bool is_control(std::string_view letter) {
    const auto first = static_cast<unsigned char>(letter.front());
    if (letter.size() == 1) return first < 0x20 || first == 0x7F;
    return letter >= "\u0080" && letter <= "\u009F";
}

// Those of Unicode's class Z, and two letters that look like none.
bool is_wide_blank(std::string_view letter) {
    if (letter == "\u00A0" || letter == "\u1680" || letter == "\u202F" || letter == "\u205F" ||
        letter == "\u3000" || letter == "\u2800" || letter == "\u3164")
        return true;
    return (letter >= "\u2000" && letter <= "\u200A") || letter == "\u2028" || letter == "\u2029";
}

// The length in bytes of what the text begins with.
std::size_t letter_length(std::string_view rest) {
    std::size_t length = 1;
    while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80U)
        ++length;
    return length;
}

}  // namespace

std::string visible_text(std::string_view text) {
    std::string shown;
    while (!text.empty()) {
        const auto letter = text.substr(0, letter_length(text));
        text.remove_prefix(letter.size());
        if (is_control(letter)) {
            shown += ' ';
        } else if (!is_hidden_mark(letter)) {
            shown += letter;
        }
    }
    return shown;
}

bool turns_direction(std::string_view text) {
    while (!text.empty()) {
        const auto letter = text.substr(0, letter_length(text));
        text.remove_prefix(letter.size());
        const bool turns =
            (letter >= "\u202A" && letter <= "\u202E") || (letter >= "\u2066" && letter <= "\u2069");
        if (turns) return true;
    }
    return false;
}

bool is_blank(std::string_view text) {
    while (!text.empty()) {
        const auto letter = text.substr(0, letter_length(text));
        text.remove_prefix(letter.size());
        const bool seen =
            letter != " " && !is_control(letter) && !is_hidden_mark(letter) && !is_wide_blank(letter);
        if (seen) return false;
    }
    return true;
}

}  // namespace kansli
