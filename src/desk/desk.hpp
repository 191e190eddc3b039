#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/error.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "desk/decision.hpp"
#include "desk/delivery.hpp"
#include "desk/fault.hpp"
#include "desk/kind.hpp"
#include "desk/proposal.hpp"
#include "desk/source_rules.hpp"
#include "json/value.hpp"
#include "record/record.hpp"
#include "store/database.hpp"
#include "store/table_note.hpp"
#include "text/difference.hpp"

namespace kansli::desk {

// What was done with a proposal, by whom.
struct Review {
    std::string name{};
    Action action = Action::accept;
    std::string reason{};
    double seconds = 0;  // that the reviewer looked at it
    bool batch = false;  // accepted together with others, without being opened
    Timestamp moment{};
    bool undone = false;
    std::vector<text::EditSpan> difference{};  // of the text before and after; empty when it was kept
};

// How a draft is handed in.
struct Submission {
    Recipient recipient{};
    std::optional<Date> deadline{};
    std::string note{};
};

enum class Order : std::uint8_t { deadline, age, confidence };
KANSLI_DESCRIBE_ENUM(Order, deadline, age, confidence)

// The desk (*Inkorg*): what engines have prepared, until a person has decided and the decision has left the house.
// Each change is written to the record in the transaction that makes it. What a caller may not know of is not_found: a person
// sees their own proposals, and of the kinds that they may decide on those that are addressed to everybody, to their department or
// groups, or to them, when all sources of the proposal are open to them: then and now. What is restricted (GDPR art. 18) nobody sees.
// Errors besides: conflict when somebody has it open, has changed it meanwhile (`version` is not the caller's), or when it cannot be
// done as things stand. The message names the other person.
// Threads: any.
class Desk {
  public:
    using Clock = std::function<Timestamp()>;
    using Chance = std::function<double()>;  // 0 ≤ x < 1, which nobody can foresee
    // What the experiment that runs for a kind, if any, says of an item.
    using Assign = std::function<Result<Assignment>(store::Connection&, std::string_view kind,
                                                    const ProposalId& item, Timestamp)>;

    // `database`, `record` and what `kinds` points at outlive the desk.
    Desk(store::Database& database, record::Record& record, Kinds kinds, SourceRules rules, Clock clock = now,
         Chance chance = unforeseeable, Assign assign = {});
    [[nodiscard]] static std::span<const store::Migration> migrations();
    [[nodiscard]] static std::span<const store::TableNote> table_notes();
    [[nodiscard]] static double unforeseeable();
    [[nodiscard]] Kinds kinds() const { return kinds_; }

    // Before an engine begins: which arm of an experiment the caller's next proposal of the kind is drawn to. Whoever asks the same again
    // gets what was drawn the first time, so that nobody can choose by asking twice. The program itself takes part in no experiment.
    [[nodiscard]] Result<Draw> draw(const access::Caller& caller, std::string_view kind,
                                    const std::string& title);
    // Keeps what an engine has prepared, as a draft that belongs to the caller, and writes it to the record with what was drawn.
    [[nodiscard]] Result<Proposal> propose(const access::Caller& caller, NewProposal proposal,
                                           const std::optional<Draw>& draw = {});
    // Lays the caller's own draft, or a proposal that was returned to them, on the desk.
    [[nodiscard]] Result<Proposal> submit(const access::Caller& caller, const ProposalId& id,
                                          std::int64_t version, const Submission& submission);

    struct Filter {
        std::optional<std::string> kind{};
        std::optional<double> least_confidence{};
        std::optional<Timestamp> submitted_before{};
        std::optional<Date> deadline_until{};
        Order order = Order::deadline;
        int limit = 200;
    };
    // What waits for the caller, and decisions that wait for their blind second opinion.
    [[nodiscard]] Result<std::vector<Proposal>> waiting(const access::Caller& caller, const Filter& filter);
    [[nodiscard]] Result<std::int64_t> waiting_count(const access::Caller& caller);
    // The caller's own proposals that have left the draft, newest first.
    [[nodiscard]] Result<std::vector<Proposal>> own(const access::Caller& caller, int limit = 100);
    [[nodiscard]] Result<std::int64_t> returned_count(const access::Caller& caller);
    [[nodiscard]] Result<Proposal> proposal(const access::Caller& caller, const ProposalId& id);
    // In order of time. Nothing for who is to give a second opinion.
    [[nodiscard]] Result<std::vector<Review>> history(const access::Caller& caller, const ProposalId& id);
    [[nodiscard]] Result<std::vector<Delivery>> deliveries(const access::Caller& caller,
                                                           const ProposalId& id);
    // What was found wrong after the decision. Nothing for who is to give a second opinion.
    [[nodiscard]] Result<std::vector<Fault>> faults(const access::Caller& caller, const ProposalId& id);
    // Tells that a decided proposal was wrong. conflict when it is not decided; invalid_input without words.
    [[nodiscard]] Result<void> report_fault(const access::Caller& caller, const ProposalId& id,
                                            const Fault& fault);
    // What the caller may do with it as it stands.
    [[nodiscard]] std::vector<Action> actions(const access::Caller& caller, const Proposal& proposal) const;

