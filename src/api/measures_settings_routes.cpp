// What the measures are computed with: prices, experiments, and what was measured before.
#include <algorithm>
#include <string>
#include <utility>

#include "api/calls.hpp"
#include "api/measures_messages.hpp"
#include "api/routes.hpp"
#include "api/services.hpp"
#include "measures/assess.hpp"

namespace kansli::api {

namespace {

FactorView factor_view(const measures::FactorDefault& known, const std::vector<measures::FactorValue>& given,
                       Date today) {
    FactorView view{.factor = known.factor,
                    .value = measures::value_on(given, known.factor, today),
                    .unit = std::string(known.unit),
                    .source = std::string(known.source)};
    for (const auto& one : given) {
        if (one.factor != known.factor) continue;
        view.history.push_back(one);
        if (one.valid_from > today) continue;
        view.given = true;
        view.source = one.source;
    }
    return view;
}

Result<MeasuresSettings> measures_settings(const Call& call) {
    auto& services = call.services;
    MeasuresSettings settings{.experiments = TRY(services.experiments.list()),
                              .baselines = TRY(services.measures.baselines()),
                              .compared = measures::compared_figures(),
                              .means = measures::baseline_figures(),
                              .metered = services.energy_metered};
    for (const auto& kind : services.desk.kinds())
        settings.kinds.push_back({std::string(kind.name), std::string(kind.swedish),
                                  std::string(kind.english), std::string(kind.service)});
    const auto given = TRY(services.measures.factors());
    const auto today = TRY(day_of({}));
    for (const auto& known : measures::factor_defaults())
        settings.factors.push_back(factor_view(known, given, today));
    return settings;
}

Result<MeasuresSettings> set_factor(const Call& call, NewFactor wanted) {
    const auto name = call.path_value("factor");
    const auto factor = json::enum_value<measures::Factor>(name);
    if (!factor) return fail(ErrorCode::not_found, "Uppgiften finns inte.", name);
    TRY(call.services.measures.set_factor(
        call.caller, {*factor, wanted.value, wanted.valid_from, std::move(wanted.source)}));
    return measures_settings(call);
}

Result<MeasuresSettings> set_baseline(const Call& call, NewBaseline wanted) {
    TRY(call.services.measures.set_baseline(call.caller, {.kind = std::move(wanted.kind),
                                                          .figure = std::move(wanted.figure),
                                                          .n = wanted.n,
                                                          .mean = wanted.mean,
                                                          .deviation = wanted.deviation,
                                                          .start = wanted.start,
                                                          .end = wanted.end,
                                                          .source = std::move(wanted.source)}));
    return measures_settings(call);
}

Result<MeasuresSettings> remove_baseline(const Call& call) {
    TRY(call.services.measures.remove_baseline(call.caller,
                                               measures::BaselineId(call.path_value("baseline"))));
    return measures_settings(call);
}

Result<MeasuresSettings> begin_experiment(const Call& call, const measures::NewExperiment& wanted) {
    TRY(call.services.experiments.begin(call.caller, wanted));
    return measures_settings(call);
}

Result<MeasuresSettings> stop_experiment(const Call& call) {
    TRY(call.services.experiments.stop(call.caller, measures::ExperimentId(call.path_value("experiment"))));
    return measures_settings(call);
}

}  // namespace

void add_measures_settings_routes(RouteTable& table) {
    table.add<Nothing, MeasuresSettings>(
        {http::Method::get, "/api/measures/settings", "getMeasuresSettings",
         "Priser, försök och tidigare mätningar som siffrorna räknas med.", Right::measure},
        [](Call& call, Nothing) { return measures_settings(call); });
    table.add<NewFactor, MeasuresSettings>(
        {http::Method::put, "/api/measures/factors/{factor}", "setFactor",
         "Ange ett värde som gäller från en dag, med källa.", Right::administer},
        [](Call& call, NewFactor wanted) { return set_factor(call, std::move(wanted)); });
    table.add<NewBaseline, MeasuresSettings>(
        {http::Method::post, "/api/measures/baselines", "setBaseline",
         "Ange vad som mättes för hand före AI-stödet, med källa.", Right::administer},
        [](Call& call, NewBaseline wanted) { return set_baseline(call, std::move(wanted)); });
    table.add<Nothing, MeasuresSettings>(
        {http::Method::del, "/api/measures/baselines/{baseline}", "removeBaseline",
         "Ta bort en tidigare mätning.", Right::administer},
        [](Call& call, Nothing) { return remove_baseline(call); });
    table.add<measures::NewExperiment, MeasuresSettings>(
        {http::Method::post, "/api/measures/experiments", "beginExperiment",
         "Börja ett försök: en lottad del av ärendena handläggs utan AI-utkast.", Right::administer},
        [](Call& call, const measures::NewExperiment& wanted) { return begin_experiment(call, wanted); });
    table.add<Nothing, MeasuresSettings>(
        {http::Method::del, "/api/measures/experiments/{experiment}", "stopExperiment",
         "Avsluta ett försök i förtid.", Right::administer},
        [](Call& call, Nothing) { return stop_experiment(call); });
}

}  // namespace kansli::api
