// ZIP archives: members, names, and unpacking into a folder.
#include <cstddef>
#include <cstdint>

#include "core/file.hpp"
#include "extract/detail/office.hpp"
#include "packed_parts.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto folder = kansli::TemporaryFolder::create();
    if (!folder) return 0;
    fuzzed::read_packed(data, size, [&](const auto& container, const auto& limits) {
        (void)kansli::extract::detail::kind_of(container);
        (void)kansli::extract::detail::read_zip(container, folder->path(), limits);
    });
    return 0;
}
