#include "measures/survey.hpp"

#include <algorithm>

#include "core/hash.hpp"
#include "json/binder.hpp"
#include "measures/detail/schema.hpp"
#include "measures/week.hpp"

namespace kansli::measures {

namespace {

constexpr std::int32_t weeks_between = 4;

bool is_score(int score) {
    return score >= 1 && score <= 5;
}

Failure no_score() {
    return fail(ErrorCode::invalid_input, "Svaret ska vara ett heltal från 1 till 5.", "score");
}

template <typename Enum>
Result<Enum> name_in_row(std::string_view name) {
    if (const auto value = json::enum_value<Enum>(name)) return *value;
    return fail(ErrorCode::corrupt, "Databasen innehåller ett okänt värde.", std::string(name));
}

// Whether the person is the one whom the question is put to.
Result<bool> is_asked(desk::Desk& desk, const access::Caller& caller, const desk::Proposal& proposal,
                      Respondent respondent) {
    if (proposal.second_look) return false;
    if (respondent == Respondent::asker) return proposal.owner == caller.id;
    if (!desk::is_decided(proposal.state)) return false;
    const auto decision = desk.decision(caller, proposal.id);
    return decision && decision->person() == caller.id;
}

Result<bool> is_answered(store::Connection& connection, const desk::ProposalId& item, Respondent respondent) {
    auto& row =
        TRY(connection.prepare("SELECT 1 FROM measures_tickets WHERE proposal = ?1 AND respondent = ?2"))
            .get();
    return row.bind(item.str(), json::enum_name(respondent)).step();
}

Result<bool> told_lately(store::Connection& connection, const access::Caller& caller, std::int32_t week) {
    auto& row =
        TRY(connection.prepare("SELECT 1 FROM measures_wellbeing_tickets WHERE person = ?1 AND week > ?2"))
            .get();
    return row.bind(caller.id.str(), week - weeks_between).step();
}

}  // namespace

std::span<const store::TableNote> Survey::table_notes() {
    return detail::measures_table_notes();
}

std::span<const store::Migration> Survey::migrations() {
    return detail::schema();
}

Result<void> Survey::rate(const access::Caller& caller, const desk::ProposalId& item, Respondent respondent,
                          int score) {
    if (!is_score(score)) return no_score();
    const auto proposal = TRY(desk_.proposal(caller, item));
    if (!TRY(is_asked(desk_, caller, proposal, respondent)))
        return fail(ErrorCode::forbidden,
                    "Frågan ställs till den som ställde frågan och till den som avgjorde den.");
    const auto week = week_of(clock_());
    return database_.write([&](store::Connection& connection) -> Result<void> {
        if (TRY(is_answered(connection, item, respondent)))
            return fail(
                ErrorCode::conflict,
                "Frågan är redan besvarad. Svaret går inte att knyta till dig, så det går inte att ändra.");
        const auto& drawn = proposal.assignment;
        TRY(connection.execute("INSERT INTO measures_tickets VALUES (?1, ?2, ?3)", item.str(),
                               json::enum_name(respondent), week));
        return connection.execute("INSERT INTO measures_satisfaction VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                                  random_token(), proposal.made.kind, drawn.experiment,
                                  json::enum_name(drawn.arm), json::enum_name(respondent), week, score);
    });
}

Result<std::vector<Respondent>> Survey::open(const access::Caller& caller, const desk::Proposal& proposal) {
    std::vector<Respondent> found;
    for (const auto respondent : json::enum_values<Respondent>()) {
        if (!TRY(is_asked(desk_, caller, proposal, respondent))) continue;
        TRY(database_.read([&](store::Connection& connection) -> Result<void> {
            if (!TRY(is_answered(connection, proposal.id, respondent))) found.push_back(respondent);
            return {};
        }));
    }
    return found;
}

Result<bool> Survey::wellbeing_due(const access::Caller& caller) {
    if (access::is_keeper(caller)) return false;
    bool due = false;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        due = !TRY(told_lately(connection, caller, week_of(clock_())));
        return {};
    }));
    return due;
}

