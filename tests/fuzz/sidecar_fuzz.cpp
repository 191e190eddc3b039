// A sidecar file; and the same bytes as a line of a .jsonl file, and as the first lines of a document.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/attributes.hpp"
#include "documents/detail/json_lines.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    std::vector<std::string> warnings;
    (void)kansli::documents::read_sidecar(bytes, "avgifter.pdf", warnings);
    (void)kansli::documents::detail::read_json_line(bytes, "rad 1");
    (void)kansli::documents::read_opening(bytes);
    return 0;
}
