// Plain text: encodings, headings, joined lines; and what format any bytes are.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extract/detail/format.hpp"
#include "extract/detail/readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const auto* name : {"protokoll", "protokoll.txt", "protokoll.md", "protokoll.csv"})
        (void)kansli::extract::detail::sniff(bytes, name);
    (void)kansli::extract::detail::read_plain_text(bytes, {});
    return 0;
}
