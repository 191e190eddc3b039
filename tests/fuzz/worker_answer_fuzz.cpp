// What a reading process that has been taken over could send back: any bytes. The document that comes of them holds together.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "documents/detail/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto answer = kansli::documents::detail::read_answer(bytes, "/nonexistent");
    if (!answer) return 0;
    const auto& document = answer->document;
    for (const auto& section : document.sections)
        if (section.start > section.end || section.end > document.text.size()) std::abort();
    for (const auto& place : document.places)
        if (place.start > place.end || place.end > document.text.size()) std::abort();
    return 0;
}
