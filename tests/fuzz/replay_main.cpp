// Gives every file that is named to the fuzz target it is linked with, and every beginning of it: what once crashed, and what
// is cut off anywhere, stays harmless without a fuzzer at hand.
#include <cstdint>
#include <cstdio>

#include "core/file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** names) {
    constexpr std::size_t cuts = 16;
    for (int i = 1; i < count; ++i) {
        const auto bytes = kansli::read_file(names[i]);
        if (!bytes) {
            std::fprintf(stderr, "%s\n", kansli::to_line(bytes.error()).c_str());
            return 1;
        }
        const auto* data = reinterpret_cast<const std::uint8_t*>(bytes->data());
        for (std::size_t cut = 0; cut <= cuts; ++cut)
            LLVMFuzzerTestOneInput(data, bytes->size() * cut / cuts);
    }
    return 0;
}
