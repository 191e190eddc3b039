#include "desk/desk.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "core/hash.hpp"
#include "core/visible_text.hpp"
#include "desk/detail/rows.hpp"
#include "desk/detail/schema.hpp"
#include "desk/detail/settings_rows.hpp"
#include "json/binder.hpp"
#include "text/edit_distance.hpp"

namespace kansli::desk {

namespace {

constexpr std::size_t longest_note = 4000;

// JSON text as a value; nothing written is null.
Result<json::Value> json_of(const std::string& text) {
    if (text.empty()) return json::Value();
    return json::parse(text);
}

// A proposal as the record keeps it.
Result<std::string> recorded(const NewProposal& made, const Assignment& assignment) {
    auto content = json::Value::object();
    content["input"] = TRY(json_of(made.input));
    content["output"] = TRY(json_of(made.output));
    content["evidence"] = TRY(json_of(made.evidence));
    content["confidence"] = made.confidence;
    content["model"] = made.model;
    content["settings"] = TRY(json_of(made.settings));
    content["milliseconds"] = made.milliseconds;
    content["cpu_milliseconds"] = made.cpu_milliseconds;
    if (made.joules) content["joules"] = *made.joules;
    if (!assignment.experiment.empty()) {
        auto drawn = json::Value::object();
        drawn["experiment"] = assignment.experiment;
        drawn["arm"] = json::enum_name(assignment.arm);
        drawn["drawn_for"] = assignment.drawn_for.str();
        drawn["number"] = assignment.number;
        content["assignment"] = std::move(drawn);
    }
    return json::write(content);
}

json::Value difference_value(const std::string& before, const std::string& after) {
    auto pieces = json::Value::array();
    for (const auto& span : text::compare_texts(before, after)) {
        if (span.edit == text::Edit::same) continue;
        auto piece = json::Value::object();
        piece[span.edit == text::Edit::deleted ? "deleted" : "inserted"] = span.text;
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

Result<void> check_note(const std::string& note, std::string_view field) {
    if (note.size() <= longest_note) return {};
    return fail(ErrorCode::too_large, "Texten är för lång.", std::string(field), "Skriv högst 4 000 tecken.");
}

void set_recipient(Proposal& proposal, const Recipient& recipient) {
    proposal.principal = recipient.person ? std::string() : recipient.principal;
    proposal.recipient = recipient.person ? recipient.person->id : access::UserId();
    proposal.recipient_name = recipient.person ? recipient.person->name : std::string();
}

json::Value recipient_value(const Proposal& proposal) {
    auto content = json::Value::object();
    content["recipient"] =
        proposal.recipient_name.empty() ? proposal.principal : "person:" + proposal.recipient_name;
    content["note"] = proposal.note;
    return content;
}

// The first of two approvals of the text as it is, or as the verdict makes it.
Result<void> approve_first(Proposal& proposal, const access::Caller& caller, const Verdict& verdict) {
    TRY(check(verdict, proposal));
    if (!after(proposal.state, action_of(verdict.outcome))) return detail::cannot(proposal);
    if (verdict.outcome == Outcome::edited) proposal.text = verdict.text;
    proposal.state = State::waiting_second;
    proposal.approver = caller.id;
    // Whoever was named has approved; the second is anybody else who may.
    if (proposal.recipient == caller.id) set_recipient(proposal, {});
    return {};
}

json::Value review_value(const Proposal& proposal, const detail::ReviewRow& row, Outcome outcome) {
    auto content = json::Value::object();
    content["outcome"] = json::enum_name(outcome);
    content["state"] = json::enum_name(proposal.state);
    content["reason"] = row.reason;
    content["seconds"] = row.seconds;
    content["batch"] = row.batch;
    content["text"] = proposal.text;
    content["difference"] = difference_value(row.text_before, row.text_after);
    return content;
}

}  // namespace

Desk::Desk(store::Database& database, record::Record& record, Kinds kinds, SourceRules rules, Clock clock,
           Chance chance, Assign assign)
    : database_(database),
      record_(record),
      kinds_(kinds),
      rules_(std::move(rules)),
      clock_(std::move(clock)),
      chance_(std::move(chance)),
      assign_(std::move(assign)) {
}

std::span<const store::TableNote> Desk::table_notes() {
    return detail::table_notes();
}

std::span<const store::Migration> Desk::migrations() {
    return detail::schema();
}

double Desk::unforeseeable() {
    std::random_device device;
    return std::uniform_real_distribution<double>(0, 1)(device);
}

Result<void> Desk::note(store::Connection& connection, const access::Caller& caller, std::string_view kind,
                        const ProposalId& id, const json::Value& content) {
    TRY(record_.append(connection, caller, kind, id.str(), json::write(content), clock_()));
    return {};
}

Result<Proposal> Desk::load(store::Connection& connection, const access::Caller& caller,
                            const ProposalId& id) const {
    const auto who = TRY(detail::viewer(connection, caller, kinds_, rules_, clock_(), detail::Look::one, id));
    return detail::load(connection, who, id);
}

// One change of a proposal that nobody else has open, in one transaction.
Result<Proposal> Desk::change(const access::Caller& caller, const ProposalId& id, std::int64_t version,
                              const std::function<Result<void>(store::Connection&, Proposal&)>& work) {
    Proposal proposal;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        proposal = TRY(load(connection, caller, id));
        if (proposal.second_look) return detail::cannot(proposal);
        TRY(detail::check_version(proposal, version));
        TRY(detail::check_claim(proposal));
        TRY(connection.execute("DELETE FROM desk_claims WHERE proposal = ?1", id.str()));
        TRY(work(connection, proposal));
        proposal.changed_by = caller.name;
        return detail::save(connection, proposal);
    }));
    return proposal;
}

