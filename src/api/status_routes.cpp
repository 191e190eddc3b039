#include <cstdint>
#include <string>

#include "api/messages.hpp"
#include "api/routes.hpp"

namespace kansli::api {

void add_status_routes(RouteTable& table) {
    table.add<Nothing, StatusView>(
        {http::Method::get, "/api/status", "getStatus", "Hur systemet mår.", Right::administer},
        [](Call& call, Nothing) -> Result<StatusView> {
            std::int64_t documents = 0;
            for (const auto& collection : TRY(call.services.library.collections(call.caller))) {
                documents += collection.documents;
            }
            const auto index = TRY(call.services.index_status());
            return StatusView{KANSLI_VERSION,
                              documents,
                              index.sections,
                              {index.state, index.progress},
                              call.services.allowed_hosts,
                              TRY(call.services.library.walled_documents(call.caller))};
        });
    table.add<Nothing, IndexView>(
        {http::Method::post, "/api/index/rebuild", "rebuildIndex",
         "Bygg om sökregistret; det gamla svarar tills det nya är klart.", Right::administer},
        [](Call& call, Nothing) -> Result<IndexView> {
            TRY(call.services.record.append(call.caller, "index_rebuild_ordered", "", "{}", now()));
            TRY(call.services.queue.add(
                {.kind = std::string(rebuild_job), .payload = "{}", .owner = call.caller.id.str()}));
            const auto index = TRY(call.services.index_status());
            return IndexView{index.state, index.progress};
        },
        202);
}

}  // namespace kansli::api
