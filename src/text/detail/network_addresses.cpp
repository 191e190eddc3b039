#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/detail/personal_finders.hpp"
#include "text/detail/utf8.hpp"

// E-mail addresses (RFC 5322, as people write them) and addresses of the network (IPv4; IPv6 as RFC 4291 writes it). Numbers of
// versions and of headings have full stops, too; they are told by the word before and by their size.
namespace kansli::text::detail {

namespace {

bool is_local(std::uint8_t byte) {
    return byte >= 0x80U || is_letter_or_digit(byte) || byte == '.' || byte == '_' || byte == '-' ||
           byte == '+' || byte == '%';
}

bool is_domain(std::uint8_t byte) {
    return byte >= 0x80U || is_letter_or_digit(byte) || byte == '.' || byte == '-';
}

// Only letters beyond ASCII belong to an address, not the marks that lie there ("”", "–").
bool is_ordinary(std::string_view text, std::size_t at) {
    if (byte_at(text, at) < 0x80U) return true;
    while (at > 0 && is_continuation(byte_at(text, at)))
        --at;
    return is_letter(character_at(text, at).code);
}

std::size_t start_of_local(std::string_view text, std::size_t sign, std::size_t from) {
    auto start = sign;
    while (start > from && is_local(byte_at(text, start - 1)) && is_ordinary(text, start - 1))
        --start;
    while (start < sign &&
           (text[start] == '.' || text[start] == '-' || text[start] == '+' || text[start] == '%'))
        ++start;
    return start;
}

std::size_t end_of_domain(std::string_view text, std::size_t sign) {
    auto end = sign + 1;
    while (end < text.size() && is_domain(byte_at(text, end)) && is_ordinary(text, end))
        ++end;
    while (end > sign + 1 && (text[end - 1] == '.' || text[end - 1] == '-'))
        --end;
    return end;
}

// Two labels at least, and a last one of letters.
bool is_whole_domain(std::string_view domain) {
    const auto stop = domain.rfind('.');
    if (stop == std::string_view::npos || stop == 0 || domain.find("..") != std::string_view::npos)
        return false;
    const auto last = domain.substr(stop + 1);
    return last.size() >= 2 && digits_of(last).empty();
}

bool is_octet(const Reading& reading, std::size_t at) {
    return reading.has(at) && reading.word(at).is_number() && reading.word(at).size() <= 3 &&
           value_of(reading.written(at)) <= 255;
}

Finding find_v4(const Reading& reading, std::size_t at) {
    for (std::size_t part = 0; part < 4; ++part) {
        if (!is_octet(reading, at + part) || (part < 3 && reading.after(at + part) != "."))
            return std::nullopt;
    }
    const auto start = reading.word(at).start;
    const auto end = reading.word(at + 3).end;
    if (reading.cut_out_of_number(start, end) && byte_at(reading.text(), end) != ':') return std::nullopt;
    if (!reading.near_before(at, role::network, 4)) {
        if (reading.near_before(at, role::numbering, 3)) return std::nullopt;
        bool large = false;  // no heading has a number like this
        for (std::size_t part = 0; part < 4; ++part)
            large = large || value_of(reading.written(at + part)) > 31;
        if (!large && reading.written(at) != "10") return std::nullopt;
    }
    return Found{PersonalData::network_address, start, end,
                 std::string(reading.text().substr(start, end - start))};
}

bool is_hexadecimal(std::uint8_t byte) {
    return is_digit(byte) || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

// Eight groups of up to four hexadecimal digits, or fewer and one "::".
Finding find_v6(const Reading& reading, std::size_t at) {
    const auto text = reading.text();
    const auto start = std::size_t{reading.word(at).start};
    auto end = start;
    while (end < text.size() && (is_hexadecimal(byte_at(text, end)) || text[end] == ':'))
        ++end;
    while (end > start && text[end - 1] == ':' && !(end > start + 1 && text[end - 2] == ':'))
        --end;
    const auto written = text.substr(start, end - start);
    std::size_t groups = 0;
    std::size_t length = 0;
    for (const char c : written) {
        length = c == ':' ? 0 : length + 1;
        if (length == 1) ++groups;
        if (length > 4) return std::nullopt;
    }
    const auto shortened = written.find("::");
    const bool whole = shortened == std::string_view::npos ? groups == 8 : groups >= 2 && groups <= 7;
    if (!whole ||
        (shortened != std::string_view::npos && written.find("::", shortened + 1) != std::string_view::npos))
        return std::nullopt;
    if (end < text.size() && is_letter_or_digit(character_at(text, end).code)) return std::nullopt;
    return Found{PersonalData::network_address, start, end, std::string(written)};
}

}  // namespace

Finding find_network_address(const Reading& reading, std::size_t at) {
    const auto after = reading.after(at);
    if (after == ".") return find_v4(reading, at);
    if ((after == ":" || after == "::") && reading.word(at).size() <= 4 &&
        std::ranges::all_of(reading.written(at),
                            [](char c) { return is_hexadecimal(static_cast<std::uint8_t>(c)); }))
        return find_v6(reading, at);
    return std::nullopt;
}

std::vector<Found> find_emails(std::string_view text) {
    std::vector<Found> found;
    std::size_t from = 0;
    for (auto sign = text.find('@'); sign != std::string_view::npos; sign = text.find('@', sign + 1)) {
        const auto start = start_of_local(text, sign, from);
        const auto end = end_of_domain(text, sign);
        if (start == sign || !is_whole_domain(text.substr(sign + 1, end - sign - 1))) continue;
        std::string canonical(text.substr(start, end - start));
        for (auto& c : canonical)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
        found.push_back({PersonalData::email, start, end, std::move(canonical)});
        from = end;
        sign = end - 1;
    }
    return found;
}

}  // namespace kansli::text::detail
