#include "openid/detail/encoding.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kansli::openid::detail {

std::string base64url(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    unsigned kept = 0;
    unsigned bits = 0;
    for (const char byte : bytes) {
        kept = (kept << 8U) | static_cast<unsigned char>(byte);
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            text += letters[(kept >> bits) & 63U];
        }
        kept &= (1U << bits) - 1;
    }
    if (bits > 0) text += letters[(kept << (6 - bits)) & 63U];
    return text;
}

std::string base64(std::string_view bytes) {
    auto text = base64url(bytes);
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    while (text.size() % 4 != 0)
        text += '=';
    return text;
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        const bool plain = (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
                           (letter >= 'A' && letter <= 'Z') ||
                           std::string_view("-._~").find(letter) != std::string_view::npos;
        if (plain) {
            result += letter;
        } else {
            result += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
        }
    }
    return result;
}

}  // namespace kansli::openid::detail
