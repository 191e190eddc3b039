// HTML of any brokenness.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extract/detail/readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    (void)kansli::extract::detail::read_html(bytes, {});
    return 0;
}
