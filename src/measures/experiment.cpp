#include "measures/experiment.hpp"

#include <algorithm>
#include <cmath>

#include "core/hash.hpp"
#include "json/binder.hpp"
#include "statistics/draw.hpp"

namespace kansli::measures {

namespace {

constexpr std::string_view select_experiments =
    "SELECT id, kind, share, first_day, last_day, measure, seed, stopped FROM measures_experiments ";

Result<Experiment> experiment_of(const store::Statement& row) {
    Experiment one{.id = ExperimentId(row.text(0)),
                   .kind = row.text(1),
                   .share = row.real(2),
                   .start = TRY(parse_date(row.view(3))),
                   .end = TRY(parse_date(row.view(4))),
                   .measure = row.text(5),
                   .seed = row.text(6),
                   .stopped = row.integer(7) != 0};
    one.seed_hash = sha256(one.seed);
    return one;
}

bool is_over(const Experiment& one, Date today) {
    return one.stopped || one.end < today;
}

Experiment without_secret(Experiment one, Date today) {
    if (!is_over(one, today)) one.seed.clear();
    return one;
}

Result<void> check_experiment(const NewExperiment& wanted, desk::Kinds kinds, Date today) {
    if (desk::find_kind(kinds, wanted.kind) == nullptr)
        return fail(ErrorCode::invalid_input, "Den sortens förslag finns inte.", "kind");
    if (!std::isfinite(wanted.share) || wanted.share <= 0 || wanted.share > 0.5)
        return fail(ErrorCode::invalid_input,
                    "Kontrollgruppen ska vara mer än 0 och högst hälften av ärendena.", "share");
    if (!wanted.start.ok() || !wanted.end.ok() || wanted.end < wanted.start)
        return fail(ErrorCode::invalid_input, "Sista dagen ska inte vara före den första.", "end",
                    "Skriv ÅÅÅÅ-MM-DD.");
    if (wanted.start < today)
        return fail(ErrorCode::invalid_input, "Ett försök kan inte börja bakåt i tiden.", "start");
    const auto& known = compared_figures();
    if (std::ranges::find(known, wanted.measure) == known.end())
        return fail(ErrorCode::invalid_input, "Välj vilket mått som ska avgöra, innan försöket börjar.",
                    "measure");
    return {};
}

Result<void> check_alone(store::Connection& connection, const NewExperiment& wanted) {
    auto& row =
        TRY(connection.prepare("SELECT 1 FROM measures_experiments WHERE kind = ?1 AND NOT stopped AND "
                               "first_day <= ?3 AND last_day >= ?2"))
            .get();
    if (!TRY(row.bind(wanted.kind, to_string(wanted.start), to_string(wanted.end)).step())) return {};
    return fail(ErrorCode::conflict, "Ett annat försök med samma slag pågår de dagarna.", wanted.kind,
                "Avsluta det, eller välj andra dagar.");
}

}  // namespace

const std::vector<std::string>& compared_figures() {
    static const std::vector<std::string> names{"handling_median",     "handling_mean", "lead_median",
                                                "direct_cost",         "error_share",   "satisfaction_asker",
                                                "satisfaction_decider"};
    return names;
}

Result<std::vector<Experiment>> Experiments::list(store::Connection& connection) {
    const auto today = day_in_sweden(clock_());
    auto& row =
        TRY(connection.prepare(std::string(select_experiments) + "ORDER BY first_day DESC, id")).get();
    row.bind();
    std::vector<Experiment> found;
    while (TRY(row.step()))
        found.push_back(without_secret(TRY(experiment_of(row)), today));
    return found;
}

Result<std::vector<Experiment>> Experiments::list() {
    std::vector<Experiment> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(list(connection));
        return {};
    }));
    return found;
}

Result<Experiment> Experiments::begin(const access::Caller& caller, const NewExperiment& wanted) {
    const auto moment = clock_();
    TRY(check_experiment(wanted, kinds_, day_in_sweden(moment)));
    Experiment made{.id = ExperimentId(random_token()),
                    .kind = wanted.kind,
                    .share = wanted.share,
                    .start = wanted.start,
                    .end = wanted.end,
                    .measure = wanted.measure,
                    .seed = random_token(32)};
    made.seed_hash = sha256(made.seed);
    const auto told = without_secret(made, day_in_sweden(moment));
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        TRY(check_alone(connection, wanted));
        TRY(connection.execute("INSERT INTO measures_experiments VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)",
                               made.id.str(), made.kind, made.share, to_string(made.start),
                               to_string(made.end), made.measure, made.seed));
        TRY(record_.append(connection, caller, "experiment_begun", made.id.str(), json::write(told), moment));
        return {};
    }));
    return told;
}

Result<Experiment> Experiments::stop(const access::Caller& caller, const ExperimentId& id) {
    Experiment stopped;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        auto& row = TRY(connection.prepare(std::string(select_experiments) + "WHERE id = ?1")).get();
        if (!TRY(row.bind(id.str()).step()))
            return fail(ErrorCode::not_found, "Försöket finns inte.", id.str());
        stopped = TRY(experiment_of(row));
        const auto moment = clock_();
        if (is_over(stopped, day_in_sweden(moment)))
            return fail(ErrorCode::conflict, "Försöket är redan slut.", id.str());
        stopped.stopped = true;
        TRY(connection.execute("UPDATE measures_experiments SET stopped = 1 WHERE id = ?1", id.str()));
        TRY(record_.append(connection, caller, "experiment_stopped", id.str(), json::write(stopped), moment));
        return {};
    }));
    return stopped;
}

Result<desk::Assignment> Experiments::assign(store::Connection& connection, std::string_view kind,
                                             const desk::ProposalId& item, Timestamp moment) {
    auto& row =
        TRY(connection.prepare(std::string(select_experiments) +
                               "WHERE kind = ?1 AND NOT stopped AND first_day <= ?2 AND last_day >= ?2"))
            .get();
    if (!TRY(row.bind(kind, to_string(day_in_sweden(moment))).step())) return desk::Assignment{};
    const auto running = TRY(experiment_of(row));
    const double number = statistics::drawn_number(running.seed, running.id.str(), item.str());
    return desk::Assignment{.experiment = running.id.str(),
                            .arm = number < running.share ? desk::Arm::without_ai : desk::Arm::with_ai,
                            .drawn_for = item,
                            .number = number};
}

}  // namespace kansli::measures
