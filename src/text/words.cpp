#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <unicode/errorcode.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "core/check.hpp"
#include "text/detail/utf8.hpp"
#include "text/language.hpp"

// Words and their folded form. ASCII and the letters of Latin-1 (all that Swedish needs) are folded here byte
// by byte; the rest of Unicode goes through ICU. The difference is about tenfold, and indexing is bound by
// it.
namespace kansli::text {

namespace {

constexpr std::uint8_t latin_1_lead = 0xC3;  // U+00C0–U+00FF
constexpr char32_t soft_hyphen = 0xAD;

// The letters that typesetting joins; PDF files carry them as one character.
void open_ligatures(icu::UnicodeString& text) {
    constexpr const char16_t* opened[] = {u"ff", u"fi", u"fl", u"ffi", u"ffl", u"st", u"st"};
    for (std::int32_t at = text.length() - 1; at >= 0; --at) {
        const auto unit = text.charAt(at);
        if (unit >= 0xFB00 && unit <= 0xFB06) text.replace(at, 1, icu::UnicodeString(opened[unit - 0xFB00]));
    }
}

std::string fold_with_icu(std::string_view text) {
    icu::ErrorCode status;
    const auto* form_c = icu::Normalizer2::getNFCInstance(status);
    CHECK_INVARIANT(status.isSuccess());
    auto wide =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    wide.findAndReplace(icu::UnicodeString(static_cast<UChar32>(soft_hyphen)), icu::UnicodeString());
    open_ligatures(wide);
    wide.toLower(icu::Locale::getRoot());
    const auto normal = form_c->normalize(wide, status);
    CHECK_INVARIANT(status.isSuccess());
    std::string out;
    return normal.toUTF8String(out);
}

char lower_ascii(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Second byte of a Latin-1 letter in lower case: À–Þ lie 32 below à–þ, and × is no letter.
char lower_latin_1(char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte >= 0x80U && byte <= 0x9EU && byte != 0x97U ? static_cast<char>(byte + 0x20U) : c;
}

// Where a word ends and whether every byte of it has a plain lower case.
struct WordEnd {
    std::size_t end = 0;
    bool plain = true;
};

// Decimal commas and points, the colon of SFS numbers, the point of clock times: digit, mark, digit.
bool joins_digits(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (c != ',' && c != '.' && c != ':') return false;
    return at > 0 && detail::is_digit(detail::byte_at(text, at - 1)) &&
           detail::is_digit(detail::byte_at(text, at + 1));
}

WordEnd end_of_word(std::string_view text, std::size_t at) {
    WordEnd word{at, true};
    while (word.end < text.size()) {
        const auto byte = detail::byte_at(text, word.end);
        if (byte < 0x80U) {
            if (!detail::is_letter_or_digit(byte) && !joins_digits(text, word.end)) break;
            ++word.end;
            continue;
        }
        const auto character = detail::character_at(text, word.end);
        const bool continues = detail::is_letter_or_digit(character.code) ||
                               detail::is_combining(character.code) || character.code == soft_hyphen;
        if (!continues) break;
        word.plain = word.plain && byte == latin_1_lead;
        word.end += character.length;
    }
    return word;
}

void fold_plain(std::string_view text, std::string& out) {
    out.resize(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool second = at > 0 && static_cast<std::uint8_t>(text[at - 1]) == latin_1_lead;
        out[at] = second ? lower_latin_1(text[at]) : lower_ascii(text[at]);
    }
}

bool is_plain(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = detail::byte_at(text, at);
        if (byte < 0x80U) continue;
        if (byte != latin_1_lead || !detail::is_continuation(detail::byte_at(text, at + 1))) return false;
        ++at;
    }
    return true;
}

}  // namespace

std::string fold(std::string_view text) {
    if (!is_plain(text)) return fold_with_icu(text);
    std::string out;
    fold_plain(text, out);
    return out;
}

std::vector<Token> words(std::string_view text) {
    std::vector<Token> tokens;
    tokens.reserve(text.size() / 6 + 1);
    for (std::size_t at = 0; at < text.size();) {
        const auto character = detail::character_at(text, at);
        if (character.code == U'§') {
            tokens.push_back({at, at + character.length, "§"});
            at += character.length;
            continue;
        }
        if (!detail::is_letter_or_digit(character.code)) {
            at += character.length;
            continue;
        }
        const auto word = end_of_word(text, at);
        auto& token = tokens.emplace_back(Token{at, word.end, {}});
        const auto written = text.substr(at, word.end - at);
        if (word.plain) {
            fold_plain(written, token.folded);
        } else {
            token.folded = fold_with_icu(written);
        }
        at = word.end;
    }
    return tokens;
}

}  // namespace kansli::text
