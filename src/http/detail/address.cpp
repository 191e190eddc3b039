#include "http/detail/address.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace kansli::http::detail {

namespace {

struct Block {
    std::array<std::uint8_t, 16> begin;
    int bits;
};

// IPv4 blocks of the special-purpose registry (RFC 6890 and its updates) that are not the internet at large.
constexpr std::array<Block, 15> closed_v4{{{{0}, 8},
                                           {{10}, 8},
                                           {{100, 64}, 10},
                                           {{127}, 8},
                                           {{169, 254}, 16},
                                           {{172, 16}, 12},
                                           {{192, 0, 0}, 24},
                                           {{192, 0, 2}, 24},
                                           {{192, 88, 99}, 24},
                                           {{192, 168}, 16},
                                           {{198, 18}, 15},
                                           {{198, 51, 100}, 24},
                                           {{203, 0, 113}, 24},
                                           {{224}, 4},
                                           {{240}, 4}}};

// Within 2000::/3, the only IPv6 block that is given out: what is not the internet at large, or hides an IPv4 address.
constexpr std::array<Block, 4> closed_v6{
    {{{0x20, 0x01, 0x00}, 23}, {{0x20, 0x01, 0x0D, 0xB8}, 32}, {{0x20, 0x02}, 16}, {{0x3F, 0xFF}, 20}}};

bool lies_in(const std::uint8_t* address, const Block& block) {
    const auto bytes = static_cast<std::size_t>(block.bits / 8);
    if (!std::equal(address, address + bytes, block.begin.begin())) return false;
    const int rest = block.bits % 8;
    const auto mask = static_cast<std::uint8_t>(0xFF00U >> static_cast<unsigned>(rest));
    return rest == 0 || (address[bytes] & mask) == (block.begin[bytes] & mask);
}

bool is_public_v4(const std::uint8_t* address) {
    return std::ranges::none_of(closed_v4, [&](const Block& block) { return lies_in(address, block); });
}

bool is_public_v6(const std::uint8_t* address) {
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    if (std::equal(mapped.begin(), mapped.end(), address)) return is_public_v4(address + mapped.size());
    if ((address[0] & 0xE0U) != 0x20U) return false;
    return std::ranges::none_of(closed_v6, [&](const Block& block) { return lies_in(address, block); });
}

}  // namespace

bool is_public(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        in_addr v4{};
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
        std::memcpy(&v4, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, sizeof(v4));
        std::array<std::uint8_t, 4> bytes{};
        std::memcpy(bytes.data(), &v4, bytes.size());
        return is_public_v4(bytes.data());
    }
    if (address.sa_family == AF_INET6) {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
        return is_public_v6(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr.s6_addr);
    }
    return false;
}

bool is_public(std::string_view text) {
    const std::string terminated(text);
    std::array<std::uint8_t, 16> bytes{};
    if (::inet_pton(AF_INET, terminated.c_str(), bytes.data()) == 1) return is_public_v4(bytes.data());
    if (::inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1) return is_public_v6(bytes.data());
    return false;
}

}  // namespace kansli::http::detail