    // Tells others that the caller has it open; to be repeated every half minute. Whose it is: the caller's, or that of who was
    // first. A claim without a sign of life ends after two minutes.
    [[nodiscard]] Result<Claim> claim(const Reviewer& reviewer, const ProposalId& id);
    [[nodiscard]] Result<void> release(const access::Caller& caller, const ProposalId& id);

    // forbidden for who may not decide on the kind, and for the program itself: decisions are made by named persons.
    [[nodiscard]] Result<Reviewer> reviewer(const access::Caller& caller, std::string_view kind) const;
    [[nodiscard]] Result<Proposal> review(const Reviewer& reviewer, const ProposalId& id,
                                          std::int64_t version, const Verdict& verdict);
    [[nodiscard]] Result<Proposal> send_back(const Reviewer& reviewer, const ProposalId& id,
                                             std::int64_t version, const std::string& reason);
    // forbidden when the recipient may not decide on it or may not read its sources.
    [[nodiscard]] Result<Proposal> hand_over(const Reviewer& reviewer, const ProposalId& id,
                                             std::int64_t version, const Recipient& recipient,
                                             const std::string& note);
    // Takes back the reviewer's own latest review, and claims the proposal for them.
    [[nodiscard]] Result<Proposal> undo(const Reviewer& reviewer, const ProposalId& id, std::int64_t version);

    struct Chosen {
        ProposalId id{};
        std::int64_t version = 0;
    };
    struct BatchResult {
        std::vector<ProposalId> accepted{};
        std::vector<std::pair<ProposalId, Error>> kept{};  // those that must be looked at, and why
    };
    // Accepts those of the reviewer's kind that are at least as sure as the organisation has said is enough. forbidden for kinds
    // that are decided on one by one, conflict when nothing has been said.
    [[nodiscard]] Result<BatchResult> accept_batch(const Reviewer& reviewer,
                                                   const std::vector<Chosen>& chosen);

    // The decision in force. conflict when there is none.
    [[nodiscard]] Result<Decision> decision(const access::Caller& caller, const ProposalId& id);
    // Called inside the transaction: orders the work that a delivery needs.
    using Alongside = std::function<Result<void>(store::Connection&, const Delivery&)>;
    // By the owner or whoever may decide on the kind. A mail is `ordered` until `delivery_ended`.
    [[nodiscard]] Result<Delivery> deliver(const access::Caller& caller, const Decision& decision,
                                           std::int64_t version, Way way, const std::string& target,
                                           const Alongside& alongside = {});
    // What left the house of proposals that quote one of the versions, or of one proposal; for whoever must tell the recipients that
    // something was corrected (GDPR art. 19). Nobody is asked for rights: the caller has asked. Inside the caller's transaction.
    struct Sent {
        ProposalId proposal{};
        std::string title{};
        Delivery delivery{};
    };
    [[nodiscard]] static Result<std::vector<Sent>> sent(store::Connection& connection, const ProposalId& id);
    [[nodiscard]] static Result<std::vector<Sent>> sent_quoting(store::Connection& connection,
                                                                const std::vector<std::string>& versions);
    // What a proposal says, whoever may see it; nothing when there is no such one.
    struct Said {
        std::string title{};
        std::string text{};
        std::string evidence{};  // JSON
    };
    [[nodiscard]] static Result<std::optional<Said>> said(store::Connection& connection,
                                                          const ProposalId& id);
    // What a proposal is called, for who reads of it in the record. The title is no secret from whoever may read `entry`, also where
    // the desk is closed to them; the caller asks that. Nothing when there is no such proposal.
    struct Called {
        std::string title{};
        std::int64_t entry = 0;  // of the record: the one that tells of the proposal itself
        bool opens = false;      // whether the caller may open it
    };
    [[nodiscard]] Result<std::optional<Called>> called(const access::Caller& caller, const ProposalId& id);
    // Takes everything of a proposal off the desk, inside the caller's transaction (gallring); nothing when there is none. The record
    // keeps its own.
    [[nodiscard]] static Result<void> forget(store::Connection& connection, const ProposalId& id);
    [[nodiscard]] Result<void> delivery_ended(const DeliveryId& id, const std::optional<Error>& problem);

  private:
    [[nodiscard]] Result<void> note(store::Connection& connection, const access::Caller& caller,
                                    std::string_view kind, const ProposalId& id, const json::Value& content);
    [[nodiscard]] Result<Proposal> load(store::Connection& connection, const access::Caller& caller,
                                        const ProposalId& id) const;
    [[nodiscard]] Result<void> review(store::Connection& connection, const Reviewer& reviewer,
                                      Proposal& proposal, const Verdict& verdict, bool batch);
    [[nodiscard]] Result<void> check_recipient(store::Connection& connection, const Proposal& proposal,
                                               const Recipient& recipient) const;
    [[nodiscard]] Result<Proposal> change(
        const access::Caller& caller, const ProposalId& id, std::int64_t version,
        const std::function<Result<void>(store::Connection&, Proposal&)>& work);

    store::Database& database_;
    record::Record& record_;
    Kinds kinds_;
    SourceRules rules_;
    Clock clock_;
    Chance chance_;
    Assign assign_;
};

}  // namespace kansli::desk