Result<Proposal> Desk::propose(const access::Caller& caller, NewProposal made,
                               const std::optional<Draw>& draw) {
    if (find_kind(kinds_, made.kind) == nullptr)
        return fail(ErrorCode::invalid_input, "Den sortens förslag finns inte.", made.kind);
    const auto moment = clock_();
    Proposal proposal{.id = draw ? draw->id : ProposalId(random_token()),
                      .made = std::move(made),
                      .owner = caller.id,
                      .owner_name = caller.name,
                      .department = caller.department,
                      .created = moment,
                      .assignment = draw ? draw->assignment : Assignment{}};
    proposal.text = proposal.made.text;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto entry =
            TRY(record_.append(connection, caller, entry_kind(proposal.made.kind), proposal.id.str(),
                               TRY(recorded(proposal.made, proposal.assignment)), moment));
        proposal.entry = entry.number;
        return detail::insert(connection, proposal);
    }));
    return proposal;
}

Result<void> Desk::check_recipient(store::Connection& connection, const Proposal& proposal,
                                   const Recipient& recipient) const {
    if (!recipient.person) return {};
    const auto& person = *recipient.person;
    if (!access::may_review(person, proposal.made.kind))
        return fail(ErrorCode::forbidden,
                    fmt::format("{} får inte avgöra den här sortens förslag.", person.name), "recipient");
    auto sources = TRY(detail::sources_in(connection, detail::Look::one, proposal.id.str()));
    const auto hidden = TRY(rules_.hidden(connection, person, std::move(sources)));
    if (hidden.empty() && access::may_read(person, proposal.made.readers)) return {};
    return fail(ErrorCode::forbidden, fmt::format("{} får inte läsa alla källor.", person.name), "recipient");
}

