// ZIP archives: members, names, and unpacking into a folder.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/file.hpp"
#include "extract/detail/office.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    kansli::extract::Limits limits;
    limits.unpacked_bytes = std::size_t{8} << 20U;
    limits.files = 100;
    const auto container =
        kansli::extract::detail::Container::open_bytes({reinterpret_cast<const char*>(data), size}, limits);
    const auto folder = kansli::TemporaryFolder::create();
    if (!container || !folder) return 0;
    (void)kansli::extract::detail::kind_of(*container);
    (void)kansli::extract::detail::read_zip(*container, folder->path(), limits);
    return 0;
}
