#include "desk/desk.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "desk/test_desk.hpp"
#include "record/marks.hpp"

using namespace kansli;
using namespace kansli::desk;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> ids(const std::vector<Proposal>& proposals) {
    std::vector<std::string> ids;
    for (const auto& proposal : proposals)
        ids.push_back(proposal.id.str());
    return ids;
}

}  // namespace

TEST_CASE("a draft belongs to whoever asked, and is in the record with all it rests on") {
    DeskFixture fixture;
    const auto draft = fixture.draft();
    CHECK(draft.state == State::draft);
    CHECK(fixture.desk.waiting(fixture.eva, {}).value().empty());
    CHECK(fixture.desk.proposal(fixture.eva, draft.id).error().code == ErrorCode::not_found);
    CHECK(fixture.seen(fixture.rut, draft).made.title == draft.made.title);
    const auto entry = fixture.record.entry(draft.entry).value();
    CHECK(entry.kind == "answer_proposal");
    CHECK(entry.subject == draft.id.str());
    CHECK(entry.actor == "Rut");
    CHECK(entry.content.find("högst 1,8 meter") != std::string::npos);
    CHECK(fixture.desk.propose(fixture.rut, {.kind = "nothing"}).error().code == ErrorCode::invalid_input);
    CHECK(fixture.desk.propose(fixture.rut, {.kind = "answer", .output = "no JSON"}).error().code ==
          ErrorCode::invalid_input);
    CHECK(fixture.record.entries({}).value().size() == 1);
}

TEST_CASE("a proposal goes to everybody who may decide, to a department, a group or a person") {
    DeskFixture fixture;
    const auto all = fixture.laid();
    const auto department = fixture.laid("answer", {.recipient = {.principal = "department:Bygg"}});
    const auto group = fixture.laid("answer", {.recipient = {.principal = "jurister"}});
    const auto kim = fixture.laid("answer", {.recipient = {.person = fixture.kim}});
    CHECK(ids(fixture.desk.waiting(fixture.eva, {}).value()).size() == 2);
    CHECK(ids(fixture.desk.waiting(fixture.ivar, {}).value()).size() == 3);
    CHECK(ids(fixture.desk.waiting(fixture.kim, {}).value()).size() == 2);
    CHECK(fixture.desk.waiting_count(fixture.kim).value() == 2);
    CHECK(fixture.desk.proposal(fixture.eva, kim.id).error().code == ErrorCode::not_found);
    CHECK(fixture.desk.proposal(fixture.kim, group.id).error().code == ErrorCode::not_found);
    CHECK(fixture.desk.proposal(fixture.kim, department.id).error().code == ErrorCode::not_found);
    CHECK(fixture.desk.waiting(fixture.rut, {}).value().empty());
    CHECK(fixture.desk.waiting(access::keeper(), {}).value().size() == 4);
    const auto draft = fixture.draft("permit");
    CHECK(fixture.desk.submit(fixture.rut, draft.id, draft.version, {.recipient = {.person = fixture.kim}})
              .error()
              .code == ErrorCode::forbidden);
    CHECK(all.state == State::waiting);
}

TEST_CASE("each source's access list must let a reviewer in") {
    DeskFixture fixture;
    auto made = DeskFixture::new_proposal();
    made.readers = access::ReadRule({{"jurister", "department:Skola"}, {"jurister"}}, false);
    const auto draft = fixture.desk.propose(fixture.rut, made).value();
    const auto laid = fixture.desk.submit(fixture.rut, draft.id, 1, {}).value();
    CHECK(fixture.desk.waiting(fixture.ivar, {}).value().size() == 1);
    CHECK(fixture.desk.waiting(fixture.eva, {}).value().empty());
    CHECK(fixture.desk.waiting(fixture.kim, {}).value().empty());
    CHECK(fixture.desk.waiting_count(fixture.kim).value() == 0);
    CHECK(fixture.desk.review(fixture.as(fixture.kim), laid.id, laid.version, {}).error().code ==
          ErrorCode::not_found);
    CHECK(fixture.desk.claim(fixture.as(fixture.kim), laid.id).error().code == ErrorCode::not_found);
    CHECK(fixture.desk.hand_over(fixture.as(fixture.ivar), laid.id, laid.version, {.person = fixture.kim}, "")
              .error()
              .code == ErrorCode::forbidden);
}

