#include "desk/decision.hpp"

#include <fmt/format.h>

#include "core/visible_text.hpp"

namespace kansli::desk {

namespace {

constexpr std::size_t longest_text = 200'000;
constexpr std::size_t longest_reason = 4000;

}  // namespace

Result<void> check(const Verdict& verdict, const Proposal& proposal) {
    if (verdict.text.size() > longest_text || verdict.reason.size() > longest_reason)
        return fail(ErrorCode::too_large, "Texten är för lång.", "text");
    if (verdict.outcome == Outcome::edited && is_blank(verdict.text))
        return fail(ErrorCode::invalid_input, "Den ändrade texten är tom.", "text",
                    "Skriv en text, eller avslå förslaget.");
    if (verdict.outcome == Outcome::edited && verdict.text == proposal.text)
        return fail(ErrorCode::invalid_input, "Texten är inte ändrad.", "text", "Godkänn den som den är.");
    if (verdict.outcome == Outcome::accepted && is_blank(proposal.text))
        return fail(ErrorCode::invalid_input, "Det finns inget utkast att godkänna.", "outcome",
                    "Skriv texten själv: välj att ändra.");
    if (verdict.outcome == Outcome::rejected && is_blank(verdict.reason))
        return fail(ErrorCode::invalid_input, "Skälet till avslaget saknas.", "reason",
                    "Skriv kort varför förslaget inte duger.");
    return {};
}

bool needs_another(const Proposal& proposal, const Kind& kind, const Verdict& verdict) {
    if (!kind.two_persons || verdict.outcome == Outcome::rejected) return false;
    return proposal.state != State::waiting_second || verdict.outcome == Outcome::edited;
}

Result<Decision> decide(const Proposal& proposal, const Reviewer& reviewer, const Verdict& verdict) {
    if (reviewer.kind().name != proposal.made.kind)
        return fail(ErrorCode::forbidden, "Du får inte avgöra den här sortens förslag.");
    TRY(check(verdict, proposal));
    if (!after(proposal.state, action_of(verdict.outcome)))
        return fail(ErrorCode::conflict,
                    fmt::format("Förslaget är redan avgjort av {}.", proposal.changed_by));
    const auto& caller = reviewer.caller();
    const bool second = proposal.state == State::waiting_second && verdict.outcome != Outcome::rejected;
    if (needs_another(proposal, reviewer.kind(), verdict) || (second && proposal.approver == caller.id))
        return fail(ErrorCode::conflict, "Två olika personer måste godkänna den här sortens förslag.");
    Decision decision;
    decision.proposal_ = proposal.id;
    decision.kind_ = proposal.made.kind;
    decision.outcome_ = verdict.outcome;
    decision.text_ = verdict.outcome == Outcome::edited ? verdict.text : proposal.text;
    decision.reason_ = verdict.reason;
    decision.person_ = caller.id;
    decision.name_ = caller.name;
    return decision;
}

}  // namespace kansli::desk
