// PPTX: the container, its slides and notes.
#include <cstddef>
#include <cstdint>

#include "extract/detail/office.hpp"
#include "packed_parts.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzzed::read_packed(data, size, [](const auto& container, const auto& limits) {
        (void)kansli::extract::detail::read_pptx(container, limits);
    });
    return 0;
}