TEST_CASE("a wall keeps administrators from a proposal, and a list that names nobody keeps out all") {
    DeskFixture fixture;
    auto administrator = person("Ada", {"*"});
    administrator.roles.push_back(access::Role::administrator);
    for (const bool walled : {false, true}) {
        auto made = DeskFixture::new_proposal();
        made.readers = access::ReadRule({{"jurister"}, {}}, walled);
        const auto draft = fixture.desk.propose(fixture.rut, made).value();
        CHECK(fixture.desk.proposal(fixture.rut, draft.id).value().made.readers == made.readers);
        REQUIRE(fixture.desk.submit(fixture.rut, draft.id, 1, {}));
        CHECK(fixture.desk.waiting(fixture.ivar, {}).value().empty());
        CHECK(fixture.desk.waiting(administrator, {}).value().size() == 1);
        CHECK(fixture.desk.proposal(administrator, draft.id).has_value() == !walled);
    }
}

TEST_CASE("a source that is closed afterwards closes what quotes it, in lists, counts and one by one") {
    DeskFixture fixture;
    const auto laid = fixture.laid();
    const auto shown = [&](const access::Caller& caller) {
        const auto waits = fixture.desk.waiting(caller, {}).value().size();
        CHECK(fixture.desk.waiting_count(caller).value() == static_cast<std::int64_t>(waits));
        return waits == 1 && fixture.desk.proposal(caller, laid.id).has_value();
    };
    CHECK(shown(fixture.eva));
    fixture.hidden["Eva"].insert("v");
    fixture.hidden["Kim"].insert("another");
    CHECK_FALSE(shown(fixture.eva));
    CHECK(shown(fixture.kim));
    CHECK(fixture.desk.claim(fixture.as(fixture.eva), laid.id).error().code == ErrorCode::not_found);
    CHECK(fixture.desk.hand_over(fixture.as(fixture.kim), laid.id, laid.version, {.person = fixture.eva}, "")
              .error()
              .code == ErrorCode::forbidden);
    CHECK(fixture.desk.own(fixture.rut).value().size() == 1);
    fixture.hidden["Rut"].insert("v");
    CHECK(fixture.desk.own(fixture.rut).value().empty());
    fixture.hidden["Eva"].clear();
    CHECK(shown(fixture.eva));
}

TEST_CASE("a proposal whose processing is restricted is shown to nobody, not even its owner") {
    DeskFixture fixture;
    const auto laid = fixture.laid();
    for (const auto& thing : {laid.id.str(), record::thing_of_entry(laid.entry)}) {
        REQUIRE(fixture.database
                    ->write([&](store::Connection& connection) {
                        return record::restrict_thing(connection, thing, laid.entry);
                    })
                    .has_value());
        CHECK(fixture.desk.waiting(fixture.eva, {}).value().empty());
        CHECK(fixture.desk.waiting_count(fixture.eva).value() == 0);
        CHECK(fixture.desk.own(fixture.rut).value().empty());
        CHECK(fixture.desk.proposal(fixture.rut, laid.id).error().code == ErrorCode::not_found);
        CHECK(fixture.desk.deliveries(fixture.rut, laid.id).error().code == ErrorCode::not_found);
        REQUIRE(fixture.database
                    ->write([&](store::Connection& connection) -> Result<void> {
                        return connection.execute("DELETE FROM record_restriction");
                    })
                    .has_value());
        CHECK(fixture.desk.waiting(fixture.eva, {}).value().size() == 1);
    }
}

TEST_CASE("the record can tell what a proposal is called, and who may open it") {
    DeskFixture fixture;
    CHECK_FALSE(fixture.desk.called(fixture.rut, ProposalId("no-such-one")).value().has_value());
    const auto draft = fixture.draft();
    const auto own = fixture.desk.called(fixture.rut, draft.id).value().value();
    CHECK(own.title == draft.made.title);
    CHECK(own.entry == draft.entry);
    CHECK(own.opens);
    const auto others = fixture.desk.called(fixture.eva, draft.id).value().value();
    CHECK(others.title == draft.made.title);
    CHECK_FALSE(others.opens);
    REQUIRE(fixture.desk.submit(fixture.rut, draft.id, 1, {}));
    CHECK(fixture.desk.called(fixture.eva, draft.id).value().value().opens);
    fixture.hidden["Eva"].insert("v");
    CHECK_FALSE(fixture.desk.called(fixture.eva, draft.id).value().value().opens);
}

