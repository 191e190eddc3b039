#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <unicode/bytestream.h>
#include <unicode/errorcode.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/unistr.h>

#include "core/check.hpp"
#include "text/detail/utf8.hpp"
#include "text/language.hpp"

// Bytes of unknown origin to well-formed UTF-8. Municipal files come as UTF-8, as Windows-1252 from older
// programs, and as UTF-16 from some exports. Latin-1 is a subset of Windows-1252 but for control characters
// nobody writes.
namespace kansli::text {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// Characters of Windows-1252 at 0x80–0x9F; the five unused places stand for themselves.
constexpr std::array<char16_t, 32> windows_1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

void append_utf8(std::string& out, char32_t code) {
    if (code < 0x80U) {
        out += static_cast<char>(code);
    } else if (code < 0x800U) {
        out += static_cast<char>(0xC0U | code >> 6U);
        out += static_cast<char>(0x80U | (code & 0x3FU));
    } else if (code < 0x10000U) {
        out += static_cast<char>(0xE0U | code >> 12U);
        out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
        out += static_cast<char>(0xF0U | code >> 18U);
        out += static_cast<char>(0x80U | (code >> 12U & 0x3FU));
        out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    }
}

enum class ByteOrder : std::uint8_t { little, big };

std::string from_utf16(std::string_view bytes, ByteOrder order) {
    const auto unit = [&](std::size_t at) {
        const auto a = detail::byte_at(bytes, at);
        const auto b = detail::byte_at(bytes, at + 1);
        return static_cast<char32_t>(order == ByteOrder::little ? (b << 8U | a) : (a << 8U | b));
    };
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const auto high = unit(at);
        if (high < 0xD800U || high > 0xDFFFU) {
            append_utf8(out, high);
            continue;
        }
        const auto low = at + 3 < bytes.size() ? unit(at + 2) : char32_t{0};
        if (high <= 0xDBFFU && low >= 0xDC00U && low <= 0xDFFFU) {
            append_utf8(out, 0x10000U + ((high & 0x3FFU) << 10U) + (low & 0x3FFU));
            at += 2;
        } else {
            out += replacement;
        }
    }
    if (bytes.size() % 2 != 0) out += replacement;
    return out;
}

std::string from_windows_1252(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto byte = static_cast<std::uint8_t>(c);
        append_utf8(out, byte >= 0x80U && byte < 0xA0U ? windows_1252[byte - 0x80U] : byte);
    }
    return out;
}

std::string repaired(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const auto character = detail::character_at(bytes, at);
        out += character.code == detail::no_character ? replacement : bytes.substr(at, character.length);
        at += character.length;
    }
    return out;
}

// What the bytes above ASCII are: whole UTF-8 sequences, strays, and strays that Latin-1 would not print.
struct Census {
    std::size_t sequences = 0;
    std::size_t strays = 0;
    std::size_t windows = 0;
};

Census take_census(std::string_view bytes) {
    Census census;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto character = detail::character_at(bytes, at);
        if (character.code == detail::no_character) {
            ++census.strays;
            if (detail::byte_at(bytes, at) < 0xA0U) ++census.windows;
        } else if (character.length > 1) {
            ++census.sequences;
        }
        at += character.length;
    }
    return census;
}

// Every character below U+0300 is in normal form C already, wherever it stands.
bool plainly_normal(std::string_view text) {
    for (const char c : text) {
        if (static_cast<std::uint8_t>(c) >= 0xCCU) return false;
    }
    return true;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto character = detail::character_at(bytes, at);
        if (character.code == detail::no_character) return false;
        at += character.length;
    }
    return true;
}

std::string normalise(std::string_view utf8) {
    std::string text = is_valid_utf8(utf8) ? std::string(utf8) : repaired(utf8);
    if (plainly_normal(text)) return text;
    icu::ErrorCode status;
    const auto* form_c = icu::Normalizer2::getNFCInstance(status);
    CHECK_INVARIANT(status.isSuccess());
    const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
    if (form_c->isNormalizedUTF8(piece, status) != 0 && status.isSuccess()) return text;
    std::string out;
    out.reserve(text.size());
    icu::StringByteSink<std::string> sink(&out);
    form_c->normalizeUTF8(0, piece, sink, nullptr, status);
    CHECK_INVARIANT(status.isSuccess());
    return out;
}

Decoded decode(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return {normalise(bytes.substr(3)), "UTF-8"};
    if (bytes.starts_with("\xFF\xFE"))
        return {normalise(from_utf16(bytes.substr(2), ByteOrder::little)), "UTF-16LE"};
    if (bytes.starts_with("\xFE\xFF"))
        return {normalise(from_utf16(bytes.substr(2), ByteOrder::big)), "UTF-16BE"};
    const auto census = take_census(bytes);
    // A cut or damaged UTF-8 file still has far more whole sequences than strays; single-byte text hardly has
    // any.
    if (census.strays == 0 || census.sequences > 4 * census.strays) return {normalise(bytes), "UTF-8"};
    return {normalise(from_windows_1252(bytes)), census.windows > 0 ? "Windows-1252" : "ISO-8859-1"};
}

}  // namespace kansli::text
