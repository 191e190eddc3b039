#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// What passes between a process and its worker: a kind (one byte), a length (eight bytes, lowest first), the bytes.
namespace kansli::jobs::detail {

enum class FrameKind : char { request = 'Q', answer = 'A', exception = 'E' };

struct FrameHeader {
    FrameKind kind = FrameKind::request;
    std::uint64_t length = 0;
};

inline constexpr std::size_t header_size = 9;
// How a worker ends that has run out of memory.
inline constexpr int out_of_memory_status = 86;

[[nodiscard]] inline std::array<char, header_size> encode(FrameHeader header) {
    std::array<char, header_size> bytes{};
    bytes[0] = static_cast<char>(header.kind);
    for (std::size_t i = 1; i < header_size; ++i) {
        bytes[i] = static_cast<char>(header.length & 0xFFU);
        header.length >>= 8U;
    }
    return bytes;
}

// Nothing when the kind is not one of ours. Requires: `bytes` has header_size bytes or more.
[[nodiscard]] inline std::optional<FrameHeader> decode(std::string_view bytes) {
    FrameHeader header{static_cast<FrameKind>(bytes[0]), 0};
    for (std::size_t i = header_size - 1; i > 0; --i) {
        header.length = (header.length << 8U) | static_cast<unsigned char>(bytes[i]);
    }
    switch (header.kind) {
        case FrameKind::request:
        case FrameKind::answer:
        case FrameKind::exception:
            return header;
    }
    return std::nullopt;
}

}  // namespace kansli::jobs::detail