TEST_CASE("who was second is told who was first") {
    DeskFixture fixture;
    const auto laid = fixture.laid();
    REQUIRE(fixture.desk.review(fixture.as(fixture.eva), laid.id, laid.version, {}).has_value());
    const auto second = fixture.desk.review(fixture.as(fixture.kim), laid.id, laid.version, {});
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().code == ErrorCode::conflict);
    CHECK(second.error().message == "Förslaget är redan avgjort av Eva.");
    CHECK(fixture.desk.history(fixture.kim, laid.id).value().size() == 1);
}

TEST_CASE("whoever has it open keeps others from deciding, as long as the page gives signs of life") {
    DeskFixture fixture;
    const auto laid = fixture.laid();
    CHECK(fixture.desk.claim(fixture.as(fixture.eva), laid.id).value().begun);
    fixture.moment += 30s;
    CHECK(fixture.desk.claim(fixture.as(fixture.kim), laid.id).value().person == fixture.eva.id);
    CHECK(fixture.seen(fixture.kim, laid).opened_by->name == "Eva");
    CHECK_FALSE(fixture.seen(fixture.eva, laid).opened_by.has_value());
    const auto refused = fixture.desk.review(fixture.as(fixture.kim), laid.id, laid.version, {});
    CHECK(refused.error().message == "Eva har förslaget öppet just nu.");
    const auto began = fixture.moment - 30s;
    fixture.moment += 80s;
    CHECK(fixture.desk.claim(fixture.as(fixture.eva), laid.id).value().since == began);
    fixture.moment += 110s;
    CHECK(fixture.desk.review(fixture.as(fixture.kim), laid.id, laid.version, {}).has_value() == false);
    fixture.moment += 11s;
    CHECK(fixture.desk.claim(fixture.as(fixture.kim), laid.id).value().name == "Kim");
    REQUIRE(fixture.desk.release(fixture.kim, laid.id).has_value());
    CHECK(fixture.desk.review(fixture.as(fixture.eva), laid.id, laid.version, {}).has_value());
    CHECK(fixture.desk.claim(fixture.as(fixture.kim), laid.id).error().code == ErrorCode::conflict);
}

TEST_CASE("an edit keeps what was changed, and undoing gives the text back") {
    DeskFixture fixture;
    const auto laid = fixture.laid();
    const auto eva = fixture.as(fixture.eva);
    const auto edited =
        fixture.desk
            .review(eva, laid.id, laid.version, {.outcome = Outcome::edited, .text = "Högst 1,9 meter."})
            .value();
    CHECK(edited.state == State::edited);
    CHECK(edited.text == "Högst 1,9 meter.");
    CHECK(edited.made.text == "Högst 1,8 meter.");
    const auto history = fixture.desk.history(fixture.rut, laid.id).value();
    REQUIRE(history.size() == 1);
    CHECK(history[0].difference[1] == text::EditSpan{text::Edit::deleted, "8"});
    const auto entry = fixture.record.entries({.kind = "proposal_reviewed"}).value().front();
    CHECK(entry.content.find(R"({"deleted":"8"},{"inserted":"9"})") != std::string::npos);
    CHECK(fixture.desk.undo(fixture.as(fixture.kim), laid.id, edited.version).error().code ==
          ErrorCode::forbidden);
    const auto undone = fixture.desk.undo(eva, laid.id, edited.version).value();
    CHECK(undone.state == State::waiting);
    CHECK(undone.text == "Högst 1,8 meter.");
    CHECK(fixture.desk.history(fixture.rut, laid.id).value()[0].undone);
    CHECK(fixture.desk.undo(eva, laid.id, undone.version).error().code == ErrorCode::forbidden);
}

