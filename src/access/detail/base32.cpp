#include "access/detail/base32.hpp"

#include <cstdint>

namespace kansli::access::detail {

std::string base32(std::string_view bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    std::uint32_t waiting = 0;  // bits that have come in and not gone out, at the low end
    unsigned count = 0;
    for (const char c : bytes) {
        waiting = (waiting << 8U) | static_cast<unsigned char>(c);
        count += 8;
        for (; count >= 5; count -= 5)
            text += alphabet[(waiting >> (count - 5)) & 31U];
    }
    if (count > 0) text += alphabet[(waiting << (5 - count)) & 31U];
    return text;
}

}  // namespace kansli::access::detail
