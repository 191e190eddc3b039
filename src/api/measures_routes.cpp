// The nine questions answered, and what people say: of an item, of themselves, of what was wrong.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "api/desk_messages.hpp"
#include "api/measures_messages.hpp"
#include "api/routes.hpp"
#include "api/services.hpp"
#include "measures/table.hpp"

namespace kansli::api {

namespace {

std::optional<std::string> asked_for(const Call& call, std::string_view name) {
    auto text = call.query(name);
    if (text && text->empty()) text.reset();
    return text;
}

Result<std::optional<Date>> day_asked_for(const Call& call, std::string_view name) {
    const auto text = asked_for(call, name);
    if (!text) return std::optional<Date>();
    return std::optional(TRY(parse_date(*text)));
}

Result<measures::Assessment> assessment(const Call& call) {
    return call.services.measures.assess({.kind = asked_for(call, "kind"),
                                          .service = asked_for(call, "service"),
                                          .from = TRY(day_asked_for(call, "from")),
                                          .to = TRY(day_asked_for(call, "to")),
                                          .experiment = asked_for(call, "experiment")});
}

Result<http::Response> measures_csv(const Call& call) {
    auto response = http::Response::text(measures::as_csv(TRY(assessment(call))));
    response.headers = {{"Content-Type", "text/csv; charset=utf-8"},
                        {"Content-Disposition", "attachment; filename=matning.csv"},
                        {"Cache-Control", "no-store"}};
    return response;
}

Result<Nothing> rate(const Call& call, const SatisfactionRequest& request) {
    TRY(readable_proposal(call, proposal_of(call)));
    TRY(call.services.survey.rate(call.caller, proposal_of(call), request.respondent, request.score));
    return Nothing{};
}

Result<OpenQuestions> open_questions(const Call& call) {
    return OpenQuestions{
        TRY(call.services.survey.open(call.caller, TRY(readable_proposal(call, proposal_of(call)))))};
}

Result<Nothing> tell_wellbeing(const Call& call, const WellbeingRequest& request) {
    measures::WellbeingScores scores{};
    if (request.scores.size() != scores.size())
        return fail(ErrorCode::invalid_input, "Alla fem påståenden ska ha ett svar.", "scores");
    std::ranges::copy(request.scores, scores.begin());
    TRY(call.services.survey.tell_wellbeing(call.caller, scores));
    return Nothing{};
}

Result<DeskProposal> report_fault(const Call& call, FaultRequest request) {
    const auto id = proposal_of(call);
    TRY(readable_proposal(call, id));
    TRY(call.services.desk.report_fault(call.caller, id,
                                        {.severity = request.severity, .what = std::move(request.what)}));
    return whole(call, id);
}

std::vector<Parameter> filters() {
    return {{"kind", "bara ett slag av förslag"},
            {"service", "bara en tjänst"},
            {"from", "första dagen, ÅÅÅÅ-MM-DD; bara hela veckor räknas"},
            {"to", "sista dagen, ÅÅÅÅ-MM-DD"},
            {"experiment", "försöket vars grupper jämförs; annars det senaste"}};
}

void add_survey_routes(RouteTable& table) {
    const std::string one = "/api/desk/proposals/{proposal}";
    table.add<Nothing, OpenQuestions>({http::Method::get, one + "/satisfaction", "getOpenQuestions",
                                       "Vilka frivilliga frågor om nöjdhet du kan svara på."},
                                      [](Call& call, Nothing) { return open_questions(call); });
    table.add<SatisfactionRequest, Nothing>(
        {http::Method::post, one + "/satisfaction", "rateProposal",
         "Svara på hur nöjd du är, 1–5. Svaret sparas utan vem som svarade och vad det gällde."},
        [](Call& call, const SatisfactionRequest& request) { return rate(call, request); }, 204);
    table.add<FaultRequest, DeskProposal>(
        {http::Method::post, one + "/faults", "reportFault",
         "Säg till att något avgjort var fel, och hur allvarligt det är."},
        [](Call& call, FaultRequest request) { return report_fault(call, std::move(request)); });
    table.add<Nothing, WellbeingView>(
        {http::Method::get, "/api/measures/wellbeing", "getWellbeing",
         "Om det är dags att svara på de frivilliga frågorna om hur du har det."},
        [](Call& call, Nothing) -> Result<WellbeingView> {
            return WellbeingView{TRY(call.services.survey.wellbeing_due(call.caller))};
        });
    table.add<WellbeingRequest, Nothing>(
        {http::Method::post, "/api/measures/wellbeing", "tellWellbeing",
         "Svara på de fem påståendena om hur du har det, 1–5. Svaret sparas utan vem som svarade."},
        [](Call& call, const WellbeingRequest& request) { return tell_wellbeing(call, request); }, 204);
}

}  // namespace

void add_measures_routes(RouteTable& table) {
    table.add<Nothing, measures::Assessment>({http::Method::get, "/api/measures", "getMeasures",
                                              "De nio frågorna med siffror och 95 procents osäkerhet. Aldrig "
                                              "om färre än fem ärenden eller fem personer.",
                                              Right::measure, filters()},
                                             [](Call& call, Nothing) { return assessment(call); });
    table.add_raw({http::Method::get, "/api/measures/csv", "getMeasuresTable",
                   "Samma siffror som en tabell för kalkylprogram.", Right::measure, filters()},
                  "text/csv", [](Call& call) { return measures_csv(call); });
    add_survey_routes(table);
}

}  // namespace kansli::api
