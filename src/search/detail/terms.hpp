#pragma once

#include <string>
#include <string_view>

// The names of terms in the index. Terms of words are folded stems, which never begin with an ASCII capital; all others do.
namespace kansli::search::detail {

[[nodiscard]] inline std::string part_term(std::string_view stem) {
    return "K" + std::string(stem);
}
[[nodiscard]] inline std::string place_term(std::string_view key) {
    return "P" + std::string(key);
}
[[nodiscard]] inline std::string reference_term(std::string_view reference) {
    return "R" + std::string(reference);
}

// Under this key each shard keeps its VersionRanges.
inline constexpr const char* ranges_key = "versions";

}  // namespace kansli::search::detail
