#include "desk/sampling.hpp"

#include <doctest/doctest.h>

#include "desk/digests.hpp"
#include "desk/test_desk.hpp"

using namespace kansli;
using namespace kansli::desk;

TEST_CASE("a sampled decision comes back blind to somebody else") {
    DeskFixture fixture;
    REQUIRE(fixture.sampling.set(fixture.ivar, "answer", {.sampled_batch = 0, .sampled_single = 0.3})
                .has_value());
    fixture.chance = 0.29;
    const auto laid = fixture.laid();
    REQUIRE(fixture.desk
                .review(fixture.as(fixture.eva), laid.id, laid.version,
                        {.outcome = Outcome::edited, .text = "Ny text."})
                .has_value());
    const auto waiting = fixture.desk.waiting(fixture.kim, {}).value();
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].second_look);
    CHECK(waiting[0].state == State::waiting);
    CHECK(waiting[0].text == laid.text);
    CHECK(waiting[0].changed_by.empty());
    CHECK(fixture.desk.history(fixture.kim, laid.id).value().empty());
    CHECK(fixture.desk.decision(fixture.kim, laid.id).error().code == ErrorCode::conflict);
    CHECK(fixture.desk.waiting(fixture.eva, {}).value().empty());
    CHECK(fixture.desk.waiting_count(fixture.kim).value() == 1);
    CHECK(fixture.desk.review(fixture.as(fixture.kim), laid.id, waiting[0].version, {}).error().code ==
          ErrorCode::conflict);
    CHECK(fixture.sampling.look(fixture.as(fixture.eva), laid.id, {}).error().code == ErrorCode::conflict);

    const auto look = fixture.sampling.look(fixture.as(fixture.kim), laid.id, {}).value();
    CHECK(look.first == Outcome::edited);
    CHECK_FALSE(look.agrees);
    CHECK(fixture.seen(fixture.kim, laid).state == State::edited);
    CHECK(fixture.desk.waiting(fixture.kim, {}).value().empty());
    CHECK(fixture.sampling.look(fixture.as(fixture.ivar), laid.id, {}).error().code == ErrorCode::conflict);
    const auto opinions = fixture.sampling.opinions("answer").value();
    CHECK(opinions.counts[1][0] == 1);
    CHECK(opinions.agreement.pairs == 1);
    CHECK(opinions.batch_pairs == 0);
}

TEST_CASE("as long as nobody has said otherwise a tenth of what is decided one by one is looked at again") {
    DeskFixture fixture;
    const auto decided = [&](double chance, const Verdict& verdict) {
        fixture.chance = chance;
        const auto laid = fixture.laid();
        REQUIRE(fixture.desk.review(fixture.as(fixture.eva), laid.id, laid.version, verdict).has_value());
        return laid;
    };
    const Verdict rejected{.outcome = Outcome::rejected, .reason = "Fel källa."};
    const auto spared = decided(0.1, {});
    CHECK(fixture.desk.waiting(fixture.kim, {}).value().empty());
    const auto first = decided(0.09, {});
    const auto second = decided(0.09, rejected);
    CHECK(fixture.sampling.opinions("answer").value().waiting == 2);
    REQUIRE(fixture.sampling.look(fixture.as(fixture.kim), first.id, {}).has_value());
    CHECK_FALSE(fixture.sampling.opinions("answer").value().agreement.kappa.has_value());
    REQUIRE(fixture.sampling.look(fixture.as(fixture.kim), second.id, rejected).has_value());
    CHECK(*fixture.sampling.opinions("answer").value().agreement.kappa == doctest::Approx(1));
    CHECK(fixture.seen(fixture.kim, spared).state == State::accepted);
}

TEST_CASE("chance decides what is sampled, and undoing takes the question back") {
    DeskFixture fixture;
    REQUIRE(
        fixture.sampling
            .set(fixture.ivar, "answer", {.batch_confidence = 0.5, .sampled_batch = 0.3, .sampled_single = 0})
            .has_value());
    fixture.chance = 0.31;
    const auto eva = fixture.as(fixture.eva);
    const auto spared = fixture.laid();
    REQUIRE(fixture.desk.accept_batch(eva, {{spared.id, spared.version}}).value().accepted.size() == 1);
    CHECK(fixture.sampling.opinions("answer").value().waiting == 0);
    fixture.chance = 0.29;
    const auto sampled = fixture.laid();
    REQUIRE(fixture.desk.accept_batch(eva, {{sampled.id, sampled.version}}).value().accepted.size() == 1);
    CHECK(fixture.sampling.opinions("answer").value().waiting == 1);
    const auto now = fixture.seen(fixture.eva, sampled);
    REQUIRE(fixture.desk.undo(eva, sampled.id, now.version).has_value());
    CHECK(fixture.sampling.opinions("answer").value().waiting == 0);
}

TEST_CASE("the digest counts what waits and says nothing of what it is about") {
    DeskFixture fixture;
    Digests digests(*fixture.database);
    CHECK(digests.set(fixture.eva, "eva").error().code == ErrorCode::invalid_input);
    REQUIRE(digests.set(fixture.eva, "eva@exempel.se").has_value());
    CHECK(digests.of(fixture.eva).value()->address == "eva@exempel.se");
    const auto monday = parse_date("2026-06-01").value();
    CHECK(is_due(*digests.of(fixture.eva).value(), monday, 7));
    CHECK_FALSE(is_due(*digests.of(fixture.eva).value(), monday, 6));
    CHECK_FALSE(is_due(*digests.of(fixture.eva).value(), parse_date("2026-06-06").value(), 9));
    REQUIRE(digests.sent(fixture.eva.id, monday).has_value());
    CHECK_FALSE(is_due(digests.all().value().front(), monday, 9));

    CHECK_FALSE(digest_of({}, test_kinds, monday, "https://x/").has_value());
    fixture.laid("answer", {.deadline = parse_date("2026-05-30").value()});
    fixture.laid("permit");
    const auto text =
        digest_of(fixture.desk.waiting(fixture.eva, {}).value(), test_kinds, monday, "https://x/inkorg")
            .value();
    CHECK(text.subject == "2 förslag väntar i Inkorgen");
    CHECK(text.text ==
          "2 förslag väntar på ditt beslut:\n\n  Svarsutkast: 1\n  Lovbeslut: 1\n\nSista dagen har gått för "
          "1 av "
          "dem.\n\nÖppna Inkorgen: https://x/inkorg\n\nDu får brevet för att du har bett om det. Du kan "
          "avsluta "
          "det i Inkorgen.\n");
    REQUIRE(digests.set(fixture.eva, "").has_value());
    CHECK(digests.all().value().empty());
}
