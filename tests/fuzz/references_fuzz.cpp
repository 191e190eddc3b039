#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/references.hpp"

// Any bytes are a text: nothing crashes, and the references lie in it, in order. A place that is printed is read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kansli::text;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::size_t at = 0;
    for (const Reference& reference : references(text)) {
        if (reference.start < at || reference.start >= reference.end || reference.end > size) std::abort();
        at = reference.start;
        if (references(to_string(reference)).empty()) std::abort();
    }
    return 0;
}
