// Personal data in any bytes: spans in order and inside the text; masking and finding again end.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/personal_data.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto spans = kansli::text::personal_data(text);
    std::size_t end = 0;
    for (const auto& span : spans) {
        if (span.start < end || span.end <= span.start || span.end > size) std::abort();
        end = span.end;
    }
    (void)kansli::text::personal_data(kansli::text::mask(text, spans));
    return 0;
}
