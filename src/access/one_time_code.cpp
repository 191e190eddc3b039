#include "access/one_time_code.hpp"

#include <chrono>

#include <fmt/format.h>

#include "core/ascii.hpp"
#include "core/hash.hpp"

namespace kansli::access {

namespace {

constexpr std::chrono::seconds step_length{30};
constexpr std::uint32_t codes_in_all = 1'000'000;

std::string big_endian(std::int64_t number) {
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes +=
            static_cast<char>((static_cast<std::uint64_t>(number) >> static_cast<unsigned>(shift)) & 0xFFU);
    return bytes;
}

// All but letters and digits as %XX (RFC 3986, section 2.1).
std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const char lower = to_lower_ascii(c);
        if ((lower >= 'a' && lower <= 'z') || is_ascii_digit(c)) {
            encoded += c;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return encoded;
}

}  // namespace

std::string one_time_code(std::string_view secret, std::int64_t step) {
    const auto digest = hmac_sha1(secret, big_endian(step));
    // RFC 4226, section 5.3: the last four bits say where the 31 bits stand that become digits.
    const auto offset = static_cast<unsigned char>(digest.back()) & 0xFU;
    std::uint32_t bits = 0;
    for (unsigned i = 0; i < 4; ++i)
        bits = (bits << 8U) | static_cast<unsigned char>(digest[offset + i]);
    return fmt::format("{:06}", (bits & 0x7FFFFFFFU) % codes_in_all);
}

std::int64_t step_at(Timestamp moment) {
    return moment.time_since_epoch() / step_length;
}

std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code, Timestamp moment,
                                          std::int64_t last_step) {
    std::string digits;
    for (const char c : code) {
        if (c != ' ') digits += c;
    }
    std::optional<std::int64_t> found;
    for (auto step = step_at(moment) - 1; step <= step_at(moment) + 1; ++step) {
        if (equal_secrets(digits, one_time_code(secret, step)) && step > last_step) found = step;
    }
    return found;
}

std::string authenticator_address(std::string_view issuer, std::string_view account,
                                  std::string_view secret) {
    return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}", percent_encoded(issuer),
                       percent_encoded(account), secret, percent_encoded(issuer));
}

}  // namespace kansli::access
