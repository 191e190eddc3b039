// Any text as JSON: what is read must be written and read again the same, and the canonical form must not move.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/binder.hpp"

namespace fuzzed {

enum class Colour : std::uint8_t { red, green };
KANSLI_DESCRIBE_ENUM(Colour, red, green)

struct Node {
    std::string text{};
    std::vector<Node> below{};
    std::optional<double> number{};
    std::map<std::string, std::int16_t> counts{};
    Colour colour = Colour::red;
    std::uint64_t large = 0;
    kansli::Date day{};
    kansli::json::Value anything{};
};
KANSLI_DESCRIBE(Node, text, below, number, counts, colour, large, day, anything)

}  // namespace fuzzed

using namespace kansli;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto value = json::parse(text);
    if (!value) return 0;
    const auto canonical = json::canonical_of(*value);
    const auto again = json::parse(canonical);
    if (!again || !(*again == *value) || json::canonical_of(*again) != canonical) std::abort();
    if (json::write(json::parse(json::pretty(*value)).value()) != json::write(*value)) std::abort();
    const json::ReadOptions lenient{.unknown = json::ReadOptions::Unknown::ignore,
                                    .absent = json::ReadOptions::Absent::keep_default};
    const auto node = json::read_from<fuzzed::Node>(*value, lenient);
    if (!node) return 0;
    const auto written = json::write(*node);
    const auto strict = json::read<fuzzed::Node>(written);
    // A default date is no day, so it is written as something that is not read back.
    if (node->day.ok() && node->below.empty() && (!strict || json::write(*strict) != written)) std::abort();
    return 0;
}
