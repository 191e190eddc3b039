#include "desk/decision.hpp"

#include <concepts>
#include <type_traits>

#include <doctest/doctest.h>

#include "desk/desk.hpp"
#include "desk/test_desk.hpp"

using namespace kansli;
using namespace kansli::desk;

// A Decision and a Reviewer cannot be had but from decide() and the Desk. That this compiles is the test.
static_assert(!std::is_default_constructible_v<Decision>);
static_assert(!std::is_aggregate_v<Decision>);
static_assert(!std::is_constructible_v<Decision, Proposal>);
static_assert(!std::is_constructible_v<Decision, Proposal, Verdict>);
static_assert(!std::is_constructible_v<Decision, Proposal, Reviewer, Verdict>);
static_assert(!std::is_constructible_v<Decision, ProposalId, std::string, Outcome, std::string>);
static_assert(!std::is_default_constructible_v<Reviewer>);
static_assert(!std::is_aggregate_v<Reviewer>);
static_assert(!std::is_constructible_v<Reviewer, access::Caller>);
static_assert(!std::is_constructible_v<Reviewer, access::Caller, Kind>);
static_assert(!std::is_constructible_v<Reviewer, access::Caller, const Kind&>);

template <typename Who>
concept CanDecide = requires(Proposal proposal, Who who, Verdict verdict) { decide(proposal, who, verdict); };
static_assert(CanDecide<Reviewer>);
static_assert(!CanDecide<access::Caller>);
static_assert(!CanDecide<std::string>);

template <typename What>
concept CanDeliver = requires(Desk& desk, access::Caller caller, What what) {
    desk.deliver(caller, what, 1, Way::by_hand, "");
};
static_assert(CanDeliver<Decision>);
static_assert(!CanDeliver<Proposal>);
static_assert(!CanDeliver<ProposalId>);
static_assert(!CanDeliver<Verdict>);

TEST_CASE("a decision carries who decided what") {
    DeskFixture fixture;
    const auto proposal = fixture.laid();
    const auto decision =
        decide(proposal, fixture.as(fixture.eva), {.outcome = Outcome::edited, .text = "Högst 1,80 meter."})
            .value();
    CHECK(decision.name() == "Eva");
    CHECK(decision.person() == fixture.eva.id);
    CHECK(decision.approves());
    CHECK(decision.text() == "Högst 1,80 meter.");
    CHECK(decision.proposal() == proposal.id);
}

TEST_CASE("a verdict must say what its outcome needs") {
    DeskFixture fixture;
    const auto proposal = fixture.laid();
    const auto eva = fixture.as(fixture.eva);
    const auto code = [&](const Verdict& verdict) { return decide(proposal, eva, verdict).error().code; };
    CHECK(code({.outcome = Outcome::rejected}) == ErrorCode::invalid_input);
    CHECK(code({.outcome = Outcome::rejected, .reason = " \n"}) == ErrorCode::invalid_input);
    CHECK(code({.outcome = Outcome::rejected, .reason = "\u00A0\u200B"}) == ErrorCode::invalid_input);
    CHECK(code({.outcome = Outcome::edited}) == ErrorCode::invalid_input);
    CHECK(code({.outcome = Outcome::edited, .text = std::string(1, '\0')}) == ErrorCode::invalid_input);
    CHECK(code({.outcome = Outcome::edited, .text = proposal.text}) == ErrorCode::invalid_input);
    CHECK(code({.outcome = Outcome::rejected, .reason = std::string(5000, 'x')}) == ErrorCode::too_large);
}

TEST_CASE("one person alone makes no decision where two are needed") {
    DeskFixture fixture;
    auto proposal = fixture.laid("permit");
    const auto eva = fixture.as(fixture.eva, "permit");
    CHECK(decide(proposal, eva, {}).error().code == ErrorCode::conflict);
    proposal.state = State::waiting_second;
    proposal.approver = fixture.eva.id;
    CHECK(decide(proposal, eva, {}).error().code == ErrorCode::conflict);
    CHECK(decide(proposal, fixture.as(fixture.ivar, "permit"), {}).has_value());
}

TEST_CASE("a reviewer of one kind decides on no other, and the program itself on nothing") {
    DeskFixture fixture;
    CHECK(decide(fixture.laid("report"), fixture.as(fixture.eva), {}).error().code == ErrorCode::forbidden);
    CHECK(fixture.desk.reviewer(fixture.kim, "permit").error().code == ErrorCode::forbidden);
    CHECK(fixture.desk.reviewer(fixture.rut, "answer").error().code == ErrorCode::forbidden);
    CHECK(fixture.desk.reviewer(access::keeper(), "answer").error().code == ErrorCode::forbidden);
    CHECK(fixture.desk.reviewer(fixture.ivar, "nothing").error().code == ErrorCode::not_found);
}

TEST_CASE("each step of the table has one end, and nothing leads out of what was delivered or rejected") {
    for (const auto& a : transitions) {
        int same = 0;
        for (const auto& b : transitions)
            same += a.from == b.from && a.action == b.action ? 1 : 0;
        CHECK(same == 1);
        CHECK((a.from != State::delivered || a.to == State::delivered));
        CHECK(a.from != State::rejected);
        CHECK((a.to != State::delivered || a.action == Action::deliver));
    }
    CHECK_FALSE(can_undo(State::delivered));
    CHECK_FALSE(may_batch(test_kinds[1]));
    CHECK_FALSE(may_batch(test_kinds[2]));
}
