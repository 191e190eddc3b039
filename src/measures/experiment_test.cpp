#include "measures/experiment.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "core/file.hpp"
#include "core/hash.hpp"
#include "desk/handled.hpp"
#include "json/binder.hpp"
#include "measures/survey.hpp"
#include "measures/week.hpp"
#include "statistics/draw.hpp"

using namespace kansli;
using namespace kansli::measures;

namespace {

constexpr std::array kinds{
    desk::Kind{.name = "answer", .swedish = "Svar", .english = "Answer", .service = "assistants"}};

constexpr auto in_weeks = [](Timestamp moment) { return week_of(moment); };

struct Office {
    TemporaryFolder folder = TemporaryFolder::create().value();
    std::unique_ptr<store::Database> database = store::Database::open(folder.path() / "kansli.db").value();
    record::Record record{*database};
    Timestamp moment = parse_timestamp("2026-06-03T08:00:00.000Z").value();
    Experiments experiments{*database, record, kinds, [this] { return moment; }};
    desk::Desk desk{*database,
                    record,
                    kinds,
                    {[](store::Connection&, const access::Caller&, std::vector<std::string>) {
                        return Result<std::vector<std::string>>{};
                    }},
                    [this] { return moment; },
                    [] { return 0.99; },
                    [this](store::Connection& connection, std::string_view kind, const desk::ProposalId& item,
                           Timestamp now) { return experiments.assign(connection, kind, item, now); }};
    Survey survey{*database, desk, [this] { return moment; }};
    bool migrated =
        database->migrate({record::Record::migrations(), desk::Desk::migrations(), Survey::migrations()})
            .has_value();
    access::Caller rut{.id = access::UserId("rut"), .name = "Rut", .roles = {access::Role::reader}};
    access::Caller eva{
        .id = access::UserId("eva"), .name = "Eva", .roles = {access::Role::reviewer}, .review_kinds = {"*"}};

    NewExperiment wanted(const char* start = "2026-06-03", const char* end = "2026-07-01",
                         double share = 0.5) const {
        return {"answer", share, parse_date(start).value(), parse_date(end).value(), "handling_median"};
    }
    desk::Proposal proposed(const desk::Draw& draw, const std::string& title) {
        const bool control = draw.assignment.arm == desk::Arm::without_ai;
        return desk
            .propose(rut,
                     {.kind = "answer",
                      .title = title,
                      .text = control ? "" : "Ett utkast.",
                      .input = "{}",
                      .output = "{}",
                      .evidence = "[]",
                      .confidence = 0.9,
                      .model = "test/1",
                      .settings = "{}"},
                     draw)
            .value();
    }
    desk::Proposal asked(const std::string& title) {
        return proposed(desk.draw(rut, "answer", title).value(), title);
    }
};

}  // namespace

TEST_CASE("while no experiment runs, nothing is drawn") {
    Office office;
    CHECK(office.asked("Fråga").assignment.arm == desk::Arm::none);
    REQUIRE(office.experiments.begin(office.eva, office.wanted("2026-06-10", "2026-06-20")).has_value());
    CHECK(office.asked("Fråga").assignment.arm == desk::Arm::none);
    office.moment = parse_timestamp("2026-06-10T08:00:00.000Z").value();
    CHECK(office.asked("En fråga").assignment.arm != desk::Arm::none);
    office.moment = parse_timestamp("2026-06-21T08:00:00.000Z").value();
    CHECK(office.asked("En annan fråga").assignment.arm == desk::Arm::none);
}

TEST_CASE("an auditor can draw every item again once the experiment is over, and nobody can before") {
    Office office;
    const auto begun = office.experiments.begin(office.eva, office.wanted()).value();
    CHECK(begun.seed.empty());
    CHECK(office.experiments.list().value().front().seed.empty());
    std::vector<desk::Proposal> items;
    for (int i = 0; i < 40; ++i)
        items.push_back(office.asked("Fråga " + std::to_string(i)));
    const auto stopped = office.experiments.stop(office.eva, begun.id).value();
    CHECK(sha256(stopped.seed) == begun.seed_hash);
    std::set<desk::Arm> arms;
    for (const auto& item : items) {
        const auto& drawn = item.assignment;
        CHECK(drawn.drawn_for == item.id);
        CHECK(drawn.number == statistics::drawn_number(stopped.seed, begun.id.str(), item.id.str()));
        CHECK(drawn.arm == (drawn.number < 0.5 ? desk::Arm::without_ai : desk::Arm::with_ai));
        arms.insert(drawn.arm);
    }
    CHECK(arms.size() == 2);
    CHECK(office.asked("Efteråt").assignment.arm == desk::Arm::none);
    CHECK(office.experiments.stop(office.eva, begun.id).error().code == ErrorCode::conflict);
    std::string told;
    const auto entries = office.record.entries({}).value();
    for (const auto& entry : entries)
        told += entry.kind + entry.content;
    CHECK(told.find("experiment_begun") != std::string::npos);
    CHECK(told.find("\"drawn_for\":\"" + items[0].id.str()) != std::string::npos);
}

