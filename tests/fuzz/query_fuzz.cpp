#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "search/detail/query_parser.hpp"

// Any bytes are a query: nothing crashes, and every clause lies in the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kansli::search::detail;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const QueryStyle style : {QueryStyle::search, QueryStyle::question}) {
        const auto clauses = parse_query(text, style);
        if (clauses.size() > most_clauses) std::abort();
        for (const Clause& clause : clauses)
            if (clause.words.empty() || clause.start >= clause.end || clause.end > size) std::abort();
    }
    (void)place_key(text);
    return 0;
}
