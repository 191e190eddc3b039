#include "measures/measures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/hash.hpp"
#include "core/visible_text.hpp"
#include "desk/handled.hpp"
#include "documents/removal.hpp"
#include "json/binder.hpp"
#include "measures/assess.hpp"
#include "measures/week.hpp"

namespace kansli::measures {

namespace {

constexpr std::int64_t fewest = 5;
constexpr std::size_t longest_baseline_source = 1000;

Result<std::vector<FactorValue>> read_factors(store::Connection& connection) {
    auto& row = TRY(connection.prepare(
                        "SELECT factor, value, valid_from, source FROM measures_factors ORDER BY factor, "
                        "valid_from, number"))
                    .get();
    row.bind();
    std::vector<FactorValue> found;
    while (TRY(row.step())) {
        const auto factor = json::enum_value<Factor>(row.view(0));
        if (!factor) return fail(ErrorCode::corrupt, "Databasen innehåller ett okänt värde.", row.text(0));
        found.push_back({*factor, row.real(1), TRY(parse_date(row.view(2))), row.text(3)});
    }
    return found;
}

Result<std::vector<Baseline>> read_baselines(store::Connection& connection) {
    auto& row = TRY(connection.prepare(
                        "SELECT id, kind, figure, n, mean, deviation, first_day, last_day, source FROM "
                        "measures_baselines ORDER BY kind, figure"))
                    .get();
    row.bind();
    std::vector<Baseline> found;
    while (TRY(row.step()))
        found.push_back({BaselineId(row.text(0)), row.text(1), row.text(2), row.integer(3), row.real(4),
                         row.real(5), TRY(parse_date(row.view(6))), TRY(parse_date(row.view(7))),
                         row.text(8)});
    return found;
}

Result<void> check_baseline(const Baseline& one, desk::Kinds kinds) {
    if (desk::find_kind(kinds, one.kind) == nullptr)
        return fail(ErrorCode::invalid_input, "Den sortens förslag finns inte.", "kind");
    const auto& known = baseline_figures();
    if (std::ranges::find(known, one.figure) == known.end())
        return fail(ErrorCode::invalid_input, "Måttet har inget medelvärde att jämföra med.", "figure");
    if (one.n < fewest)
        return fail(ErrorCode::invalid_input, "Mätningen ska bygga på minst fem ärenden.", "n");
    if (!std::isfinite(one.mean) || !std::isfinite(one.deviation) || one.deviation < 0)
        return fail(ErrorCode::invalid_input, "Standardavvikelsen ska inte vara negativ.", "deviation");
    if (!one.start.ok() || !one.end.ok() || one.end < one.start)
        return fail(ErrorCode::invalid_input, "Sista dagen ska inte vara före den första.", "end",
                    "Skriv ÅÅÅÅ-MM-DD.");
    if (is_blank(one.source))
        return fail(ErrorCode::invalid_input, "Skriv hur och av vem det mättes.", "source");
    if (one.source.size() > longest_baseline_source)
        return fail(ErrorCode::too_large, "Texten är för lång.", "source", "Skriv högst 1 000 tecken.");
    return {};
}

Result<void> check_query(const Query& query, desk::Kinds kinds, const std::vector<Experiment>& experiments) {
    if (query.kind && desk::find_kind(kinds, *query.kind) == nullptr)
        return fail(ErrorCode::not_found, "Den sortens förslag finns inte.", *query.kind);
    if (query.service && std::ranges::find(kinds, *query.service, &desk::Kind::service) == kinds.end())
        return fail(ErrorCode::not_found, "Tjänsten finns inte.", *query.service);
    if (query.from && query.to && *query.to < *query.from)
        return fail(ErrorCode::invalid_input, "Sista dagen ska inte vara före den första.", "to");
    const auto same = [&](const Experiment& one) { return one.id.str() == *query.experiment; };
    if (query.experiment && std::ranges::none_of(experiments, same))
        return fail(ErrorCode::not_found, "Försöket finns inte.", *query.experiment);
    return {};
}

}  // namespace

Result<Material> Measures::material(store::Connection& connection) {
    const auto week = [](Timestamp moment) { return week_of(moment); };
    Material material{.items = TRY(desk::handled(connection, week)),
                      .answers = TRY(Survey::answers(connection)),
                      .tickets = TRY(Survey::tickets(connection)),
                      .wellbeing = TRY(Survey::wellbeing(connection)),
                      .wellbeing_tickets = TRY(Survey::wellbeing_tickets(connection)),
                      .experiments = TRY(experiments_.list(connection)),
                      .factors = TRY(read_factors(connection)),
                      .baselines = TRY(read_baselines(connection))};
    for (const auto& version : TRY(documents::kept_versions(connection)))
        material.imported[version.id.str()] = version.imported;
    return material;
}

Result<Assessment> Measures::assess(const Query& query) {
    Material all;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        all = TRY(material(connection));
        return {};
    }));
    TRY(check_query(query, kinds_, all.experiments));
    return measures::assess(all, query, kinds_, day_in_sweden(clock_()));
}

Result<std::vector<FactorValue>> Measures::factors() {
    std::vector<FactorValue> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(read_factors(connection));
        return {};
    }));
    return found;
}

Result<void> Measures::set_factor(const access::Caller& caller, const FactorValue& value) {
    TRY(check(value));
    return database_.write([&](store::Connection& connection) -> Result<void> {
        TRY(connection.execute(
            "INSERT INTO measures_factors (factor, value, valid_from, source) VALUES (?1, ?2, ?3, ?4)",
            json::enum_name(value.factor), value.value, to_string(value.valid_from), value.source));
        TRY(record_.append(connection, caller, "measure_factor_set", json::enum_name(value.factor),
                           json::write(value), clock_()));
        return {};
    });
}

Result<std::vector<Baseline>> Measures::baselines() {
    std::vector<Baseline> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(read_baselines(connection));
        return {};
    }));
    return found;
}

Result<Baseline> Measures::set_baseline(const access::Caller& caller, Baseline baseline) {
    TRY(check_baseline(baseline, kinds_));
    baseline.id = BaselineId(random_token());
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        TRY(connection.execute("DELETE FROM measures_baselines WHERE kind = ?1 AND figure = ?2",
                               baseline.kind, baseline.figure));
        TRY(connection.execute("INSERT INTO measures_baselines VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                               baseline.id.str(), baseline.kind, baseline.figure, baseline.n, baseline.mean,
                               baseline.deviation, to_string(baseline.start), to_string(baseline.end),
                               baseline.source));
        TRY(record_.append(connection, caller, "measure_baseline_set", baseline.id.str(),
                           json::write(baseline), clock_()));
        return {};
    }));
    return baseline;
}

Result<void> Measures::remove_baseline(const access::Caller& caller, const BaselineId& id) {
    return database_.write([&](store::Connection& connection) -> Result<void> {
        TRY(connection.execute("DELETE FROM measures_baselines WHERE id = ?1", id.str()));
        if (connection.changes() != 1) return fail(ErrorCode::not_found, "Mätningen finns inte.", id.str());
        TRY(record_.append(connection, caller, "measure_baseline_removed", id.str(), "{}", clock_()));
        return {};
    });
}

}  // namespace kansli::measures
