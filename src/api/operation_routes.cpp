#include <algorithm>
#include <cstdint>
#include <string>

#include "access/caller.hpp"
#include "api/messages.hpp"
#include "api/routes.hpp"

// What machines ask that watch over the server. Nobody is signed in there, so none of it tells of people or documents.
namespace kansli::api {

namespace {

constexpr http::RouteOptions asked_often{.quiet = true};

// The part that does not answer; nothing when all do.
std::optional<std::string> failing_part(Services& services) {
    if (!services.library.catalogue()) return "database";
    if (!services.queue.counts()) return "queue";
    if (!services.index_status()) return "index";
    return std::nullopt;
}

// Administrators, and the named addresses. Behind a proxy all requests come from the proxy's address, also those of
// strangers, so what a proxy has passed on counts as coming from nowhere.
Result<void> check_watcher(const Call& call) {
    const bool administrator = access::may(call.caller, Right::administer);
    const bool passed_on = call.request.header("x-forwarded-for") || call.request.header("forwarded") ||
                           call.request.header("x-real-ip");
    const auto& known = call.services.metrics_from;
    const bool from_known = std::ranges::find(known, call.request.remote_address) != known.end();
    if (administrator || (from_known && !passed_on)) return {};
    return fail(ErrorCode::forbidden, "Mätvärdena lämnas bara till administratörer och övervakningen.", {},
                "Lägg till övervakningens adress under metrics_from i kansli.toml.");
}

// Each part for itself: when one does not answer, the figures of the others are wanted most. What cannot be counted
// stays as it was, and kansli_part_up says so.
void take_stock(Services& services) {
    auto& metrics = services.metrics;
    const auto tell = [&metrics](std::string_view part, bool up) {
        metrics.set("kansli_part_up", {{"part", std::string(part)}}, up ? 1 : 0);
    };
    const auto collections = services.library.collections(access::keeper());
    const auto last = services.record.entries({.limit = 1});
    tell("database", collections && last);
    double documents = 0;
    for (const auto& collection : collections.value_or(std::vector<documents::Collection>()))
        documents += static_cast<double>(collection.documents);
    if (collections) metrics.set("kansli_documents", {}, documents);
    if (last) {
        metrics.set("kansli_record_entries", {},
                    last->empty() ? 0 : static_cast<double>(last->front().number));
    }
    const auto index = services.index_status();
    tell("index", index.has_value());
    if (index) metrics.set("kansli_sections", {}, static_cast<double>(index->sections));
    const auto jobs = services.queue.counts();
    tell("queue", jobs.has_value());
    for (const auto& [state, count] : jobs.value_or(std::map<jobs::JobState, std::int64_t>()))
        metrics.set("kansli_jobs", {{"state", std::string(json::enum_name(state))}},
                    static_cast<double>(count));
    metrics.set("process_resident_memory_bytes", {}, resident_memory());
}

}  // namespace

void declare_metrics(Metrics& metrics) {
    metrics.declare_counter(std::string(answers_metric), "Questions by how they ended.");
    for (const auto* outcome : {"answered", "refused", "failed"})
        metrics.add(answers_metric, {{"outcome", outcome}}, 0);
    metrics.declare_gauge("kansli_part_up", "1 for a part that answers, 0 for one that does not.");
    metrics.declare_gauge("kansli_documents", "Documents in use.");
    metrics.declare_gauge("kansli_sections", "Sections in the search index.");
    metrics.declare_gauge("kansli_jobs", "Jobs by state.");
    metrics.declare_gauge("kansli_record_entries", "Entries of the record.");
    metrics.declare_gauge("process_resident_memory_bytes", "Main memory that the server holds, in bytes.");
    metrics.declare_gauge("kansli_build_info", "1, with the version of the program.");
    metrics.set("kansli_build_info", {{"version", KANSLI_VERSION}}, 1);
}

void add_operation_routes(RouteTable& table) {
    table.add<Nothing, HealthView>(
        {http::Method::get, "/health", "getHealth", "Om servern lever.", Right::anyone, {}, asked_often},
        [](Call&, Nothing) -> Result<HealthView> { return HealthView{}; });
    table.add_response<Nothing, ReadyView>(
        {http::Method::get,
         "/ready",
         "getReadiness",
         "Om databasen, sökregistret och jobbkön svarar; 503 med den del som inte gör det.",
         Right::anyone,
         {},
         asked_often},
        [](Call& call) -> Result<http::Response> {
            const auto failing = failing_part(call.services);
            return response_of(ReadyView{!failing, failing}, failing ? 503 : 200);
        });
    table.add_raw(
        {http::Method::get,
         "/metrics",
         "getMetrics",
         "Mätvärden i Prometheus textformat, för administratörer och för adresserna i metrics_from.",
         Right::anyone,
         {},
         asked_often},
        "text/plain; version=0.0.4; charset=utf-8", [](Call& call) -> Result<http::Response> {
            TRY(check_watcher(call));
            take_stock(call.services);
            auto response = http::Response::text(call.services.metrics.text());
            response.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"},
                                {"Cache-Control", "no-store"}};
            return response;
        });
}

}  // namespace kansli::api
