#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "extract/detail/container.hpp"

// Office files are ZIP archives of compressed XML with checksums: a changed byte is found out before any reader of ours sees it.
// So that a fuzzer reaches the readers, an input may also name the parts in the clear, and is packed here:
//   @@ word/document.xml
//   <w:document>…
//   @@ word/styles.xml
//   …
namespace fuzzed {

namespace detail {

// CRC-32 as ZIP has it (ISO 3309), a bit at a time.
inline std::uint32_t checksum(std::string_view bytes) {
    std::uint32_t sum = 0xFFFFFFFFU;
    for (const char c : bytes) {
        sum ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~sum;
}

// Numbers as ZIP writes them: the lowest byte first.
inline void append_number(std::string& out, std::size_t number, int bytes) {
    for (int i = 0; i < bytes; ++i, number >>= 8U)
        out.push_back(static_cast<char>(number & 0xFFU));
}

// What the head of a member and its line in the directory have in common: version, flags (names are UTF-8), method (stored), day, sizes.
inline void append_description(std::string& out, std::string_view name, std::string_view bytes) {
    append_number(out, 20, 2);
    append_number(out, 0x0800, 2);
    append_number(out, 0, 2);
    append_number(out, 0, 2);
    append_number(out, 0x0021, 2);
    append_number(out, checksum(bytes), 4);
    append_number(out, bytes.size(), 4);
    append_number(out, bytes.size(), 4);
    append_number(out, name.size(), 2);
    append_number(out, 0, 2);
}

class ZipWriter {
  public:
    void add(std::string_view name, std::string_view bytes) {
        const auto offset = archive_.size();
        archive_ += "PK\x03\x04";
        append_description(archive_, name, bytes);
        archive_.append(name).append(bytes);
        directory_ += "PK\x01\x02";
        append_number(directory_, 20, 2);
        append_description(directory_, name, bytes);
        append_number(directory_, 0, 10);  // no comment, first disk, attributes
        append_number(directory_, offset, 4);
        directory_ += name;
        ++members_;
    }

    // The archive; nothing may be added after.
    [[nodiscard]] std::string finish() {
        const auto start = archive_.size();
        archive_ += directory_;
        archive_.append("PK\x05\x06").append(4, '\0');
        append_number(archive_, members_, 2);
        append_number(archive_, members_, 2);
        append_number(archive_, directory_.size(), 4);
        append_number(archive_, start, 4);
        append_number(archive_, 0, 2);
        return std::move(archive_);
    }

  private:
    std::string archive_{};
    std::string directory_{};
    std::size_t members_ = 0;
};

}  // namespace detail

// The archive that an input stands for: itself when it is one, else its parts.
inline std::string packed(std::string_view input) {
    constexpr std::string_view mark = "@@ ";
    if (!input.starts_with(mark)) return std::string(input);
    detail::ZipWriter writer;
    while (input.starts_with(mark)) {
        input.remove_prefix(mark.size());
        const auto name_end = std::min(input.find('\n'), input.size());
        const auto name = input.substr(0, std::min<std::size_t>(name_end, 1000));
        input.remove_prefix(std::min(name_end + 1, input.size()));
        const auto end = input.starts_with(mark) ? 0 : std::min(input.find("\n@@ "), input.size());
        writer.add(name, input.substr(0, end));
        input.remove_prefix(end);
        if (input.starts_with('\n')) input.remove_prefix(1);
    }
    return writer.finish();
}

// Calls `read(container, limits)` with the archive that an input stands for, when it is one at all.
template <typename Read>
void read_packed(const std::uint8_t* data, std::size_t size, Read read) {
    kansli::extract::Limits limits;
    limits.unpacked_bytes = std::size_t{8} << 20U;
    limits.files = 100;
    const auto archive = packed({reinterpret_cast<const char*>(data), size});
    const auto container = kansli::extract::detail::Container::open_bytes(archive, limits);
    if (container) read(*container, limits);
}

}  // namespace fuzzed
