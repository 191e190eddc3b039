// Reviewing: opening, deciding, sending back, handing over, undoing.
#include <algorithm>
#include <string>
#include <utility>

#include "api/desk_messages.hpp"
#include "api/routes.hpp"
#include "api/services.hpp"

namespace kansli::api {

namespace {

// The caller as a reviewer of the proposal's kind. A proposal that the caller may not know of is not found.
Result<desk::Reviewer> reviewer_of(const Call& call) {
    auto& desk = call.services.desk;
    const auto proposal = TRY(desk.proposal(call.caller, proposal_of(call)));
    return desk.reviewer(call.caller, proposal.made.kind);
}

Result<DeskProposal> told(const Call& call, const desk::Proposal& proposal) {
    tell_desk(call.services, proposal.id, proposal.owner);
    return whole(call, proposal.id);
}

// The page measures; what it cannot have measured is not believed.
constexpr json::ReadOptions sizes_of_review{.longest_text = 200'000};  // the text as it was edited
constexpr double most_seconds = 24.0 * 3600;

desk::Verdict verdict_of(ReviewRequest request) {
    return {.outcome = request.outcome,
            .text = std::move(request.text).value_or(""),
            .reason = std::move(request.reason).value_or(""),
            .seconds = std::clamp(request.seconds.value_or(0), 0.0, most_seconds)};
}

Result<DeskClaim> claim(Call& call, Nothing) {
    const auto reviewer = TRY(reviewer_of(call));
    const auto id = proposal_of(call);
    const auto claim = TRY(call.services.desk.claim(reviewer, id));
    const bool mine = claim.person == call.caller.id;
    if (claim.begun) tell_desk(call.services, id, {});
    return DeskClaim{claim.name, claim.since, mine};
}

Result<Nothing> release(Call& call, Nothing) {
    TRY(call.services.desk.release(call.caller, proposal_of(call)));
    tell_desk(call.services, proposal_of(call), {});
    return Nothing{};
}

Result<DeskProposal> review(Call& call, ReviewRequest request) {
    const auto reviewer = TRY(reviewer_of(call));
    const auto version = request.version;
    return told(call, TRY(call.services.desk.review(reviewer, proposal_of(call), version,
                                                    verdict_of(std::move(request)))));
}

Result<DeskProposal> send_back(Call& call, ReturnRequest request) {
    const auto reviewer = TRY(reviewer_of(call));
    return told(call, TRY(call.services.desk.send_back(reviewer, proposal_of(call), request.version,
                                                       request.reason)));
}

Result<Nothing> hand_over(Call& call, HandOverRequest request) {
    const auto reviewer = TRY(reviewer_of(call));
    const auto proposal =
        TRY(call.services.desk.hand_over(reviewer, proposal_of(call), request.version,
                                         TRY(recipient_of(call, request.recipient)), request.note));
    // The caller may be one of those who no longer see it.
    tell_desk(call.services, proposal.id, proposal.owner);
    return Nothing{};
}

Result<DeskProposal> undo(Call& call, VersionRequest request) {
    const auto reviewer = TRY(reviewer_of(call));
    return told(call, TRY(call.services.desk.undo(reviewer, proposal_of(call), request.version)));
}

Result<SecondLookView> look_again(Call& call, ReviewRequest request) {
    const auto reviewer = TRY(reviewer_of(call));
    const auto id = proposal_of(call);
    const auto look = TRY(call.services.sampling.look(reviewer, id, verdict_of(std::move(request))));
    tell_desk(call.services, id, {});
    return SecondLookView{look.first, look.agrees};
}

Result<BatchView> accept_batch(Call& call, BatchRequest request) {
    const auto reviewer = TRY(call.services.desk.reviewer(call.caller, request.kind));
    std::vector<desk::Desk::Chosen> chosen;
    for (auto& one : request.proposals)
        chosen.push_back({desk::ProposalId(std::move(one.id)), one.version});
    const auto result = TRY(call.services.desk.accept_batch(reviewer, chosen));
    BatchView view;
    for (const auto& id : result.accepted) {
        view.accepted.push_back(id.str());
        tell_desk(call.services, id, {});
    }
    for (const auto& [id, error] : result.kept)
        view.kept.push_back({id.str(), error.message});
    return view;
}

}  // namespace

void add_review_routes(RouteTable& table) {
    const std::string one = "/api/desk/proposals/{proposal}";
    table.add<Nothing, DeskClaim>(
        {http::Method::post, one + "/claim", "claimProposal",
         "Visa för andra att du har förslaget öppet. Upprepas varje halvminut; svaret säger vem som har det.",
         Right::review},
        claim);
    table.add<Nothing, Nothing>({http::Method::del, one + "/claim", "releaseProposal",
                                 "Visa att du inte längre har förslaget öppet.", Right::review},
                                release, 204);
    table.add<ReviewRequest, DeskProposal>(
        {http::Method::post,
         one + "/review",
         "reviewProposal",
         "Godkänn förslaget, godkänn det med ändrad text, eller avslå det med skäl.",
         Right::review,
         {},
         {},
         sizes_of_review},
        review);
    table.add<ReturnRequest, DeskProposal>(
        {http::Method::post, one + "/return", "returnProposal",
         "Skicka tillbaka förslaget till den som lämnade in det.", Right::review},
        send_back);
    table.add<HandOverRequest, Nothing>(
        {http::Method::post, one + "/hand-over", "handOverProposal",
         "Lämna över förslaget till en förvaltning, en grupp eller en person.", Right::review},
        hand_over, 204);
    table.add<VersionRequest, DeskProposal>(
        {http::Method::post, one + "/undo", "undoReview",
         "Ångra din senaste granskning. Går tills beslutet har lämnats ut.", Right::review},
        undo);
    table.add<ReviewRequest, SecondLookView>(
        {http::Method::post,
         one + "/second-look",
         "lookAgain",
         "Din andra blick på ett beslut. Först i svaret får du veta vad det var.",
         Right::review,
         {},
         {},
         sizes_of_review},
        look_again);
    table.add<BatchRequest, BatchView>(
        {http::Method::post, "/api/desk/batch", "acceptBatch",
         "Godkänn flera förslag av ett slag som är minst så säkra som organisationen har bestämt.",
         Right::review},
        accept_batch);
}

}  // namespace kansli::api
