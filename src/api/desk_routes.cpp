// What is on the desk, and how it got there.
#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <utility>

#include "api/calls.hpp"
#include "api/desk_messages.hpp"
#include "api/routes.hpp"
#include "api/services.hpp"
#include "documents/hidden_references.hpp"

namespace kansli::api {

namespace {

struct DeskChange {
    std::string proposal{};
};
KANSLI_DESCRIBE(DeskChange, proposal)

std::string recipient_text(const desk::Proposal& proposal) {
    return proposal.recipient_name.empty() ? proposal.principal : "person:" + proposal.recipient_name;
}

DeskReview shown_review(const desk::Review& review) {
    DeskReview shown{.name = review.name,
                     .action = review.action,
                     .reason = review.reason,
                     .batch = review.batch,
                     .moment = review.moment,
                     .undone = review.undone};
    for (const auto& span : review.difference)
        shown.difference.push_back({span.edit, span.text});
    return shown;
}

Result<std::optional<double>> share_of(const Call& call, const std::string& name) {
    const auto percent = TRY(call.number(name, -1, -1, 100));
    return percent < 0 ? std::optional<double>() : std::optional(static_cast<double>(percent) / 100);
}

Result<desk::Desk::Filter> filter_of(const Call& call) {
    desk::Desk::Filter filter;
    if (const auto kind = call.query("kind"); kind && !kind->empty()) filter.kind = *kind;
    filter.least_confidence = TRY(share_of(call, "confidence"));
    if (const auto days = TRY(call.number("older_than", -1, -1, 3650)); days >= 0)
        filter.submitted_before = now() - std::chrono::hours(24 * days);
    if (const auto day = call.query("deadline"); day && !day->empty())
        filter.deadline_until = TRY(parse_date(*day));
    if (const auto order = call.query("order"); order && !order->empty()) {
        const auto known = json::enum_value<desk::Order>(*order);
        if (!known)
            return fail(ErrorCode::invalid_input, "Ordningen finns inte.", "order",
                        "Välj deadline, age eller confidence.");
        filter.order = *known;
    }
    return filter;
}

DeskList list_of(const std::vector<desk::Proposal>& proposals) {
    DeskList list;
    for (const auto& proposal : proposals)
        list.items.push_back(view(proposal));
    return list;
}

Result<DeskRecipients> recipients(Call& call, Nothing) {
    const auto kind = call.query("kind").value_or("");
    std::set<std::string> departments;
    std::set<std::string> groups;
    DeskRecipients found;
    for (const auto& user : TRY(call.services.people.users())) {
        if (user.disabled) continue;
        const auto caller = TRY(call.services.people.caller_of_user(user.id));
        if (!access::may_review(caller, kind)) continue;
        if (!user.department.empty()) departments.insert(user.department);
        groups.insert(user.groups.begin(), user.groups.end());
        found.people.push_back({user.id.str(), user.name, user.department});
    }
    found.departments.assign(departments.begin(), departments.end());
    found.groups.assign(groups.begin(), groups.end());
    return found;
}

Result<DeskProposal> submit(Call& call, SubmitRequest request) {
    const auto id = proposal_of(call);
    const auto proposal =
        TRY(call.services.desk.submit(call.caller, id, request.version,
                                      {.recipient = TRY(recipient_of(call, request.recipient)),
                                       .deadline = request.deadline,
                                       .note = std::move(request.note)}));
    tell_desk(call.services, id, proposal.owner);
    return whole(call, id);
}

// What a search for the question found, of an item that nothing was prepared for.
std::vector<DeskFound> found_for(const desk::Proposal& proposal) {
    std::vector<DeskFound> found;
    const auto answer = json::read<assistants::Answer>(proposal.made.output);
    if (!answer) return found;  // a kind that searches for nothing
    for (const auto& reading : answer->nearest)
        found.push_back(
            {reading.version.str(), reading.document.str(), reading.section, reading.title, reading.path});
    return found;
}

}  // namespace

desk::ProposalId proposal_of(const Call& call) {
    return desk::ProposalId(call.path_value("proposal"));
}

void tell_desk(const Services& services, const desk::ProposalId& id, const access::UserId& owner) {
    const http::Event event{"desk", json::write(DeskChange{id.str()}), ""};
    services.events.publish(desk_topic, event);
    services.events.publish(topic_of(owner.str()), event);
}

Result<desk::Recipient> recipient_of(const Call& call, const DeskRecipient& recipient) {
    const auto written = [](const std::optional<std::string>& text) { return text && !text->empty(); };
    if (written(recipient.department) + written(recipient.group) + written(recipient.person) > 1)
        return fail(ErrorCode::invalid_input, "Välj en enda mottagare.", "recipient");
    if (written(recipient.department))
        return desk::Recipient{.principal = "department:" + *recipient.department};
    if (written(recipient.group)) return desk::Recipient{.principal = *recipient.group};
    if (!written(recipient.person)) return desk::Recipient{};
    return desk::Recipient{.person =
                               TRY(call.services.people.caller_of_user(access::UserId(*recipient.person)))};
}

DeskItem view(const desk::Proposal& proposal) {
    DeskItem item{.id = proposal.id.str(),
                  .kind = proposal.made.kind,
                  .title = proposal.made.title,
                  .confidence = proposal.made.confidence,
                  .state = proposal.state,
                  .version = proposal.version,
                  .owner = proposal.owner_name,
                  .department = proposal.department,
                  .created = proposal.created,
                  .submitted = proposal.submitted,
                  .deadline = proposal.deadline,
                  .information_class = proposal.made.information_class,
                  .recipient = recipient_text(proposal),
                  .second_look = proposal.second_look};
    if (proposal.opened_by)
        item.opened_by = DeskClaim{proposal.opened_by->name, proposal.opened_by->since, false};
    return item;
}

Result<desk::Proposal> readable_proposal(const Call& call, const desk::ProposalId& id) {
    auto proposal = TRY(call.services.desk.proposal(call.caller, id));
    // Who may read its sources may have changed since it was made.
    documents::HiddenReferences hidden(call.services.library, call.caller);
    if (TRY(hidden.in(proposal.made.evidence)) || TRY(hidden.in(proposal.made.output)))
        return fail(ErrorCode::not_found, "Förslaget finns inte.", id.str());
    return proposal;
}

Result<DeskProposal> whole(const Call& call, const desk::ProposalId& id) {
    auto& desk = call.services.desk;
    const auto proposal = TRY(readable_proposal(call, id));
    DeskProposal shown{.item = view(proposal),
                       .text = proposal.text,
                       .prepared = proposal.made.text,
                       .note = proposal.note,
                       .input = TRY(json::parse(proposal.made.input)),
                       .evidence = TRY(desk::quotes_of(proposal)),
                       .model = proposal.made.model,
                       .milliseconds = proposal.made.milliseconds,
                       .entry = proposal.entry,
                       .changed_by = proposal.changed_by,
                       .control = proposal.assignment.arm == desk::Arm::without_ai,
                       .actions = desk.actions(call.caller, proposal),
                       .may_review = desk.reviewer(call.caller, proposal.made.kind).has_value(),
                       .corrections = TRY(shown_corrections(call, id.str()))};
    for (const auto& review : TRY(desk.history(call.caller, id)))
        shown.reviews.push_back(shown_review(review));
    for (const auto& fault : TRY(desk.faults(call.caller, id)))
        shown.faults.push_back({fault.severity, fault.what, fault.moment});
    if (shown.control) shown.found = found_for(proposal);
    for (const auto& delivery : TRY(desk.deliveries(call.caller, id)))
        shown.deliveries.push_back({delivery.way, delivery.target, delivery.name, delivery.moment,
                                    delivery.state, delivery.problem});
    return shown;
}

void add_desk_routes(RouteTable& table) {
    table.add<Nothing, DeskList>(
        {http::Method::get,
         "/api/desk",
         "listDesk",
         "Det som väntar på din granskning, och beslut som väntar på din andra blick.",
         Right::review,
         {{"kind", "bara ett slag"},
          {"confidence", "minsta säkerhet i procent"},
          {"older_than", "bara det som väntat så många dagar"},
          {"deadline", "sista dag senast, ÅÅÅÅ-MM-DD"},
          {"order", "deadline, age eller confidence"}}},
        [](Call& call, Nothing) -> Result<DeskList> {
            return list_of(TRY(call.services.desk.waiting(call.caller, TRY(filter_of(call)))));
        });
    table.add<Nothing, DeskList>(
        {http::Method::get, "/api/desk/mine", "listOwnProposals", "Det som du har lämnat in, nyast först."},
        [](Call& call, Nothing) -> Result<DeskList> {
            return list_of(TRY(call.services.desk.own(call.caller)));
        });
    table.add<Nothing, DeskCount>(
        {http::Method::get, "/api/desk/count", "countDesk", "Hur mycket som väntar på dig."},
        [](Call& call, Nothing) -> Result<DeskCount> {
            auto& desk = call.services.desk;
            return DeskCount{TRY(desk.waiting_count(call.caller)), TRY(desk.returned_count(call.caller))};
        });
    table.add<Nothing, DeskRecipients>({http::Method::get,
                                        "/api/desk/recipients",
                                        "listRecipients",
                                        "De som får avgöra ett slag av förslag.",
                                        Right::read,
                                        {{"kind", "slaget"}}},
                                       recipients);
    table.add_raw(
        {http::Method::get, "/api/desk/events", "followDesk",
         "Säger till när något i Inkorgen ändras, med förslagets id och inget annat.", Right::review},
        "text/event-stream", [](Call& call) -> Result<http::Response> {
            return http::Response::hub(call.services.events, std::string(desk_topic),
                                       call.request.header("last-event-id").value_or(""));
        });
    table.add<Nothing, DeskProposal>(
        {http::Method::get, "/api/desk/proposals/{proposal}", "getProposal",
         "Ett förslag med sitt underlag och det som har gjorts med det."},
        [](Call& call, Nothing) -> Result<DeskProposal> { return whole(call, proposal_of(call)); });
    table.add<SubmitRequest, DeskProposal>(
        {http::Method::post, "/api/desk/proposals/{proposal}/submit", "submitProposal",
         "Lämna in ditt utkast, eller det som du har fått tillbaka, till granskning."},
        submit);
}

}  // namespace kansli::api