TEST_CASE("asking the same again changes nothing, and the program itself is never drawn") {
    Office office;
    REQUIRE(office.experiments.begin(office.eva, office.wanted()).has_value());
    const auto first = office.asked("Hur hög får altanen vara?");
    for (const auto* again : {"Hur hög får altanen vara?", " hur hög får altanen vara? "}) {
        const auto later = office.asked(again);
        CHECK(later.assignment.arm == first.assignment.arm);
        CHECK(later.assignment.drawn_for == first.id);
    }
    CHECK(office.desk.draw(access::keeper(), "answer", "Fråga").value().assignment.arm == desk::Arm::none);
}

TEST_CASE("a kind has one experiment at a time, and days, shares and figures that mean something") {
    Office office;
    REQUIRE(office.experiments.begin(office.eva, office.wanted()).has_value());
    const auto refused = [&](const NewExperiment& wanted) {
        return office.experiments.begin(office.eva, wanted).error().code;
    };
    CHECK(refused(office.wanted("2026-07-01", "2026-08-01")) == ErrorCode::conflict);
    CHECK(office.experiments.begin(office.eva, office.wanted("2026-07-02", "2026-08-01")).has_value());
    CHECK(refused(office.wanted("2026-06-02", "2026-06-02")) == ErrorCode::invalid_input);
    CHECK(refused(office.wanted("2027-02-01", "2027-01-01")) == ErrorCode::invalid_input);
    CHECK(refused(office.wanted("2027-01-01", "2027-02-01", 0)) == ErrorCode::invalid_input);
    CHECK(refused(office.wanted("2027-01-01", "2027-02-01", 0.51)) == ErrorCode::invalid_input);
    auto wrong = office.wanted("2027-01-01", "2027-02-01");
    wrong.measure = "backlog";
    CHECK(refused(wrong) == ErrorCode::invalid_input);
    wrong = office.wanted("2027-01-01", "2027-02-01");
    wrong.kind = "roster";
    CHECK(refused(wrong) == ErrorCode::invalid_input);
}

TEST_CASE("in the control group there is nothing to accept: a person writes it, and no distance is told") {
    Office office;
    REQUIRE(office.experiments.begin(office.eva, office.wanted()).has_value());
    auto draw = office.desk.draw(office.rut, "answer", "Fråga").value();
    draw.assignment.arm = desk::Arm::without_ai;
    auto item = office.proposed(draw, "Fråga");
    item = office.desk.submit(office.rut, item.id, item.version, {}).value();
    const auto reviewer = office.desk.reviewer(office.eva, "answer").value();
    CHECK(office.desk.review(reviewer, item.id, item.version, {}).error().code == ErrorCode::invalid_input);
    const auto actions = office.desk.actions(office.eva, item);
    CHECK(std::ranges::find(actions, desk::Action::accept) == actions.end());
    REQUIRE(
        office.desk
            .review(reviewer, item.id, item.version, {desk::Outcome::edited, "Skrivet för hand.", "", 240})
            .has_value());
    REQUIRE(office.database
                ->read([&](store::Connection& connection) -> Result<void> {
                    const auto handled = TRY(desk::handled(connection, in_weeks));
                    CHECK(handled.size() == 1);
                    CHECK(handled[0].assignment.arm == desk::Arm::without_ai);
                    CHECK(handled[0].seconds == 240);
                    CHECK_FALSE(handled[0].distance.has_value());
                    CHECK(handled[0].outcome == desk::Outcome::edited);
                    return {};
                })
                .has_value());
}

