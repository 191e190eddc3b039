#include <optional>
#include <string>
#include <utility>

#include "api/calls.hpp"
#include "api/messages.hpp"
#include "api/routes.hpp"

namespace kansli::api {

namespace {

constexpr std::int64_t most_hits_per_page = 100;
constexpr std::size_t longest_query = 1000;

const std::vector<Parameter> search_parameters = {
    {"words", "Orden: \"fras\" inom citattecken, -uteslutet, början*", false},
    {"collection", "Samlingens namn; får upprepas, utelämnad söker i alla", true},
    {"kind", "Dokumentslag, till exempel guideline", false},
    {"owner", "Nämnd eller förvaltning", false},
    {"as_of", "Dag vars regler gäller, ÅÅÅÅ-MM-DD; utelämnad är i dag", false},
    {"limit", "Högst så många träffar, 1–100", false},
    {"offset", "Hoppa över så många träffar", false},
};

Result<search::Query> query_of(const Call& call) {
    search::Query query;
    query.words = call.query("words").value_or("");
    if (query.words.size() > longest_query) {
        return fail(ErrorCode::too_large, "Sökningen är för lång.", "words", "Skriv högst 1 000 tecken.");
    }
    query.collections = call.query_all("collection");
    if (const auto kind = call.query("kind"); kind && !kind->empty()) {
        query.kind = json::enum_value<documents::DocumentKind>(*kind);
        if (!query.kind) return fail(ErrorCode::invalid_input, "Dokumentslaget finns inte.", "kind");
    }
    if (const auto owner = call.query("owner"); owner && !owner->empty()) query.owner = owner;
    query.as_of = TRY(day_of(call.query("as_of")));
    query.limit = static_cast<int>(TRY(call.number("limit", 10, 1, most_hits_per_page)));
    query.offset = static_cast<int>(TRY(call.number("offset", 0, 0, 10'000)));
    return query;
}

}  // namespace

void add_search_routes(RouteTable& table) {
    table.add<Nothing, search::Results>(
        {http::Method::get, "/api/search", "search", "Sök bland de avsnitt som du får läsa.", Right::read,
         search_parameters},
        [](Call& call, Nothing) -> Result<search::Results> {
            return call.services.searcher.search(call.caller, TRY(query_of(call)));
        });

    auto explain_parameters = search_parameters;
    explain_parameters.push_back({"version", "Träffens version", false});
    explain_parameters.push_back({"section", "Träffens avsnitt", false});
    table.add<Nothing, TermList>(
        {http::Method::get, "/api/search/explain", "explainHit",
         "Varför ett avsnitt blev en träff: ord, fält och vikt.", Right::read, std::move(explain_parameters)},
        [](Call& call, Nothing) -> Result<TermList> {
            const documents::VersionId version{call.query("version").value_or("")};
            const auto section = static_cast<int>(TRY(call.number("section", 0, 0, 1'000'000'000)));
            return TermList{
                TRY(call.services.searcher.explain(call.caller, TRY(query_of(call)), version, section))};
        });
}

}  // namespace kansli::api