TEST_CASE("what was delivered cannot be undone, and only the decision in force is delivered") {
    DeskFixture fixture;
    const auto laid = fixture.laid();
    const auto eva = fixture.as(fixture.eva);
    CHECK(fixture.desk.decision(fixture.eva, laid.id).error().code == ErrorCode::conflict);
    auto now = fixture.desk.review(eva, laid.id, laid.version, {}).value();
    const auto old = fixture.desk.decision(fixture.rut, laid.id).value();
    now = fixture.desk.undo(eva, laid.id, now.version).value();
    CHECK(fixture.desk.deliver(fixture.rut, old, now.version, Way::by_hand, "").error().code ==
          ErrorCode::conflict);
    now = fixture.desk.review(eva, laid.id, now.version, {.outcome = Outcome::edited, .text = "Ny text."})
              .value();
    CHECK(fixture.desk.deliver(fixture.rut, old, now.version, Way::by_hand, "").error().code ==
          ErrorCode::conflict);
    const auto decision = fixture.desk.decision(fixture.rut, laid.id).value();
    CHECK(
        fixture.desk.deliver(fixture.rut, decision, now.version, Way::mail, "a@b\r\nBcc: c@d").error().code ==
        ErrorCode::invalid_input);
    std::string ordered;
    const auto delivery = fixture.desk
                              .deliver(fixture.rut, decision, now.version, Way::mail, "bo@exempel.se",
                                       [&](store::Connection&, const Delivery& one) -> Result<void> {
                                           ordered = one.id.str();
                                           return {};
                                       })
                              .value();
    CHECK(delivery.id.str() == ordered);
    CHECK(delivery.state == DeliveryState::ordered);
    now = fixture.seen(fixture.eva, laid);
    CHECK(now.state == State::delivered);
    CHECK(fixture.desk.undo(eva, laid.id, now.version).error().message.find("lämnat huset") !=
          std::string::npos);
    REQUIRE(fixture.desk.delivery_ended(delivery.id, Error{ErrorCode::unavailable, "Servern svarar inte."})
                .has_value());
    CHECK(fixture.desk.deliveries(fixture.rut, laid.id).value()[0].problem == "Servern svarar inte.");
    CHECK(fixture.desk.deliver(fixture.eva, decision, now.version, Way::file, "").has_value());
}

TEST_CASE("a rejection is never delivered, and a returned proposal can be handed in again") {
    DeskFixture fixture;
    const auto eva = fixture.as(fixture.eva);
    const auto laid = fixture.laid();
    auto now =
        fixture.desk.review(eva, laid.id, laid.version, {.outcome = Outcome::rejected, .reason = "Fel."})
            .value();
    const auto decision = fixture.desk.decision(fixture.eva, laid.id).value();
    CHECK(fixture.desk.deliver(fixture.eva, decision, now.version, Way::file, "").error().code ==
          ErrorCode::conflict);
    const auto other = fixture.laid();
    CHECK(fixture.desk.send_back(eva, other.id, other.version, "").error().code == ErrorCode::invalid_input);
    now = fixture.desk.send_back(eva, other.id, other.version, "Vilken fastighet?").value();
    CHECK(fixture.desk.returned_count(fixture.rut).value() == 1);
    CHECK(fixture.desk.submit(fixture.eva, other.id, now.version, {}).error().code == ErrorCode::forbidden);
    now = fixture.desk.submit(fixture.rut, other.id, now.version, {}).value();
    CHECK(now.state == State::waiting);
    CHECK(fixture.desk.undo(eva, other.id, now.version).error().code == ErrorCode::conflict);
}

