#include "text/detail/numerals.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace kansli::text::detail {

namespace {

constexpr auto small = std::to_array<std::string_view>(
    {"noll", "ett",  "två",  "tre",     "fyra",    "fem",    "sex",    "sju",     "åtta",  "nio",
     "tio",  "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"});
constexpr auto tens = std::to_array<std::string_view>(
    {"tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"});
constexpr std::string_view hundred = "hundra";
constexpr std::string_view thousand = "tusen";

std::optional<std::int64_t> below_twenty(std::string_view word) {
    if (word == "en") return 1;
    const auto found = std::ranges::find(small, word);
    if (found == small.end()) return std::nullopt;
    return found - small.begin();
}

std::optional<std::int64_t> below_hundred(std::string_view word) {
    if (const auto found = below_twenty(word)) return found;
    for (std::size_t at = 0; at < tens.size(); ++at) {
        if (!word.starts_with(tens[at])) continue;
        const auto value = static_cast<std::int64_t>(10 * (at + 2));
        const auto rest = word.substr(tens[at].size());
        if (rest.empty()) return value;
        const auto ones = below_twenty(rest);
        if (ones && *ones > 0 && *ones < 10) return value + *ones;
    }
    return std::nullopt;
}

// What stands before and after the first `unit`, each read by its own rule: "två" + "hundra" + "femtio". Nothing before it is one of it.
template <typename Before, typename After>
std::optional<std::int64_t> around(std::string_view word, std::string_view unit, std::int64_t worth,
                                   Before&& before, After&& after) {
    const auto at = word.find(unit);
    if (at == std::string_view::npos) return after(word);
    const auto left = word.substr(0, at);
    const auto right = word.substr(at + unit.size());
    // "ettusen" has lost one of three t.
    const auto many = left.empty() || left == "et" ? std::optional<std::int64_t>(1) : before(left);
    const auto rest = right.empty() ? std::optional<std::int64_t>(0) : after(right);
    if (!many || !rest || *many == 0 || (!right.empty() && *rest == 0)) return std::nullopt;
    return *many * worth + *rest;
}

std::optional<std::int64_t> below_thousand(std::string_view word) {
    const auto ones = [](std::string_view left) -> std::optional<std::int64_t> {
        const auto found = below_twenty(left);
        return found && *found < 10 ? found : std::nullopt;
    };
    return around(word, hundred, 100, ones, below_hundred);
}

}  // namespace

std::optional<std::int64_t> numeral(std::string_view folded) {
    return around(folded, thousand, 1000, below_thousand, below_thousand);
}

}  // namespace kansli::text::detail
