// Rights of data subjects: register extract, correction, restriction (GDPR art. 15, 16, 18 and 19).
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "api/calls.hpp"
#include "api/routes.hpp"
#include "api/searching.hpp"
#include "api/subject_messages.hpp"
#include "archive/subject_extract.hpp"
#include "core/file.hpp"
#include "extract/pack.hpp"

namespace kansli::api {

namespace {

using archive::CorrectionNote;
using archive::NewCorrection;
using archive::NewRestriction;
using archive::PartName;
using archive::Restriction;
using archive::Subject;
using archive::SubjectFindings;

// The extract as one file. It is on disk only while it is made.
Result<http::Response> make_extract(const Call& call) {
    const auto subject = TRY(json::read<Subject>(call.request.body));
    const auto workspace = TRY(TemporaryFolder::create(call.services.upload_folder));
    const auto folder = workspace.path() / "registerutdrag";
    std::error_code problem;
    std::filesystem::create_directory(folder, problem);
    if (problem) return fail(ErrorCode::unavailable, "Mappen kan inte skapas.", folder.string());
    const auto report = TRY(archive::extract_subject(call.services.subjects.stores(), call.caller, subject,
                                                     folder, now(), {}, call.request.stop));
    const auto file = workspace.path() / "registerutdrag.zip";
    TRY(extract::pack_zip(folder, file, now()));
    return http::Response{.status = 200,
                          .headers = {{"Content-Type", "application/zip"},
                                      {"Content-Disposition", "attachment; filename=registerutdrag.zip"},
                                      {"X-Kansli-Entry", std::to_string(report.entry)},
                                      {"Cache-Control", "no-store"}},
                          .body = TRY(read_file(file))};
}

Result<std::int64_t> restriction_of(const Call& call) {
    return whole_number(call.path_value("restriction"), "restriction", 1, INT64_MAX);
}

Result<Restriction> restrict(Call& call, const NewRestriction& wanted) {
    auto made = TRY(call.services.subjects.restrict(call.caller, wanted));
    TRY(order_sync(call));
    return made;
}

Result<Restriction> lift(Call& call, const LiftRequest& request) {
    auto lifted = TRY(call.services.subjects.lift(call.caller, TRY(restriction_of(call)), request.reason));
    TRY(order_sync(call));
    return lifted;
}

Result<CorrectionNote> correct(Call& call, const NewCorrection& wanted) {
    auto made = TRY(call.services.subjects.correct(call.caller, wanted));
    if (wanted.replaced) TRY(order_sync(call));
    return made;
}

void add_search_and_extract(RouteTable& table) {
    table.add<Subject, SubjectFindings>(
        {http::Method::post, "/api/subject/search", "findSubject",
         "Allt som nämner en person: dokument, protokoll, Inkorgen, konton och jobb. Med Accept: "
         "text/event-stream berättas hur långt sökningen har kommit.",
         Right::protect},
        [](Call& call, const Subject& subject) {
            return call.services.subjects.find(call.caller, subject, {}, call.request.stop);
        });
    table.stream_variant([](Call& call) -> Result<http::Response> {
        auto subject = TRY(call.body<Subject>());
        return as_events<SubjectFindings>(
            [&subjects = call.services.subjects, caller = call.caller, subject = std::move(subject)](
                const TellProgress& tell, const std::stop_token& stop) {
                return subjects.find(caller, subject, tell, stop);
            },
            call.request.id);
    });
    table.add_raw(
        {http::Method::post, "/api/subject/extracts", "makeSubjectExtract",
         "Registerutdrag (artikel 15): en zip-fil med en sida att läsa och samma sak som JSON.",
         Right::protect},
        "application/zip", [](Call& call) { return make_extract(call); },
        table.describe<Subject>(json::Direction::read));
    table.add<Nothing, Coverage>(
        {http::Method::get, "/api/subject/coverage", "getSubjectCoverage",
         "Vad varje tabell i databasen innehåller om personer, och om den söks igenom.", Right::protect},
        [](Call& /*call*/, Nothing) -> Result<Coverage> { return Coverage{archive::coverage()}; });
    table.add<PartName, RecipientList>(
        {http::Method::post, "/api/subject/recipients", "listSubjectRecipients",
         "Vilka som har fått en uppgift och ska underrättas när den rättas eller begränsas (artikel 19).",
         Right::protect},
        [](Call& call, const PartName& thing) -> Result<RecipientList> {
            return RecipientList{TRY(call.services.subjects.recipients(call.caller, thing))};
        });
}

}  // namespace

void add_subject_routes(RouteTable& table) {
    add_search_and_extract(table);
    table.add<Nothing, RestrictionList>(
        {http::Method::get, "/api/restrictions", "listRestrictions",
         "Uppgifter vars behandling är eller har varit begränsad (artikel 18).", Right::audit},
        [](Call& call, Nothing) -> Result<RestrictionList> {
            return RestrictionList{TRY(call.services.subjects.restrictions(call.caller))};
        });
    table.add<NewRestriction, Restriction>(
        {http::Method::post, "/api/restrictions", "restrictProcessing",
         "Begränsa behandlingen: uppgiften sparas men visas inte längre någonstans.", Right::protect},
        restrict, 201);
    table.add<LiftRequest, Restriction>(
        {http::Method::post, "/api/restrictions/{restriction}/lift", "liftRestriction",
         "Häv en begränsning. Den står kvar i listan.", Right::protect},
        lift);
    table.add<Nothing, RestrictedText>(
        {http::Method::get, "/api/restrictions/{restriction}/text", "getRestrictedText",
         "Vad en begränsad uppgift säger.", Right::audit},
        [](Call& call, Nothing) -> Result<RestrictedText> {
            return RestrictedText{TRY(call.services.subjects.text(call.caller, TRY(restriction_of(call))))};
        });
    table.add<NewCorrection, CorrectionNote>(
        {http::Method::post, "/api/corrections", "correctPersonalData",
         "Rätta en personuppgift (artikel 16): rättelsen visas tillsammans med uppgiften, som står kvar.",
         Right::protect},
        correct, 201);
}

}  // namespace kansli::api
