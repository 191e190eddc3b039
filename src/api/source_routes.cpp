#include <string>
#include <utility>

#include "api/messages.hpp"
#include "api/routes.hpp"

namespace kansli::api {

namespace {

using documents::SourceId;

Result<documents::Source> create_source(Call& call, NewSourceRequest request) {
    return call.services.sources.add(call.caller, {.collection = std::move(request.collection),
                                                   .locations = std::move(request.locations),
                                                   .interval_minutes = request.interval_minutes});
}

// Reading takes its time, so it becomes a job; the page follows the source's own account of how it went.
Result<PollStarted> poll_source(Call& call, Nothing) {
    const auto source = TRY(call.services.sources.get(call.caller, SourceId{call.path_value("source")}));
    const auto job = TRY(call.services.queue.add({.kind = std::string(poll_job),
                                                  .payload = json::write(PollPayload{source.id}),
                                                  .owner = call.caller.id.str()}));
    return PollStarted{job.id.str()};
}

}  // namespace

void add_source_routes(RouteTable& table) {
    table.add<Nothing, SourceListView>(
        {http::Method::get, "/api/sources", "listSources",
         "Mappar och webbadresser som läses av regelbundet.", Right::administer},
        [](Call& call, Nothing) -> Result<SourceListView> {
            return SourceListView{TRY(call.services.sources.list(call.caller))};
        });
    table.add<NewSourceRequest, documents::Source>(
        {http::Method::post,
         "/api/sources",
         "createSource",
         "Peka ut en mapp på servern eller webbadresser.",
         Right::administer,
         {},
         {},
         {.longest_text = 4000, .most_elements = 10'000}},  // addresses
        create_source, 201);
    table.add<Nothing, SourceItemList>({http::Method::get, "/api/sources/{source}/items", "listSourceItems",
                                        "Filerna eller sidorna i en källa.", Right::administer},
                                       [](Call& call, Nothing) -> Result<SourceItemList> {
                                           return SourceItemList{TRY(call.services.sources.items(
                                               call.caller, SourceId{call.path_value("source")}))};
                                       });
    table.add<Nothing, Nothing>(
        {http::Method::del, "/api/sources/{source}", "removeSource",
         "Sluta läsa av en källa. Dokumenten finns kvar.", Right::administer},
        [](Call& call, Nothing) -> Result<Nothing> {
            TRY(call.services.sources.remove(call.caller, SourceId{call.path_value("source")}));
            return Nothing{};
        },
        204);
    table.add<Nothing, PollStarted>({http::Method::post, "/api/sources/{source}/poll", "pollSource",
                                     "Läs av en källa nu.", Right::administer},
                                    poll_source, 202);
}

}  // namespace kansli::api
