#include "json/writer.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>

#include "json/detail/utf8.hpp"

namespace kansli::json {

namespace {

// The text of a finite number as ECMAScript writes it (RFC 8785, section 3.2.2.3): the shortest digits that
// read back to the same double, with an exponent only below 1e-6 and from 1e21. But a whole number of 64 bits is read back as one,
// so that all its digits must stand there, where ECMAScript fills up with zeros.
std::string shortest(double value) {
    if (value == 0) return "0";
    if (value == std::trunc(value) && value >= -0x1p63 && value < 0x1p64) {
        return value < 0 ? std::to_string(static_cast<std::int64_t>(value))
                         : std::to_string(static_cast<std::uint64_t>(value));
    }
    std::array<char, 32> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                                       std::chars_format::scientific);
    const std::string_view scientific(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
    const auto mark = scientific.find('e');
    std::string digits(1, scientific.front());
    if (mark > 2) digits += scientific.substr(2, mark - 2);
    int exponent = 0;
    const auto* begin = scientific.data() + mark + 1 + (scientific[mark + 1] == '+' ? 1 : 0);
    std::from_chars(begin, scientific.data() + scientific.size(), exponent);

    const int count = static_cast<int>(digits.size());
    const int point = exponent + 1;  // digits before the decimal point
    std::string text = value < 0 ? "-" : "";
    if (point > 21 || point <= -6) {
        text += digits[0];
        if (count > 1) text.append(".").append(digits, 1);
        text.append(exponent < 0 ? "e-" : "e+").append(std::to_string(std::abs(exponent)));
    } else if (point <= 0) {
        text.append("0.").append(static_cast<std::size_t>(-point), '0').append(digits);
    } else if (count <= point) {
        text.append(digits).append(static_cast<std::size_t>(point - count), '0');
    } else {
        text.append(digits, 0, static_cast<std::size_t>(point)).append(".");
        text.append(digits, static_cast<std::size_t>(point));
    }
    return text;
}

void append_escaped(std::string& out, unsigned char byte) {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    switch (byte) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\t':
            out += "\\t";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\r':
            out += "\\r";
            return;
        default:
            break;
    }
    out.append("\\u00").append(1, hexadecimal[byte >> 4U]).append(1, hexadecimal[byte & 15U]);
}

void append_quoted(std::string& out, std::string_view value) {
    out += '"';
    std::size_t done = 0;
    std::size_t at = 0;
    while (at < value.size()) {
        const auto byte = static_cast<unsigned char>(value[at]);
        if (byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\') {
            ++at;
            continue;
        }
        if (byte >= 0x80) {
            const auto length = detail::utf8_sequence(value.substr(at));
            if (length > 0) {
                at += length;
                continue;
            }
        }
        out.append(value, done, at - done);
        if (byte >= 0x80) {
            out += "\xEF\xBF\xBD";
        } else {
            append_escaped(out, byte);
        }
        done = ++at;
    }
    out.append(value, done);
    out += '"';
}

}  // namespace

void Writer::key(std::string_view name) {
    separate();
    append_quoted(text_, name);
    text_ += indent_ > 0 ? ": " : ":";
    after_key_ = true;
}

void Writer::integer(std::int64_t value) {
    separate();
    text_ += std::to_string(value);
}

void Writer::unsigned_integer(std::uint64_t value) {
    separate();
    text_ += std::to_string(value);
}

void Writer::number(double value) {
    separate();
    text_ += std::isfinite(value) ? shortest(value) : "null";
}

void Writer::string(std::string_view value) {
    separate();
    append_quoted(text_, value);
}

void Writer::begin(char bracket) {
    separate();
    text_ += bracket;
    ++depth_;
    first_ = true;
}

void Writer::end(char bracket) {
    --depth_;
    if (!first_) line_break();
    text_ += bracket;
    first_ = false;
}

void Writer::word(std::string_view text) {
    separate();
    text_ += text;
}

void Writer::separate() {
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (depth_ == 0) return;
    if (!first_) text_ += ',';
    first_ = false;
    line_break();
}

void Writer::line_break() {
    if (indent_ > 0) text_.append("\n").append(std::size_t{indent_} * depth_, ' ');
}

}  // namespace kansli::json
