#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What somebody typed, taken apart: plain words, "phrases in quotes", -excluded words, prefix*, and places in statutes
// such as `9 kap. 4 §`. Pure; any bytes are accepted and nothing is ever an error.
namespace kansli::search::detail {

enum class ClauseKind : std::uint8_t { word, phrase, prefix, place };

struct Clause {
    ClauseKind kind = ClauseKind::word;
    bool excluded = false;
    std::vector<std::string> words{};  // folded; one, but for phrases. For a place its key: "9k4", "8a"
    std::string written{};             // as typed, without marks
    std::string statute{};  // the number of the statute whose name begins with this word: "2010:900"
    std::size_t start = 0;  // where it stands in the query, marks included: bytes
    std::size_t end = 0;
};

enum class QueryStyle : std::uint8_t {
    search,    // quotes, minus signs and stars mean something
    question,  // everything is words
};

// At most `most_clauses` clauses are kept: more than anybody types, fewer than would load the index.
inline constexpr std::size_t most_clauses = 64;

[[nodiscard]] std::vector<Clause> parse_query(std::string_view text, QueryStyle style);

// The key of a statute path such as "9 kap. 4 §", "2 kap. 8 a §" or "4 §": "9k4", "2k8a", "4"; none for other paths.
[[nodiscard]] std::optional<std::string> place_key(std::string_view path);

}  // namespace kansli::search::detail