TEST_CASE("what is undone within its week counts as it ended, and later no more") {
    const auto told = [](Office& office) {
        std::vector<desk::Handled> handled;
        REQUIRE(office.database
                    ->read([&](store::Connection& connection) -> Result<void> {
                        handled = TRY(desk::handled(connection, in_weeks));
                        return {};
                    })
                    .has_value());
        REQUIRE(handled.size() == 1);
        return handled.front();
    };
    for (const int days : {1, 7}) {
        CAPTURE(days);
        Office office;
        const auto reviewer = office.desk.reviewer(office.eva, "answer").value();
        auto item = office.asked("Fråga");
        item = office.desk.submit(office.rut, item.id, item.version, {}).value();
        item = office.desk.review(reviewer, item.id, item.version, {.seconds = 60}).value();
        const auto first = office.moment;
        office.moment += std::chrono::hours(24 * days);
        item = office.desk.undo(reviewer, item.id, item.version).value();
        const bool same_week = days == 1;
        CHECK(told(office).decided.has_value() != same_week);
        REQUIRE(office.desk
                    .review(reviewer, item.id, item.version,
                            {desk::Outcome::edited, "Skrivet för hand.", "", 240})
                    .has_value());
        const auto handled = told(office);
        CHECK(handled.outcome == (same_week ? desk::Outcome::edited : desk::Outcome::accepted));
        CHECK(handled.decided == (same_week ? office.moment : first));
        CHECK(handled.seconds == (same_week ? 300 : 60));
        CHECK(handled.reopened == same_week);
    }
}

TEST_CASE("an answer to a survey lies apart from who gave it, and is given once") {
    Office office;
    auto item = office.asked("Fråga");
    CHECK(office.survey.open(office.rut, item).value() == std::vector{Respondent::asker});
    REQUIRE(office.survey.rate(office.rut, item.id, Respondent::asker, 5).has_value());
    CHECK(office.survey.rate(office.rut, item.id, Respondent::asker, 1).error().code == ErrorCode::conflict);
    CHECK(office.survey.rate(office.rut, item.id, Respondent::decider, 1).error().code ==
          ErrorCode::forbidden);
    CHECK(office.survey.rate(office.rut, item.id, Respondent::asker, 6).error().code ==
          ErrorCode::invalid_input);
    CHECK(office.survey.rate(office.eva, item.id, Respondent::asker, 3).error().code == ErrorCode::not_found);
    CHECK(office.survey.open(office.rut, item).value().empty());
    REQUIRE(office.database
                ->read([&](store::Connection& connection) -> Result<void> {
                    auto& row = TRY(connection.prepare("SELECT * FROM measures_satisfaction")).get();
                    row.bind();
                    CHECK(TRY(row.step()));
                    for (int column = 0; column < 7; ++column) {
                        CHECK(row.text(column) != item.id.str());
                        CHECK(row.text(column) != "rut");
                    }
                    return {};
                })
                .has_value());
    const auto entries = office.record.entries({}).value();
    for (const auto& entry : entries)
        CHECK(entry.kind == "answer_proposal");
}

TEST_CASE(
    "well-being is asked for every fourth week, and retention takes the answers with the notes of them") {
    Office office;
    CHECK(office.survey.wellbeing_due(office.rut).value());
    REQUIRE(office.survey.tell_wellbeing(office.rut, {1, 2, 3, 4, 5}).has_value());
    CHECK_FALSE(office.survey.wellbeing_due(office.rut).value());
    CHECK(office.survey.tell_wellbeing(office.rut, {1, 2, 3, 4, 5}).error().code == ErrorCode::conflict);
    CHECK(office.survey.tell_wellbeing(office.eva, {0, 2, 3, 4, 5}).error().code == ErrorCode::invalid_input);
    office.moment += std::chrono::hours(24 * 28);
    CHECK(office.survey.wellbeing_due(office.rut).value());
    REQUIRE(office.database
                ->write([&](store::Connection& connection) -> Result<void> {
                    const auto kept = TRY(Survey::kept(connection));
                    CHECK(kept.size() == 1);
                    CHECK(kept[0].kind == "wellbeing");
                    TRY(Survey::forget(connection, kept[0].id));
                    CHECK(TRY(Survey::kept(connection)).empty());
                    CHECK(TRY(Survey::wellbeing_tickets(connection)).empty());
                    return {};
                })
                .has_value());
}

TEST_CASE("an error is found in what is decided, by who may see it, and told in the record") {
    Office office;
    auto item = office.asked("Fråga");
    const desk::Fault fault{.severity = desk::Severity::major, .what = "Fel belopp."};
    CHECK(office.desk.report_fault(office.rut, item.id, fault).error().code == ErrorCode::conflict);
    item = office.desk.submit(office.rut, item.id, item.version, {}).value();
    REQUIRE(office.desk.review(office.desk.reviewer(office.eva, "answer").value(), item.id, item.version, {})
                .has_value());
    CHECK(office.desk.report_fault(office.rut, item.id, {.what = "  "}).error().code ==
          ErrorCode::invalid_input);
    REQUIRE(office.desk.report_fault(office.rut, item.id, fault).has_value());
    CHECK(office.desk.faults(office.eva, item.id).value().front().what == "Fel belopp.");
    CHECK(office.record.entries({}).value().front().kind == "error_found");
}
