// The municipality's own words: the page Ordlista.
#include <string>
#include <utility>

#include "api/glossary_messages.hpp"
#include "api/routes.hpp"

namespace kansli::api {

namespace {

using glossary::EntryId;
using glossary::SuggestionId;

constexpr std::size_t longest_glossary_file = std::size_t{256} << 10U;  // bytes

Result<GlossaryView> whole_glossary(const Call& call) {
    return GlossaryView{TRY(call.services.glossary.entries()), TRY(call.services.glossary.suggestions())};
}

Result<GlossaryView> add_line(const Call& call, const GlossaryLine& wanted) {
    TRY(call.services.glossary.add(call.caller, wanted.line));
    return whole_glossary(call);
}

Result<GlossaryView> change_line(const Call& call, const GlossaryLine& wanted) {
    TRY(call.services.glossary.change(call.caller, EntryId(call.path_value("entry")), wanted.line));
    return whole_glossary(call);
}

Result<GlossaryView> remove_line(const Call& call) {
    TRY(call.services.glossary.remove(call.caller, EntryId(call.path_value("entry"))));
    return whole_glossary(call);
}

Result<http::Response> glossary_file(const Call& call) {
    return http::Response{.status = 200,
                          .headers = {{"Content-Type", "text/plain; charset=utf-8"},
                                      {"Content-Disposition", "attachment; filename=ordlista.txt"},
                                      {"Cache-Control", "no-store"}},
                          .body = TRY(call.services.glossary.file())};
}

Result<GlossaryImported> take_file(const Call& call, const GlossaryFile& given) {
    auto report = TRY(call.services.glossary.take_in(call.caller, given.file, given.way));
    return GlossaryImported{report.added, report.unchanged, report.removed, std::move(report.faults),
                            TRY(whole_glossary(call))};
}

Result<GlossaryView> accept_suggestion(const Call& call) {
    TRY(call.services.glossary.accept(call.caller, SuggestionId(call.path_value("suggestion"))));
    return whole_glossary(call);
}

Result<GlossaryView> reject_suggestion(const Call& call) {
    TRY(call.services.glossary.reject(call.caller, SuggestionId(call.path_value("suggestion"))));
    return whole_glossary(call);
}

void add_glossary_files(RouteTable& table) {
    table.add_raw({http::Method::get, "/api/glossary/file", "exportGlossary",
                   "Ordlistan som en textfil, ett uppslag på varje rad.", Right::edit},
                  "text/plain", [](Call& call) { return glossary_file(call); });
    table.add<GlossaryFile, GlossaryImported>(
        {http::Method::post,
         "/api/glossary/file",
         "importGlossary",
         "Ta in en textfil: det som är rätt läggs till, eller ersätter allt som finns. Fel berättas med rad.",
         Right::edit,
         {},
         {},
         {.longest_text = longest_glossary_file}},
        [](Call& call, const GlossaryFile& given) { return take_file(call, given); });
}

}  // namespace

void add_glossary_routes(RouteTable& table) {
    table.add<Nothing, GlossaryView>({http::Method::get, "/api/glossary", "getGlossary",
                                      "Kommunens ordlista, och de förslag till den som väntar.", Right::edit},
                                     [](Call& call, Nothing) { return whole_glossary(call); });
    table.add<GlossaryLine, GlossaryView>(
        {http::Method::post, "/api/glossary/entries", "addGlossaryEntry", "Lägg till ett uppslag.",
         Right::edit},
        [](Call& call, const GlossaryLine& wanted) { return add_line(call, wanted); });
    table.add<GlossaryLine, GlossaryView>(
        {http::Method::put, "/api/glossary/entries/{entry}", "changeGlossaryEntry", "Ändra ett uppslag.",
         Right::edit},
        [](Call& call, const GlossaryLine& wanted) { return change_line(call, wanted); });
    table.add<Nothing, GlossaryView>({http::Method::del, "/api/glossary/entries/{entry}",
                                      "removeGlossaryEntry", "Ta bort ett uppslag.", Right::edit},
                                     [](Call& call, Nothing) { return remove_line(call); });
    add_glossary_files(table);
    table.add<Nothing, GlossaryView>(
        {http::Method::post, "/api/glossary/suggestions/{suggestion}/accept", "acceptGlossarySuggestion",
         "Godta ett förslag: det blir ett uppslag.", Right::edit},
        [](Call& call, Nothing) { return accept_suggestion(call); });
    table.add<Nothing, GlossaryView>(
        {http::Method::post, "/api/glossary/suggestions/{suggestion}/reject", "rejectGlossarySuggestion",
         "Avvisa ett förslag: det kommer inte tillbaka.", Right::edit},
        [](Call& call, Nothing) { return reject_suggestion(call); });
}

}  // namespace kansli::api