Result<void> Survey::tell_wellbeing(const access::Caller& caller, const WellbeingScores& scores) {
    if (!std::ranges::all_of(scores, is_score)) return no_score();
    const auto week = week_of(clock_());
    return database_.write([&](store::Connection& connection) -> Result<void> {
        if (TRY(told_lately(connection, caller, week)))
            return fail(ErrorCode::conflict,
                        "Du har svarat nyligen. Frågorna kommer tillbaka efter fyra veckor.");
        TRY(connection.execute("INSERT INTO measures_wellbeing_tickets VALUES (?1, ?2)", caller.id.str(),
                               week));
        return connection.execute("INSERT INTO measures_wellbeing VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                                  random_token(), week, scores[0], scores[1], scores[2], scores[3],
                                  scores[4]);
    });
}

Result<std::vector<SatisfactionAnswer>> Survey::answers(store::Connection& connection) {
    auto& row = TRY(connection.prepare(
                        "SELECT kind, experiment, arm, respondent, week, score FROM measures_satisfaction "
                        "ORDER BY week, id"))
                    .get();
    row.bind();
    std::vector<SatisfactionAnswer> found;
    while (TRY(row.step()))
        found.push_back({row.text(0), row.text(1), TRY(name_in_row<desk::Arm>(row.view(2))),
                         TRY(name_in_row<Respondent>(row.view(3))), static_cast<std::int32_t>(row.integer(4)),
                         static_cast<int>(row.integer(5))});
    return found;
}

Result<std::vector<SatisfactionTicket>> Survey::tickets(store::Connection& connection) {
    auto& row = TRY(connection.prepare(
                        "SELECT proposal, respondent, week FROM measures_tickets ORDER BY week, proposal"))
                    .get();
    row.bind();
    std::vector<SatisfactionTicket> found;
    while (TRY(row.step()))
        found.push_back({desk::ProposalId(row.text(0)), TRY(name_in_row<Respondent>(row.view(1))),
                         static_cast<std::int32_t>(row.integer(2))});
    return found;
}

Result<std::vector<WellbeingAnswer>> Survey::wellbeing(store::Connection& connection) {
    auto& row =
        TRY(connection.prepare(
                "SELECT week, first, second, third, fourth, fifth FROM measures_wellbeing ORDER BY week, id"))
            .get();
    row.bind();
    std::vector<WellbeingAnswer> found;
    while (TRY(row.step())) {
        WellbeingAnswer one{.week = static_cast<std::int32_t>(row.integer(0))};
        for (std::size_t i = 0; i < one.scores.size(); ++i)
            one.scores[i] = static_cast<int>(row.integer(static_cast<int>(i) + 1));
        found.push_back(one);
    }
    return found;
}

Result<std::vector<WellbeingTicket>> Survey::wellbeing_tickets(store::Connection& connection) {
    auto& row =
        TRY(connection.prepare("SELECT person, week FROM measures_wellbeing_tickets ORDER BY week, person"))
            .get();
    row.bind();
    std::vector<WellbeingTicket> found;
    while (TRY(row.step()))
        found.push_back({row.text(0), static_cast<std::int32_t>(row.integer(1))});
    return found;
}

Result<std::vector<KeptAnswer>> Survey::kept(store::Connection& connection) {
    auto& row = TRY(connection.prepare("SELECT id, 'satisfaction', week FROM measures_satisfaction UNION ALL "
                                       "SELECT id, 'wellbeing', "
                                       "week FROM measures_wellbeing ORDER BY 3, 1"))
                    .get();
    row.bind();
    std::vector<KeptAnswer> found;
    while (TRY(row.step()))
        found.push_back({row.text(0), row.text(1), static_cast<std::int32_t>(row.integer(2))});
    return found;
}

Result<void> Survey::forget(store::Connection& connection, const std::string& id) {
    TRY(connection.execute("DELETE FROM measures_satisfaction WHERE id = ?1", id));
    TRY(connection.execute("DELETE FROM measures_wellbeing WHERE id = ?1", id));
    // Notes that an answer was given are of no use when no answer of their week is left.
    TRY(connection.execute(
        "DELETE FROM measures_tickets WHERE week NOT IN (SELECT week FROM measures_satisfaction)"));
    return connection.execute(
        "DELETE FROM measures_wellbeing_tickets WHERE week NOT IN (SELECT week FROM measures_wellbeing)");
}

}  // namespace kansli::measures
