#include <filesystem>
#include <string>
#include <utility>

#include "api/archive_messages.hpp"
#include "api/routes.hpp"
#include "api/searching.hpp"
#include "core/file.hpp"
#include "extract/pack.hpp"

namespace kansli::api {

namespace {

using archive::FoundItems;
using archive::ItemName;
using archive::ReleaseDraft;
using archive::ReleaseOrder;
using archive::ReleaseQuery;

// The package as one file. It is on disk only while it is made.
Result<http::Response> make(const Call& call) {
    const auto order = TRY(call.body<ReleaseOrder>());
    const auto workspace = TRY(TemporaryFolder::create(call.services.upload_folder));
    const auto folder = workspace.path() / "utlamnande";
    const auto report = TRY(call.services.release.make(call.caller, order, folder));
    const auto file = workspace.path() / "utlamnande.zip";
    TRY(extract::pack_zip(folder, file, now()));
    return http::Response{.status = 200,
                          .headers = {{"Content-Type", "application/zip"},
                                      {"Content-Disposition", "attachment; filename=utlamnande.zip"},
                                      {"X-Kansli-Entry", std::to_string(report.entry)},
                                      {"Cache-Control", "no-store"}},
                          .body = TRY(read_file(file))};
}

}  // namespace

void add_release_routes(RouteTable& table) {
    table.add<ReleaseQuery, FoundItems>(
        {http::Method::post, "/api/release/search", "findForRelease",
         "Sök bland protokollets anteckningar och dokumenten efter det som begärs ut. Med Accept: "
         "text/event-stream berättas hur långt sökningen har kommit.",
         Right::protect},
        [](Call& call, const ReleaseQuery& query) {
            return call.services.release.find(call.caller, query, {}, call.request.stop);
        });
    table.stream_variant([](Call& call) -> Result<http::Response> {
        auto query = TRY(call.body<ReleaseQuery>());
        return as_events<FoundItems>(
            [&release = call.services.release, caller = call.caller, query = std::move(query)](
                const TellProgress& tell, const std::stop_token& stop) {
                return release.find(caller, query, tell, stop);
            },
            call.request.id);
    });
    table.add<ItemName, ReleaseDraft>(
        {http::Method::post, "/api/release/drafts", "draftRelease",
         "En handling som den skulle lämnas ut, med förslag på vad som bör granskas.", Right::protect},
        [](Call& call, const ItemName& name) { return call.services.release.draft(call.caller, name); });
    table.add_raw(
        {http::Method::post,
         "/api/release/packages",
         "makeRelease",
         "Lämna ut: ett paket med de valda handlingarna, maskade som granskaren har bestämt.",
         Right::protect,
         {},
         {.body_limit = std::uint64_t{16} << 20U},
         {.longest_text = 4000, .most_elements = 20'000}},  // masks
        "application/zip", [](Call& call) { return make(call); },
        table.describe<ReleaseOrder>(json::Direction::read));
}

}  // namespace kansli::api
