// Random people do random things to a proposal; a small model of the rules, written apart from the desk, says beforehand what
// must come of each.
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "desk/test_desk.hpp"

using namespace kansli;
using namespace kansli::desk;

namespace {

struct Model {
    struct Done {
        std::string person{};
        State before{};
        State after{};
        std::string text{};
        std::string approver{};
    };
    bool two = false;  // the kind needs two persons
    State state = State::draft;
    std::string text{};
    std::string approver{};
    std::string holder{};  // of the claim
    std::vector<Done> done{};

    // Whether `person` (who may decide on the kind, or not; Rut owns it) is allowed to, with the newest version in hand.
    [[nodiscard]] bool allows(const std::string& person, bool may_decide, Action action) const {
        const bool on_desk = state == State::waiting || state == State::waiting_second;
        if (person != "Rut" && (!may_decide || state == State::draft)) return false;
        if (!holder.empty() && holder != person) return false;
        switch (action) {
            case Action::submit:
                return person == "Rut" && (state == State::draft || state == State::returned);
            case Action::accept:
                return may_decide && on_desk && !(state == State::waiting_second && approver == person);
            case Action::edit:
            case Action::reject:
            case Action::send_back:
            case Action::hand_over:
                return may_decide && on_desk;
            case Action::undo:
                return may_decide && !done.empty() && done.back().person == person &&
                       done.back().after == state && state != State::delivered;
            case Action::deliver:
                return state == State::accepted || state == State::edited || state == State::delivered;
        }
        return false;
    }

    void move(const std::string& person, Action action, const std::string& new_text) {
        Done step{person, state, state, text, approver};
        holder.clear();
        switch (action) {
            case Action::submit:
                state = State::waiting;
                return;
            case Action::deliver:
                state = State::delivered;
                return;
            case Action::hand_over:
                return;
            case Action::undo:
                step = done.back();
                done.pop_back();
                state = step.before;
                text = step.text;
                approver = step.approver;
                // Whoever undoes goes on with it.
                if (state == State::waiting || state == State::waiting_second) holder = person;
                return;
            case Action::accept:
                state = two && state == State::waiting ? State::waiting_second : State::accepted;
                if (state == State::waiting_second) approver = person;
                break;
            case Action::edit:
                text = new_text;
                state = two ? State::waiting_second : State::edited;
                if (two) approver = person;
                break;
            case Action::reject:
                state = State::rejected;
                break;
            case Action::send_back:
                state = State::returned;
                approver.clear();
                break;
        }
        step.after = state;
        done.push_back(step);
    }
};

class Walk {
  public:
    Walk(DeskFixture& fixture, const std::string& kind) : fixture_(fixture), kind_(kind) {
        proposal_ = fixture.draft(kind);
        model_.two = kind == "permit";
        model_.text = proposal_.text;
    }

    void step(std::size_t who, Action action, bool stale) {
        const access::Caller* people[] = {&fixture_.rut, &fixture_.eva, &fixture_.ivar, &fixture_.kim};
        const auto& caller = *people[who];
        const bool expected = !stale && model_.allows(caller.name, access::may_review(caller, kind_), action);
        const auto text = "Text " + std::to_string(++texts_);
        const bool done = attempt(caller, action, proposal_.version - (stale ? 1 : 0), text);
        RC_ASSERT(done == expected);
        if (done) model_.move(caller.name, action, text);
        proposal_ = fixture_.desk.proposal(fixture_.rut, proposal_.id).value();
        RC_ASSERT(proposal_.state == model_.state);
        RC_ASSERT(proposal_.text == model_.text);
        check_decision();
    }

    void claim(std::size_t who) {
        const access::Caller* people[] = {&fixture_.rut, &fixture_.eva, &fixture_.ivar, &fixture_.kim};
        const auto reviewer = fixture_.desk.reviewer(*people[who], kind_);
        if (!reviewer) return;
        const auto claim = fixture_.desk.claim(*reviewer, proposal_.id);
        if (!claim) return;
        if (model_.holder.empty()) model_.holder = people[who]->name;
        RC_ASSERT(claim->name == model_.holder);
    }

  private:
    bool attempt(const access::Caller& caller, Action action, std::int64_t version, const std::string& text) {
        auto& desk = fixture_.desk;
        const auto& id = proposal_.id;
        if (action == Action::submit) return desk.submit(caller, id, version, {}).has_value();
        if (action == Action::deliver) {
            const auto decision = desk.decision(caller, id);
            return decision && desk.deliver(caller, *decision, version, Way::by_hand, "").has_value();
        }
        const auto reviewer = desk.reviewer(caller, kind_);
        if (!reviewer) return false;
        switch (action) {
            case Action::accept:
                return desk.review(*reviewer, id, version, {}).has_value();
            case Action::edit:
                return desk.review(*reviewer, id, version, {.outcome = Outcome::edited, .text = text})
                    .has_value();
            case Action::reject:
                return desk.review(*reviewer, id, version, {.outcome = Outcome::rejected, .reason = "Fel."})
                    .has_value();
            case Action::send_back:
                return desk.send_back(*reviewer, id, version, "Vad menas?").has_value();
            case Action::hand_over:
                return desk.hand_over(*reviewer, id, version, {}, "").has_value();
            default:
                return desk.undo(*reviewer, id, version).has_value();
        }
    }

    // At most one decision is in force, by somebody who may, and by two where two are needed.
    void check_decision() {
        std::vector<Review> standing;
        auto history = fixture_.desk.history(fixture_.rut, proposal_.id).value();
        for (auto& review : history) {
            if (!review.undone && review.action != Action::send_back) standing.push_back(std::move(review));
        }
        const auto decision = fixture_.desk.decision(fixture_.rut, proposal_.id);
        RC_ASSERT(decision.has_value() == is_decided(proposal_.state));
        if (!decision) return;
        RC_ASSERT(decision->text() == proposal_.text);
        RC_ASSERT(decision->name() == standing.back().name);
        RC_ASSERT(decision->name() != "Rut");
        RC_ASSERT((kind_ != "permit" || decision->name() != "Kim"));
        if (model_.two && decision->approves()) {
            RC_ASSERT(standing.size() >= 2U);
            RC_ASSERT(standing[standing.size() - 2].name != decision->name());
        }
    }

    DeskFixture& fixture_;
    std::string kind_;
    Proposal proposal_{};
    Model model_{};
    int texts_ = 0;
};

}  // namespace

TEST_CASE("whatever people try, nothing happens but what the rules allow") {
    DeskFixture fixture;
    CHECK(rc::check([&] {
        Walk walk(fixture, *rc::gen::element<std::string>("answer", "permit"));
        walk.step(0, Action::submit, false);
        const auto steps = *rc::gen::container<std::vector<std::tuple<std::size_t, std::size_t, int>>>(
            rc::gen::tuple(rc::gen::inRange<std::size_t>(0, 4), rc::gen::inRange<std::size_t>(0, 9),
                           rc::gen::inRange(0, 8)));
        for (const auto& [who, what, dice] : steps) {
            if (what == 8) {
                walk.claim(who);
            } else {
                walk.step(who, json::enum_values<Action>()[what], dice == 0);
            }
        }
    }));
    const auto verified = fixture.record.verify().value();
    CHECK_FALSE(verified.first_broken.has_value());
}
