#include "statistics/draw.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "core/hash.hpp"

namespace kansli::statistics {

double drawn_number(std::string_view seed, std::string_view experiment, std::string_view item) {
    constexpr std::size_t digits = 13;  // of four bits: as many as a double holds exactly
    const auto hash = sha256(fmt::format("{}:{}:{}", seed, experiment, item));
    std::uint64_t number = 0;
    std::from_chars(hash.data(), hash.data() + digits, number, 16);
    return std::ldexp(static_cast<double>(number), -4 * static_cast<int>(digits));
}

}  // namespace kansli::statistics
