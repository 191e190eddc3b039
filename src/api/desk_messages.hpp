#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/messages.hpp"
#include "api/route_table.hpp"
#include "core/time.hpp"
#include "desk/desk.hpp"
#include "desk/evidence.hpp"
#include "desk/sampling.hpp"
#include "json/describe.hpp"
#include "json/value.hpp"

// What the desk sends and takes over the wire.
namespace kansli::api {

// Who has a proposal open.
struct DeskClaim {
    std::string name{};
    Timestamp since{};
    bool mine = false;
};
KANSLI_DESCRIBE(DeskClaim, name, since, mine)

// A proposal in a list.
struct DeskItem {
    std::string id{};
    std::string kind{};
    std::string title{};
    double confidence = 0;
    desk::State state = desk::State::waiting;
    std::int64_t version = 0;
    std::string owner{};
    std::string department{};
    Timestamp created{};
    std::optional<Timestamp> submitted{};
    std::optional<Date> deadline{};
    access::InformationClass information_class = access::InformationClass::open;
    std::string recipient{};  // "department:NAME", a group or "person:NAME"; empty: everybody who may decide
    std::optional<DeskClaim> opened_by{};
    bool second_look = false;
};
KANSLI_DESCRIBE(DeskItem, id, kind, title, confidence, state, version, owner, department, created, submitted,
                deadline, information_class, recipient, opened_by, second_look)

[[nodiscard]] DeskItem view(const desk::Proposal& proposal);

struct DeskList {
    std::vector<DeskItem> items{};
};
KANSLI_DESCRIBE(DeskList, items)

struct DeskCount {
    std::int64_t waiting = 0;   // for the caller's decision
    std::int64_t returned = 0;  // the caller's own, with a question
};
KANSLI_DESCRIBE(DeskCount, waiting, returned)

struct DeskReview {
    std::string name{};
    desk::Action action = desk::Action::accept;
    std::string reason{};
    bool batch = false;
    Timestamp moment{};
    bool undone = false;
    std::vector<DifferencePiece> difference{};
};
KANSLI_DESCRIBE(DeskReview, name, action, reason, batch, moment, undone, difference)

struct DeskDelivery {
    desk::Way way = desk::Way::by_hand;
    std::string target{};
    std::string name{};
    Timestamp moment{};
    desk::DeliveryState state = desk::DeliveryState::done;
    std::string problem{};
};
KANSLI_DESCRIBE(DeskDelivery, way, target, name, moment, state, problem)

// A section that a search found, to write from.
struct DeskFound {
    std::string version{};
    std::string document{};
    int section = 0;
    std::string title{};
    std::string path{};
};
KANSLI_DESCRIBE(DeskFound, version, document, section, title, path)

struct DeskFault {
    desk::Severity severity = desk::Severity::minor;
    std::string what{};
    Timestamp moment{};
};
KANSLI_DESCRIBE(DeskFault, severity, what, moment)

// A proposal with its evidence and what has been done with it.
struct DeskProposal {
    DeskItem item{};
    std::string text{};      // as it stands
    std::string prepared{};  // as the engine wrote it
    std::string note{};
    json::Value input{};
    std::vector<desk::Quote> evidence{};
    std::string model{};
    double milliseconds = 0;
    std::int64_t entry = 0;
    std::string changed_by{};
    std::vector<DeskReview> reviews{};
    std::vector<DeskDelivery> deliveries{};
    std::vector<DeskFault> faults{};      // found after the decision
    bool control = false;                 // drawn to be handled without a draft
    std::vector<DeskFound> found{};       // then: what a search for it found
    std::vector<desk::Action> actions{};  // that the caller may take
    bool may_review = false;              // the kind is one of the caller's
    std::vector<ShownCorrection> corrections{};
};
KANSLI_DESCRIBE(DeskProposal, item, text, prepared, note, input, evidence, model, milliseconds, entry,
                changed_by, reviews, deliveries, faults, control, found, actions, may_review, corrections)

// The proposal as the caller of `call` sees it now.
[[nodiscard]] Result<DeskProposal> whole(const Call& call, const desk::ProposalId& id);
// As the desk shows it, while all its sources are open to the caller.
[[nodiscard]] Result<desk::Proposal> readable_proposal(const Call& call, const desk::ProposalId& id);
// Tells everybody at the desk, and the owner, that a proposal has changed. Nothing but its id is told.
void tell_desk(const Services& services, const desk::ProposalId& id, const access::UserId& owner);
[[nodiscard]] desk::ProposalId proposal_of(const Call& call);

// To whom: at most one of them is written; none is everybody who may decide on the kind.
struct DeskRecipient {
    std::optional<std::string> department{};
    std::optional<std::string> group{};
    std::optional<std::string> person{};  // id
};
KANSLI_DESCRIBE(DeskRecipient, department, group, person)
[[nodiscard]] Result<desk::Recipient> recipient_of(const Call& call, const DeskRecipient& recipient);

struct SubmitRequest {
    std::int64_t version = 0;
    DeskRecipient recipient{};
    std::optional<Date> deadline{};
    std::string note{};
};
KANSLI_DESCRIBE(SubmitRequest, version, recipient, deadline, note)

struct ReviewRequest {
    std::int64_t version = 0;
    desk::Outcome outcome = desk::Outcome::accepted;
    std::optional<std::string> text{};
    std::optional<std::string> reason{};
    std::optional<double> seconds{};
};
KANSLI_DESCRIBE(ReviewRequest, version, outcome, text, reason, seconds)

struct ReturnRequest {
    std::int64_t version = 0;
    std::string reason{};
};
KANSLI_DESCRIBE(ReturnRequest, version, reason)

struct HandOverRequest {
    std::int64_t version = 0;
    DeskRecipient recipient{};
    std::string note{};
};
KANSLI_DESCRIBE(HandOverRequest, version, recipient, note)

struct VersionRequest {
    std::int64_t version = 0;
};
KANSLI_DESCRIBE(VersionRequest, version)

struct DeliverRequest {
    std::int64_t version = 0;
    desk::Way way = desk::Way::by_hand;
    std::optional<std::string> target{};
};
KANSLI_DESCRIBE(DeliverRequest, version, way, target)

// What the job that mails a decision needs.
struct MailPayload {
    std::string delivery{};
    std::string proposal{};
    std::string to{};
};
KANSLI_DESCRIBE(MailPayload, delivery, proposal, to)

struct DeskChosen {
    std::string id{};
    std::int64_t version = 0;
};
KANSLI_DESCRIBE(DeskChosen, id, version)

struct BatchRequest {
    std::string kind{};
    std::vector<DeskChosen> proposals{};
};
KANSLI_DESCRIBE(BatchRequest, kind, proposals)

struct DeskKept {
    std::string id{};
    std::string reason{};
};
KANSLI_DESCRIBE(DeskKept, id, reason)

struct BatchView {
    std::vector<std::string> accepted{};
    std::vector<DeskKept> kept{};
};
KANSLI_DESCRIBE(BatchView, accepted, kept)

struct SecondLookView {
    desk::Outcome first = desk::Outcome::accepted;
    bool agrees = false;
};
KANSLI_DESCRIBE(SecondLookView, first, agrees)

struct DeskKind {
    std::string name{};
    std::string swedish{};
    std::string english{};
    desk::EvidenceForm evidence = desk::EvidenceForm::quotes;
    std::vector<desk::Way> ways{};
    bool about_person = false;
    bool two_persons = false;
    bool may_batch = false;
    bool may_review = false;  // by the caller
    desk::KindSettings settings{};
};
KANSLI_DESCRIBE(DeskKind, name, swedish, english, evidence, ways, about_person, two_persons, may_batch,
                may_review, settings)

struct DeskKindList {
    std::vector<DeskKind> kinds{};
    bool mail = false;  // a mail server is named
};
KANSLI_DESCRIBE(DeskKindList, kinds, mail)

struct DeskAgreement {
    std::string kind{};
    std::vector<std::vector<std::int64_t>> counts{};
    std::int64_t pairs = 0;
    double observed = 0;
    std::optional<double> kappa{};
    std::int64_t batch_pairs = 0;
    std::int64_t batch_agreeing = 0;
    std::int64_t waiting = 0;
};
KANSLI_DESCRIBE(DeskAgreement, kind, counts, pairs, observed, kappa, batch_pairs, batch_agreeing, waiting)

struct DeskAgreementList {
    std::vector<DeskAgreement> kinds{};
};
KANSLI_DESCRIBE(DeskAgreementList, kinds)

struct DeskPerson {
    std::string id{};
    std::string name{};
    std::string department{};
};
KANSLI_DESCRIBE(DeskPerson, id, name, department)

struct DeskRecipients {
    std::vector<std::string> departments{};
    std::vector<std::string> groups{};
    std::vector<DeskPerson> people{};
};
KANSLI_DESCRIBE(DeskRecipients, departments, groups, people)

struct DigestView {
    std::string address{};  // empty: no digest is sent
    bool mail = false;      // a mail server is named
};
KANSLI_DESCRIBE(DigestView, address, mail)

struct DigestRequest {
    std::string address{};
};
KANSLI_DESCRIBE(DigestRequest, address)

}  // namespace kansli::api
