// E-mail: gmime sees every byte; attachments are written to a folder.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/file.hpp"
#include "extract/detail/email.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto folder = kansli::TemporaryFolder::create();
    if (!folder) return 0;
    (void)kansli::extract::detail::read_email({reinterpret_cast<const char*>(data), size}, folder->path(),
                                              {});
    return 0;
}
