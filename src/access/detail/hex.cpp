#include "access/detail/hex.hpp"

namespace kansli::access::detail {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

}  // namespace

std::string hex_of(std::string_view raw) {
    std::string hex;
    for (const char c : raw) {
        const auto byte = static_cast<unsigned char>(c);
        hex += hex_digits[byte >> 4U];
        hex += hex_digits[byte & 0xFU];
    }
    return hex;
}

std::string raw_of_hex(std::string_view hex) {
    if (hex.size() % 2 != 0 || hex.find_first_not_of(hex_digits) != std::string_view::npos) return {};
    std::string raw;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        raw += static_cast<char>(hex_digits.find(hex[i]) << 4U | hex_digits.find(hex[i + 1]));
    return raw;
}

}  // namespace kansli::access::detail
