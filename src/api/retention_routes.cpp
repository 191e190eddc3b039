#include <string>
#include <utility>

#include "api/archive_messages.hpp"
#include "api/calls.hpp"
#include "api/routes.hpp"

namespace kansli::api {

namespace {

using archive::HoldId;
using archive::LegalHold;
using archive::RetentionRule;
using archive::RuleId;

Result<RetentionView> show(const Call& call) {
    auto& retention = call.services.retention;
    RetentionView view{TRY(retention.rules()), TRY(retention.holds()), TRY(retention.unfinished())};
    view.suggestions = archive::suggested_terms(call.services.desk.kinds(), view.rules, TRY(day_of({})));
    return view;
}

Result<RetentionRule> set_rule(const Call& call, NewRule wanted) {
    return call.services.retention.set_rule(call.caller,
                                            {.name = std::move(wanted.name),
                                             .stock = wanted.stock,
                                             .kind = std::move(wanted.kind),
                                             .information_class = wanted.information_class,
                                             .owner = std::move(wanted.owner),
                                             .months = wanted.months,
                                             .event = wanted.event,
                                             .legal_ground = std::move(wanted.legal_ground),
                                             .decision = std::move(wanted.decision),
                                             .decided_by = std::move(wanted.decided_by),
                                             .decided = wanted.decided,
                                             .valid_from = wanted.valid_from,
                                             .valid_to = wanted.valid_to},
                                            wanted.instead_of);
}

Result<LegalHold> place_hold(const Call& call, NewHold wanted) {
    return call.services.retention.place_hold(call.caller,
                                              {.reason = std::move(wanted.reason),
                                               .person = std::move(wanted.person).value_or(""),
                                               .case_number = std::move(wanted.case_number).value_or(""),
                                               .document = std::move(wanted.document).value_or(""),
                                               .entry = wanted.entry,
                                               .from = wanted.from,
                                               .to = wanted.to});
}

// What was removed is gone when this answers; its traces on disk are wiped by a job.
Result<archive::RunReport> run(const Call& call, const ConfirmedPlan& confirmed) {
    auto report = TRY(call.services.retention.run(call.caller, confirmed.hash));
    TRY(call.services.queue.add({.kind = std::string(wipe_job), .payload = "{}"}));
    return report;
}

void add_hold_routes(RouteTable& table) {
    table.add<NewHold, LegalHold>({http::Method::post, "/api/retention/holds", "placeHold",
                                   "Stoppa gallringen av det som beskrivs.", Right::protect},
                                  [](Call& call, NewHold hold) { return place_hold(call, std::move(hold)); });
    table.add<Nothing, LegalHold>({http::Method::del, "/api/retention/holds/{hold}", "liftHold",
                                   "Häv ett gallringsstopp. Det står kvar i listan.", Right::protect},
                                  [](Call& call, Nothing) {
                                      return call.services.retention.lift_hold(
                                          call.caller, HoldId(call.path_value("hold")));
                                  });
}

}  // namespace

void add_retention_routes(RouteTable& table) {
    table.add<Nothing, RetentionView>(
        {http::Method::get, "/api/retention", "getRetention",
         "Dokumenthanteringsplanens regler och gallringsstoppen.", Right::protect},
        [](Call& call, Nothing) { return show(call); });
    table.add<NewRule, RetentionRule>(
        {http::Method::post, "/api/retention/rules", "setRetentionRule",
         "Lägg till en regel, eventuellt i stället för en annan.", Right::protect},
        [](Call& call, NewRule rule) { return set_rule(call, std::move(rule)); });
    table.add<Nothing, RetentionRule>({http::Method::del, "/api/retention/rules/{rule}", "endRetentionRule",
                                       "Sluta använda en regel. Den står kvar i listan.", Right::protect},
                                      [](Call& call, Nothing) {
                                          return call.services.retention.end_rule(
                                              call.caller, RuleId(call.path_value("rule")));
                                      });
    add_hold_routes(table);
    table.add<Nothing, archive::Plan>(
        {http::Method::get, "/api/retention/plan", "planRetention",
         "Provkör gallringen: vad som skulle gå i dag, efter vilken regel, och varför resten blir kvar.",
         Right::protect},
        [](Call& call, Nothing) { return call.services.retention.plan(call.caller); });
    table.add<ConfirmedPlan, archive::RunReport>(
        {http::Method::post, "/api/retention/runs", "runRetention",
         "Gallra det som provkörningen med den här kontrollsumman visade.", Right::protect},
        [](Call& call, const ConfirmedPlan& confirmed) { return run(call, confirmed); });
}

}  // namespace kansli::api
