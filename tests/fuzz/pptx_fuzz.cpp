// PPTX: the container, its slides and notes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extract/detail/office.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    kansli::extract::Limits limits;
    limits.unpacked_bytes = std::size_t{8} << 20U;
    const auto container =
        kansli::extract::detail::Container::open_bytes({reinterpret_cast<const char*>(data), size}, limits);
    if (container) (void)kansli::extract::detail::read_pptx(*container, limits);
    return 0;
}
