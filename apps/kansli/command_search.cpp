#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "access/caller.hpp"
#include "api/descriptions.hpp"
#include "commands.hpp"
#include "core/time.hpp"
#include "house.hpp"
#include "json/binder.hpp"
#include "output.hpp"

namespace kansli::app {

namespace {

struct SearchOptions {
    std::string data{};
    std::vector<std::string> collections{};
    std::string words{};
    std::string as_of{};
    int limit = 10;
    bool json = false;
};

// What `search --json` promises; `sfs` only when the document is a statute.
struct SearchHit {
    std::string document{};
    std::string version{};
    std::optional<std::string> sfs{};
    std::string title{};
    std::string file_name{};
    std::string path{};
    double score = 0;
    std::string snippet{};
    std::string validity{};
    std::optional<int> page{};
};
KANSLI_DESCRIBE(SearchHit, document, version, sfs, title, file_name, path, score, snippet, validity, page)

struct SearchOutput {
    std::vector<SearchHit> hits{};
    std::int64_t total = 0;
    bool total_is_exact = true;
    std::optional<std::string> suggestion{};
};
KANSLI_DESCRIBE(SearchOutput, hits, total, total_is_exact, suggestion)

SearchOutput output_of(const search::Results& results) {
    SearchOutput output{
        .total = results.total, .total_is_exact = results.total_is_exact, .suggestion = results.suggestion};
    for (const auto& hit : results.hits) {
        const bool statute = hit.kind == documents::DocumentKind::statute && !hit.reference.empty();
        output.hits.push_back({hit.document.str(), hit.version.str(),
                               statute ? std::optional(hit.reference) : std::nullopt, hit.title,
                               hit.file_name, hit.path, hit.score, hit.snippet,
                               std::string(json::enum_name(hit.validity)), hit.page});
    }
    return output;
}

void print(const search::Results& results) {
    if (results.suggestion) fmt::print("Menade du: {}\n\n", *results.suggestion);
    if (results.hits.empty()) fmt::print("Inga träffar.\n");
    int number = 0;
    for (const auto& hit : results.hits) {
        fmt::print("{:>2}. {}{}{}\n    {}\n", ++number, hit.title, hit.path.empty() ? "" : ", " + hit.path,
                   mark_of(hit.validity), hit.snippet);
    }
    if (!results.hits.empty())
        fmt::print("\n{}{} träff{}.\n", results.total_is_exact ? "" : "Minst ", results.total,
                   results.total == 1 ? "" : "ar");
}

Result<void> search(const SearchOptions& options) {
    const auto house = TRY(House::open(options.data));
    TRY(name_unknown_collections(*house->library, options.collections));
    search::Query query{.words = options.words, .collections = options.collections, .limit = options.limit};
    query.as_of = TRY(day_or_today(options.as_of));
    const auto results = TRY(house->search.search(access::keeper(), query));
    if (options.json) {
        fmt::print("{}\n", json::write(output_of(results)));
    } else {
        print(results);
    }
    return {};
}

}  // namespace

void add_search(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("search", "Sök avsnitt: ord, \"fraser\", -uteslutna, början*");
    auto options = std::make_shared<SearchOptions>();
    add_data_option(*command, options->data);
    command->add_option("--collection", options->collections, "Samling; får upprepas, utelämnad söker i alla")
        ->type_name("NAMN")
        ->allow_extra_args(false);
    command->add_option("ORD", options->words, "Det du söker; skriv -- före om det börjar med -")->required();
    command->add_option("--as-of", options->as_of, "Sök det som gällde den dagen")->type_name("ÅÅÅÅ-MM-DD");
    command->add_option("--limit", options->limit, "Högst så många träffar")->check(CLI::Range(1, 1000));
    command->add_flag("--json", options->json, "Skriv JSON");
    command->callback([options, &runner] { runner.run([&] { return search(*options); }); });
}

}  // namespace kansli::app