Result<Proposal> Desk::submit(const access::Caller& caller, const ProposalId& id, std::int64_t version,
                              const Submission& submission) {
    TRY(check_note(submission.note, "note"));
    return change(
        caller, id, version, [&](store::Connection& connection, Proposal& proposal) -> Result<void> {
            if (proposal.owner != caller.id)
                return fail(ErrorCode::forbidden, "Bara den som ställde frågan kan lämna in utkastet.");
            const auto next = after(proposal.state, Action::submit);
            if (!next) return detail::cannot(proposal);
            TRY(check_recipient(connection, proposal, submission.recipient));
            proposal.state = *next;
            proposal.submitted = clock_();
            proposal.deadline = submission.deadline;
            proposal.note = submission.note;
            set_recipient(proposal, submission.recipient);
            auto content = recipient_value(proposal);
            if (proposal.deadline) content["deadline"] = to_string(*proposal.deadline);
            return note(connection, caller, "proposal_submitted", id, content);
        });
}

Result<Reviewer> Desk::reviewer(const access::Caller& caller, std::string_view kind) const {
    const auto* known = find_kind(kinds_, kind);
    if (known == nullptr)
        return fail(ErrorCode::not_found, "Den sortens förslag finns inte.", std::string(kind));
    if (access::is_keeper(caller))
        return fail(ErrorCode::forbidden, "Beslut fattas av en namngiven person, inte av programmet.", {},
                    "Logga in på sidan.");
    if (!access::may_review(caller, kind))
        return fail(ErrorCode::forbidden, "Du får inte avgöra den här sortens förslag.", {},
                    "Be en administratör om rätten.");
    return Reviewer(caller, *known);
}

// Makes one review of a proposal that may be reviewed now; `proposal` is as it is afterwards.
Result<void> Desk::review(store::Connection& connection, const Reviewer& reviewer, Proposal& proposal,
                          const Verdict& verdict, bool batch) {
    const auto& caller = reviewer.caller();
    detail::ReviewRow row{.person = caller.id.str(),
                          .name = caller.name,
                          .action = action_of(verdict.outcome),
                          .reason = verdict.reason,
                          .seconds = verdict.seconds,
                          .batch = batch,
                          .moment = clock_(),
                          .state_before = proposal.state,
                          .text_before = proposal.text,
                          .approver_before = proposal.approver.str()};
    if (needs_another(proposal, reviewer.kind(), verdict)) {
        TRY(approve_first(proposal, caller, verdict));
    } else {
        const auto decision = TRY(decide(proposal, reviewer, verdict));
        proposal.state = *after(proposal.state, row.action);
        proposal.text = decision.text();
    }
    row.state_after = proposal.state;
    row.text_after = proposal.text;
    if (!proposal.made.text.empty() && verdict.outcome != Outcome::rejected)
        row.distance = text::normalised_distance(proposal.made.text, proposal.text);
    const auto number = TRY(detail::insert_review(connection, proposal.id, row));
    const auto settings = TRY(detail::load_settings(connection, reviewer.kind().name));
    const bool sampled = chance_() < (batch ? settings.sampled_batch : settings.sampled_single);
    if (sampled && is_decided(proposal.state))
        TRY(detail::insert_sample(connection, number, proposal, reviewer, verdict.outcome, batch));
    return note(connection, caller, "proposal_reviewed", proposal.id,
                review_value(proposal, row, verdict.outcome));
}

Result<Proposal> Desk::review(const Reviewer& reviewer, const ProposalId& id, std::int64_t version,
                              const Verdict& verdict) {
    return change(reviewer.caller(), id, version,
                  [&](store::Connection& connection, Proposal& proposal) -> Result<void> {
                      if (proposal.made.kind != reviewer.kind().name)
                          return fail(ErrorCode::forbidden, "Du får inte avgöra den här sortens förslag.");
                      return review(connection, reviewer, proposal, verdict, false);
                  });
}

