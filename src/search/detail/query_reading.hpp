#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/detail/engine.hpp"
#include "search/detail/query_builder.hpp"
#include "search/searcher.hpp"

namespace kansli::search::detail {

// What somebody typed as it is looked for: the same for finding and for explaining. A question survives misspelt words.
struct QueryReading {
    BuiltQuery built{};
    std::string words{};  // as typed, with what was read otherwise in its place
    std::optional<std::string> suggestion{};
    std::vector<Respelling> respelled{};
    std::vector<JoinedWords> joined{};
};

// Throws Xapian::Error.
[[nodiscard]] QueryReading read_query(const SearchContext& context);

}  // namespace kansli::search::detail
