// The file of word vectors: read whole or refused; what was read is written as the same bytes, and its vectors are finite.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.hpp"
#include "model/static_embedding.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto embedding = kansli::model::StaticEmbedding::read(bytes);
    if (!embedding) return 0;
    CHECK_INVARIANT(embedding->write() == bytes);
    for (const float number : embedding->embed("Får jag bygga en friggebod på tomten?"))
        CHECK_INVARIANT(std::isfinite(number));
    return 0;
}
