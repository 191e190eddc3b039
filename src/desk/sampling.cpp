#include "desk/sampling.hpp"

#include <utility>

#include "desk/detail/rows.hpp"
#include "desk/detail/settings_rows.hpp"
#include "json/binder.hpp"

namespace kansli::desk {

namespace {

constexpr std::size_t outcomes = 3;

std::size_t place_of(Outcome outcome) {
    return static_cast<std::size_t>(outcome);
}

bool is_share(double value) {
    return value >= 0 && value <= 1;
}

Result<const Kind*> known_kind(Kinds kinds, std::string_view name) {
    if (const auto* kind = find_kind(kinds, name)) return kind;
    return fail(ErrorCode::not_found, "Den sortens förslag finns inte.", std::string(name));
}

Result<void> check_settings(const Kind& kind, const KindSettings& settings) {
    if (settings.batch_confidence && !may_batch(kind))
        return fail(ErrorCode::forbidden, "Den här sortens förslag avgörs ett och ett.", "batch_confidence");
    if (settings.batch_confidence && !is_share(*settings.batch_confidence))
        return fail(ErrorCode::invalid_input, "Säkerheten ska vara mellan 0 och 1.", "batch_confidence");
    if (!is_share(settings.sampled_batch) || !is_share(settings.sampled_single))
        return fail(ErrorCode::invalid_input, "Andelen ska vara mellan 0 och 1.", "sampled_batch");
    return {};
}

struct Sample {
    std::int64_t review = 0;
    Outcome first = Outcome::accepted;
};

Result<Sample> waiting_sample(store::Connection& connection, const ProposalId& id,
                              const access::UserId& person) {
    auto& row = TRY(connection.prepare("SELECT review, first_outcome FROM desk_samples WHERE proposal = ?1 "
                                       "AND second_person IS NULL AND first_person <> ?2"))
                    .get();
    if (!TRY(row.bind(id.str(), person.str()).step()))
        return fail(ErrorCode::conflict, "Förslaget väntar inte på din andra blick.", id.str());
    return Sample{row.integer(0), TRY(detail::read_name<Outcome>(row.view(1)))};
}

}  // namespace

Result<KindSettings> detail::load_settings(store::Connection& connection, std::string_view kind) {
    KindSettings settings;
    auto& row = TRY(connection.prepare("SELECT batch_confidence, sampled_batch, sampled_single FROM "
                                       "desk_settings WHERE kind = ?1"))
                    .get();
    if (!TRY(row.bind(kind).step())) return settings;
    if (!row.is_null(0)) settings.batch_confidence = row.real(0);
    settings.sampled_batch = row.real(1);
    settings.sampled_single = row.real(2);
    return settings;
}

Result<void> detail::insert_sample(store::Connection& connection, std::int64_t number,
                                   const Proposal& proposal, const Reviewer& reviewer, Outcome outcome,
                                   bool batch) {
    return connection.execute(
        "INSERT INTO desk_samples (review, proposal, kind, first_person, first_outcome, batch) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        number, proposal.id.str(), proposal.made.kind, reviewer.caller().id.str(), json::enum_name(outcome),
        batch);
}

Result<KindSettings> Sampling::settings(std::string_view kind) {
    TRY(known_kind(kinds_, kind));
    KindSettings settings;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        settings = TRY(detail::load_settings(connection, kind));
        return {};
    }));
    return settings;
}

Result<void> Sampling::set(const access::Caller& caller, std::string_view kind,
                           const KindSettings& settings) {
    TRY(check_settings(*TRY(known_kind(kinds_, kind)), settings));
    return database_.write([&](store::Connection& connection) -> Result<void> {
        TRY(connection.execute("INSERT OR REPLACE INTO desk_settings VALUES (?1, ?2, ?3, ?4)", kind,
                               settings.batch_confidence, settings.sampled_batch, settings.sampled_single));
        TRY(record_.append(connection, caller, "desk_settings_changed", kind, json::write(settings),
                           clock_()));
        return {};
    });
}

Result<SecondLook> Sampling::look(const Reviewer& reviewer, const ProposalId& id, const Verdict& verdict) {
    SecondLook look;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto moment = clock_();
        const auto who =
            TRY(detail::viewer(connection, reviewer.caller(), kinds_, rules_, moment, detail::Look::one, id));
        const auto proposal = TRY(detail::load(connection, who, id));
        if (proposal.made.kind != reviewer.kind().name)
            return fail(ErrorCode::forbidden, "Du får inte avgöra den här sortens förslag.");
        const auto sample = TRY(waiting_sample(connection, id, reviewer.caller().id));
        if (!proposal.second_look)
            return fail(ErrorCode::conflict, "Förslaget väntar inte på din andra blick.", id.str());
        TRY(check(verdict, proposal));
        look = {sample.first, sample.first == verdict.outcome};
        TRY(connection.execute(
            "UPDATE desk_samples SET second_person = ?2, second_outcome = ?3, moment = ?4 WHERE review = ?1",
            sample.review, reviewer.caller().id.str(), json::enum_name(verdict.outcome), to_string(moment)));
        auto content = json::Value::object();
        content["first"] = json::enum_name(sample.first);
        content["second"] = json::enum_name(verdict.outcome);
        content["text"] = verdict.text;
        content["reason"] = verdict.reason;
        TRY(record_.append(connection, reviewer.caller(), "second_look", id.str(), json::write(content),
                           moment));
        return {};
    }));
    return look;
}

Result<SecondOpinions> Sampling::opinions(std::string_view kind) {
    TRY(known_kind(kinds_, kind));
    SecondOpinions result{.counts = {outcomes, std::vector<std::int64_t>(outcomes, 0)}};
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        auto& row = TRY(connection.prepare("SELECT first_outcome, second_outcome, batch FROM desk_samples "
                                           "WHERE kind = ?1"))
                        .get();
        row.bind(kind);
        while (TRY(row.step())) {
            if (row.is_null(1)) {
                ++result.waiting;
                continue;
            }
            const auto first = TRY(detail::read_name<Outcome>(row.view(0)));
            const auto second = TRY(detail::read_name<Outcome>(row.view(1)));
            ++result.counts[place_of(first)][place_of(second)];
            if (row.integer(2) == 0) continue;
            ++result.batch_pairs;
            result.batch_agreeing += first == second ? 1 : 0;
        }
        return {};
    }));
    result.agreement = cohens_kappa(result.counts);
    return result;
}

}  // namespace kansli::desk