Result<Proposal> Desk::send_back(const Reviewer& reviewer, const ProposalId& id, std::int64_t version,
                                 const std::string& reason) {
    TRY(check_note(reason, "reason"));
    if (is_blank(reason)) return fail(ErrorCode::invalid_input, "Skriv vad som behöver göras.", "reason");
    const auto& caller = reviewer.caller();
    return change(caller, id, version,
                  [&](store::Connection& connection, Proposal& proposal) -> Result<void> {
                      const auto next = after(proposal.state, Action::send_back);
                      if (!next || proposal.made.kind != reviewer.kind().name)
                          return detail::cannot(proposal);
                      TRY(detail::insert_review(connection, id,
                                                {.person = caller.id.str(),
                                                 .name = caller.name,
                                                 .action = Action::send_back,
                                                 .reason = reason,
                                                 .moment = clock_(),
                                                 .state_before = proposal.state,
                                                 .state_after = *next,
                                                 .text_before = proposal.text,
                                                 .text_after = proposal.text,
                                                 .approver_before = proposal.approver.str()}));
                      proposal.state = *next;
                      proposal.approver = {};
                      auto content = json::Value::object();
                      content["reason"] = reason;
                      return note(connection, caller, "proposal_returned", id, content);
                  });
}

Result<Proposal> Desk::hand_over(const Reviewer& reviewer, const ProposalId& id, std::int64_t version,
                                 const Recipient& recipient, const std::string& words) {
    TRY(check_note(words, "note"));
    const auto& caller = reviewer.caller();
    return change(caller, id, version,
                  [&](store::Connection& connection, Proposal& proposal) -> Result<void> {
                      const auto next = after(proposal.state, Action::hand_over);
                      if (!next || proposal.made.kind != reviewer.kind().name)
                          return detail::cannot(proposal);
                      TRY(check_recipient(connection, proposal, recipient));
                      proposal.state = *next;
                      proposal.note = words;
                      set_recipient(proposal, recipient);
                      return note(connection, caller, "proposal_handed_over", id, recipient_value(proposal));
                  });
}

Result<Proposal> Desk::undo(const Reviewer& reviewer, const ProposalId& id, std::int64_t version) {
    const auto& caller = reviewer.caller();
    return change(
        caller, id, version, [&](store::Connection& connection, Proposal& proposal) -> Result<void> {
            const auto reviews = TRY(detail::load_reviews(connection, id));
            const auto last = std::ranges::find_if(reviews.rbegin(), reviews.rend(),
                                                   [](const auto& row) { return !row.undone; });
            if (last == reviews.rend() || last->person != caller.id.str())
                return fail(ErrorCode::forbidden, "Bara den som senast granskade kan ångra.", id.str());
            if (proposal.state == State::delivered)
                return fail(ErrorCode::conflict, "Beslutet har lämnat huset och kan inte ångras.", id.str());
            if (!can_undo(proposal.state) || proposal.state != last->state_after)
                return detail::cannot(proposal);
            proposal.state = last->state_before;
            proposal.text = last->text_before;
            proposal.approver = access::UserId(last->approver_before);
            TRY(connection.execute("UPDATE desk_reviews SET undone = ?2 WHERE number = ?1", last->number,
                                   to_string(clock_())));
            TRY(connection.execute("DELETE FROM desk_samples WHERE review = ?1 AND second_person IS NULL",
                                   last->number));
            // Whoever undoes goes on with it, before others find it waiting.
            if (is_waiting(proposal.state))
                TRY(connection.execute("INSERT INTO desk_claims VALUES (?1, ?2, ?3, ?4, ?4)", id.str(),
                                       caller.id.str(), caller.name, to_string(clock_())));
            auto content = json::Value::object();
            content["action"] = json::enum_name(last->action);
            content["state"] = json::enum_name(proposal.state);
            return note(connection, caller, "review_undone", id, content);
        });
}

Result<void> Desk::forget(store::Connection& connection, const ProposalId& id) {
    for (const std::string_view table : {"desk_samples", "desk_faults", "desk_deliveries", "desk_reviews",
                                         "desk_claims", "desk_walls", "desk_sources"})
        TRY(connection.execute(fmt::format("DELETE FROM {} WHERE proposal = ?1", table), id.str()));
    return connection.execute("DELETE FROM desk_proposals WHERE id = ?1", id.str());
}

}  // namespace kansli::desk
