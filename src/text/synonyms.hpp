#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kansli::text {

// Another word for a word, as its stem.
struct Synonym {
    std::string stem{};
    double closeness = 0;  // 0–1
};

inline constexpr double closeness_of_whole = 0.7;  // of a word that is in the list itself

// What authorities and people also call it: "trädäck" is "altan", "dagis" is "förskola". A compound that is not in the list itself has
// the synonyms of its last part, else of its first, at a discount: "sommarstuga" is a "stuga". Closest first, without repetitions.
// Threads: any.
[[nodiscard]] std::vector<Synonym> synonyms(std::string_view folded);

}  // namespace kansli::text
