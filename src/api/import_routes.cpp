#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "api/imports.hpp"
#include "api/messages.hpp"
#include "api/routes.hpp"
#include "core/file_name.hpp"
#include "core/hash.hpp"

namespace kansli::api {

namespace {

struct ImportStarted {
    std::string job{};
};
KANSLI_DESCRIBE(ImportStarted, job)

struct ImportList {
    std::vector<ImportView> jobs{};
};
KANSLI_DESCRIBE(ImportList, jobs)

constexpr http::RouteOptions upload_limits{.body_limit = std::uint64_t{4} << 30U, .file_limit = 1000};

// The server removes an upload when its request ends; what is to be imported moves out of its reach.
Result<WaitingFile> keep(const Call& call, const http::UploadedFile& file) {
    const auto path = call.services.upload_folder / ("import-" + random_token());
    std::error_code status;
    std::filesystem::rename(file.path, path, status);
    if (status) return fail(ErrorCode::unavailable, "Filen kan inte sparas.", file.name, status.message());
    return WaitingFile{path.string(), shown_file_name(file.name)};
}

Result<http::Response> start(Call& call) {
    const auto options = call.request.fields.find("options");
    if (options == call.request.fields.end() || call.request.files.empty()) {
        return fail(ErrorCode::invalid_input, "Formuläret saknar filer eller uppgifter.", "options",
                    "Skicka minst en fil i fältet file och uppgifterna i fältet options.");
    }
    ImportPayload payload{.form = TRY(json::read<ImportForm>(options->second, call.sizes))};
    if (payload.form.collection.empty()) {
        return fail(ErrorCode::invalid_input, "Ingen samling är vald.", "collection",
                    "Välj eller skriv en samling.");
    }
    for (const auto& file : call.request.files)
        payload.files.push_back(TRY(keep(call, file)));
    const auto job = TRY(call.services.queue.add(
        {.kind = std::string(import_job), .payload = json::write(payload), .owner = call.caller.id.str()}));
    return http::Response::json(json::write(ImportStarted{job.id.str()}), 202);
}

// The job, if it is the caller's own or the caller is an administrator. Others hear what they would of an id that never was.
Result<jobs::Job> own_job(const Call& call) {
    auto job = call.services.queue.get(jobs::JobId{call.path_value("import")});
    if (!job && job.error().code != ErrorCode::not_found) return job;
    const bool may_see =
        job && job->kind == import_job &&
        (job->owner == call.caller.id.str() || access::may(call.caller, access::Right::administer));
    if (!may_see) return fail(ErrorCode::not_found, "Importen finns inte.");
    return job;
}

// What is restricted is named to nobody, not even to who brought it in.
Result<void> hide_restricted(const Call& call, ImportView& shown) {
    const auto restricted = TRY(call.services.library.restricted_things());
    for (ImportedFile& file : shown.files)
        if (file.document && restricted.contains(file.document->str()))
            file = {.name = "(dold)", .state = file.state};
    return {};
}

// Who follows somebody else's import sees by name only the documents that they may read themselves.
Result<ImportView> shown(const Call& call, const jobs::Job& job) {
    ImportView shown = view(job);
    TRY(hide_restricted(call, shown));
    if (job.owner == call.caller.id.str()) return shown;
    for (ImportedFile& file : shown.files) {
        if (file.document && TRY(call.services.library.may_read(call.caller, *file.document))) continue;
        file = {.name = "(dold)", .state = file.state};
    }
    if (shown.error) shown.error = ShownError{"Importen gick inte att göra klar."};
    return shown;
}

Result<ImportList> list(Call& call, Nothing) {
    ImportList list;
    for (const auto& job : TRY(call.services.queue.list(
             {.owner = call.caller.id.str(), .kind = std::string(import_job), .limit = 50}))) {
        list.jobs.push_back(TRY(shown(call, job)));
    }
    return list;
}

json::Value form_schema() {
    json::Value schema = json::Value::object();
    schema["type"] = "object";
    auto& properties = schema["properties"];
    properties["file"]["type"] = "array";
    properties["file"]["items"]["type"] = "string";
    properties["file"]["items"]["contentMediaType"] = "application/octet-stream";
    properties["options"]["type"] = "string";
    properties["options"]["contentMediaType"] = "application/json";
    return schema;
}

}  // namespace

void add_import_routes(RouteTable& table) {
    table.add_multipart<ImportForm, ImportStarted>(
        {http::Method::post,
         "/api/imports",
         "startImport",
         "Läs in filer. Fältet options är ett ImportForm som JSON; filerna heter file.",
         Right::edit,
         {},
         upload_limits},
        form_schema(), start, 202);
    table.add<Nothing, ImportList>(
        {http::Method::get, "/api/imports", "listImports", "Dina importer, nyast först.", Right::edit}, list);
    table.add<Nothing, ImportView>(
        {http::Method::get, "/api/imports/{import}", "getImport", "En import.", Right::edit},
        [](Call& call, Nothing) -> Result<ImportView> { return shown(call, TRY(own_job(call))); });
    table.add<Nothing, ImportView>({http::Method::del, "/api/imports/{import}", "cancelImport",
                                    "Avbryt en import. Filer som är klara finns kvar.", Right::edit},
                                   [](Call& call, Nothing) -> Result<ImportView> {
                                       return shown(call,
                                                    TRY(call.services.queue.cancel(TRY(own_job(call)).id)));
                                   });
    table.add_raw({http::Method::get, "/api/events", "followEvents",
                   "Händelser som rör dig: import och index. Återupptas med Last-Event-ID."},
                  "text/event-stream", [](Call& call) -> Result<http::Response> {
                      return http::Response::hub(call.services.events, topic_of(call.caller.id.str()),
                                                 call.request.header("last-event-id").value_or(""));
                  });
}

}  // namespace kansli::api