TEST_CASE("two different persons approve where two are needed, and an edit begins anew") {
    DeskFixture fixture;
    const auto laid = fixture.laid("permit");
    const auto eva = fixture.as(fixture.eva, "permit");
    const auto ivar = fixture.as(fixture.ivar, "permit");
    auto now = fixture.desk.review(eva, laid.id, laid.version, {}).value();
    CHECK(now.state == State::waiting_second);
    CHECK(fixture.desk.decision(fixture.eva, laid.id).error().code == ErrorCode::conflict);
    CHECK(fixture.desk.review(eva, laid.id, now.version, {}).error().code == ErrorCode::conflict);
    CHECK(fixture.desk.waiting(fixture.eva, {}).value().empty());
    CHECK(fixture.desk.waiting(fixture.ivar, {}).value().size() == 1);
    now =
        fixture.desk.review(ivar, laid.id, now.version, {.outcome = Outcome::edited, .text = "Med villkor."})
            .value();
    CHECK(now.state == State::waiting_second);
    CHECK(fixture.desk.review(ivar, laid.id, now.version, {}).error().code == ErrorCode::conflict);
    now = fixture.desk.review(eva, laid.id, now.version, {}).value();
    CHECK(now.state == State::accepted);
    CHECK(fixture.desk.decision(fixture.eva, laid.id).value().text() == "Med villkor.");
    now = fixture.desk.undo(eva, laid.id, now.version).value();
    CHECK(now.state == State::waiting_second);
    CHECK(fixture.desk.undo(ivar, laid.id, now.version).error().message ==
          "Eva har förslaget öppet just nu.");
    REQUIRE(fixture.desk.release(fixture.eva, laid.id).has_value());
    now = fixture.desk.undo(ivar, laid.id, now.version).value();
    REQUIRE(fixture.desk.release(fixture.ivar, laid.id).has_value());
    CHECK(now.text == "Högst 1,8 meter.");
    CHECK(fixture.desk.undo(eva, laid.id, now.version).value().state == State::waiting);
}

TEST_CASE("a batch takes what is sure enough, and never a decision about a person") {
    DeskFixture fixture;
    const auto eva = fixture.as(fixture.eva);
    const auto sure = fixture.laid();
    auto made = DeskFixture::new_proposal();
    made.confidence = 0.5;
    const auto draft = fixture.desk.propose(fixture.rut, made).value();
    const auto unsure = fixture.desk.submit(fixture.rut, draft.id, 1, {}).value();
    const auto opened = fixture.laid();
    REQUIRE(fixture.desk.claim(fixture.as(fixture.kim), opened.id).has_value());
    const std::vector<Desk::Chosen> chosen{{sure.id, sure.version},
                                           {unsure.id, unsure.version},
                                           {opened.id, opened.version},
                                           {ProposalId("nope"), 1}};
    CHECK(fixture.desk.accept_batch(eva, chosen).error().code == ErrorCode::conflict);
    REQUIRE(fixture.sampling.set(fixture.ivar, "answer", {.batch_confidence = 0.8}).has_value());
    const auto result = fixture.desk.accept_batch(eva, chosen).value();
    CHECK(result.accepted == std::vector{sure.id});
    REQUIRE(result.kept.size() == 3);
    CHECK(result.kept[1].second.message == "Kim har förslaget öppet just nu.");
    CHECK(fixture.desk.history(fixture.rut, sure.id).value()[0].batch);
    CHECK(fixture.desk.accept_batch(fixture.as(fixture.ivar, "report"), {}).error().code ==
          ErrorCode::forbidden);
    CHECK(fixture.sampling.set(fixture.ivar, "report", {.batch_confidence = 0.8}).error().code ==
          ErrorCode::forbidden);
    CHECK(fixture.sampling.set(fixture.ivar, "answer", {.batch_confidence = 1.8}).error().code ==
          ErrorCode::invalid_input);
    CHECK(fixture.record.entries({.kind = "desk_settings_changed"}).value().size() == 1);
}

TEST_CASE("the list is filtered and ordered") {
    DeskFixture fixture;
    const auto day = [](const char* text) { return parse_date(text).value(); };
    const auto late = fixture.laid("answer", {.deadline = day("2026-07-01")});
    fixture.moment += 1h;
    const auto soon = fixture.laid("answer", {.deadline = day("2026-06-02")});
    fixture.moment += 1h;
    const auto never = fixture.laid("permit");
    const auto order = [&](const Desk::Filter& filter) {
        return ids(fixture.desk.waiting(fixture.eva, filter).value());
    };
    CHECK(order({}) == std::vector{soon.id.str(), late.id.str(), never.id.str()});
    CHECK(order({.order = Order::age}) == std::vector{late.id.str(), soon.id.str(), never.id.str()});
    CHECK(order({.kind = "permit"}) == std::vector{never.id.str()});
    CHECK(order({.deadline_until = day("2026-06-02")}) == std::vector{soon.id.str()});
    CHECK(order({.submitted_before = fixture.moment - 90min}) == std::vector{late.id.str()});
    CHECK(order({.least_confidence = 0.95}).empty());
}
