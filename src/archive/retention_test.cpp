#include "archive/retention.hpp"

#include <doctest/doctest.h>

#include "archive/removal_log.hpp"
#include "archive/test_folder.hpp"
#include "documents/removal.hpp"
#include "json/value.hpp"

using namespace kansli;
using namespace kansli::archive;
using namespace kansli::archive::test;

namespace {

ErrorCode code_of(const auto& result) {
    REQUIRE_FALSE(result.has_value());
    return result.error().code;
}

}  // namespace

TEST_CASE("without a rule nothing goes") {
    Folder folder;
    folder.put("brev.md", "# Brev\n\nHej.\n");
    folder.note("answer_proposal", R"({"question":"Vad?"})", "2020-01-01");
    folder.in_months(1000);
    const auto plan = good(folder.retention.plan(folder.ombud));
    CHECK(plan.removals.empty());
    CHECK(plan.kept.at("no_rule") == 3);
    CHECK(code_of(folder.retention.run(folder.ombud, plan.hash)) == ErrorCode::conflict);
}

TEST_CASE("a rule must say who decided what, and on what ground") {
    Folder folder;
    auto rule = folder.rule(Stock::document, 12);
    rule.decision.clear();
    CHECK(folder.retention.set_rule(folder.ombud, rule).error().where == "decision");
    rule.decision = "KS 2026/1";
    for (auto [field, where] : {std::pair{&RetentionRule::decision, "decision"},
                                {&RetentionRule::decided_by, "decided_by"},
                                {&RetentionRule::legal_ground, "legal_ground"},
                                {&RetentionRule::name, "name"}}) {
        auto said = rule;
        said.*field = " \u00A0\u200B";
        CHECK(folder.retention.set_rule(folder.ombud, said).error().where == where);
    }
    rule.event = RetentionEvent::decided;
    CHECK(folder.retention.set_rule(folder.ombud, rule).error().where == "event");
    rule.event = RetentionEvent::created;
    rule.kind = "saga";
    CHECK(folder.retention.set_rule(folder.ombud, rule).error().where == "kind");
    rule.stock = Stock::record;
    rule.owner = "Barnnämnden";
    CHECK(folder.retention.set_rule(folder.ombud, rule).error().where == "owner");
    CHECK(code_of(folder.retention.set_rule(folder.editor, rule)) == ErrorCode::forbidden);
    CHECK(code_of(folder.retention.place_hold(folder.ombud, {.reason = "Allt"})) == ErrorCode::invalid_input);
    CHECK(code_of(folder.retention.place_hold(folder.ombud, {.reason = "Allt", .person = " "})) ==
          ErrorCode::invalid_input);
    CHECK(folder.retention.place_hold(folder.ombud, {.reason = "\u00A0", .person = "Rut"}).error().where ==
          "reason");
    // A field of a blank asks for nothing: the hold keeps what the others fit.
    const auto hold = good(
        folder.retention.place_hold(folder.ombud, {.reason = "Mål 1", .person = "Rut", .case_number = " "}));
    CHECK(hold.case_number.empty());
}

TEST_CASE("a hold on a document or an entry that there is not is refused") {
    Folder folder;
    const auto letter = folder.put("brev.md", "# Brev\n\nHej.\n");
    const auto refused =
        folder.retention.place_hold(folder.ombud, {.reason = "Mål 1", .document = "d00000000000000000000"});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::invalid_input);
    CHECK(refused.error().where == "document");
    CHECK(folder.retention.place_hold(folder.ombud, {.reason = "Mål 1", .entry = 99999}).error().where ==
          "entry");
    CHECK(good(folder.retention.holds()).empty());
    CHECK(good(folder.retention.place_hold(folder.ombud,
                                           {.reason = "Mål 1", .document = letter.document->str()}))
              .document == letter.document->str());
}

TEST_CASE("a rule that takes another's place ends it the day before") {
    Folder folder;
    const auto old = folder.rule(Stock::document, 12);
    auto next = old;
    next.months = 24;
    next.valid_from = day("2027-01-01");
    next = good(folder.retention.set_rule(folder.ombud, next, old.id));
    const auto rules = good(folder.retention.rules());
    REQUIRE(rules.size() == 2);
    CHECK(rules[0].valid_to == day("2026-12-31"));
    CHECK(rules[1] == next);
    CHECK(good(folder.retention.end_rule(folder.ombud, next.id)).valid_to < day_in_sweden(folder.moment));
    CHECK(code_of(folder.retention.end_rule(folder.ombud, next.id)) == ErrorCode::conflict);
}

TEST_CASE("a run takes away documents, entries and jobs, and leaves a log that says nothing of them") {
    Folder folder;
    const auto kept = folder.put("kvar.md", "# Kvar\n\nDet här blir KVARLEVA.\n");
    const auto report = folder.put("brev.md", "---\ntyp: letter\n---\n# Brev\n\nDet här är HEMLIGHETEN.\n");
    const auto entry = folder.note("answer_proposal", R"({"question":"Vad är HEMLIGHETEN?"})", "2024-01-01");
    jobs::Queue queue(*folder.database, folder.data.path());
    good(queue.cancel(good(queue.add({.kind = "import", .payload = R"({"namn":"HEMLIGHETEN"})"})).id));
    auto letters = folder.rule(Stock::document, std::nullopt);
    letters.kind = "letter";
    letters.months = 12;
    good(folder.retention.set_rule(folder.ombud, letters, letters.id));
    auto answers = folder.rule(Stock::record, 12);
    good(folder.retention.end_rule(folder.ombud, answers.id));
    answers.kind = "answer_proposal";
    good(folder.retention.set_rule(folder.ombud, answers));
    folder.rule(Stock::job, 6);
    const auto original =
        folder.data.pages() /
        (good(folder.library.versions(access::keeper(), *report.document))[0].file_hash + "-1.png");
    good(write_file(original, "bild av HEMLIGHETEN"));
    good(write_file(folder.data.uploads() / "rest",
                    "---\ntyp: letter\n---\n# Brev\n\nDet här är HEMLIGHETEN.\n"));
    std::filesystem::create_directories(folder.data.before_upgrade());
    good(write_file(folder.data.before_upgrade() / "kansli-0.0.1.db", "HEMLIGHETEN"));
    REQUIRE(folder.tells("HEMLIGHETEN"));

    folder.in_months(13);
    const auto plan = good(folder.retention.plan(folder.ombud));
    REQUIRE(plan.removals.size() == 3);
    const auto done = good(folder.retention.run(folder.ombud, plan.hash));
    CHECK(done.record == 1);
    CHECK(done.documents == 1);
    CHECK(done.jobs == 1);
    CHECK(good(folder.retention.unfinished()));
    good(folder.retention.finish());
    CHECK_FALSE(good(folder.retention.unfinished()));
    CHECK(folder.rebuilt == 1);

    CHECK_FALSE(folder.tells("HEMLIGHETEN"));
    CHECK(folder.tells("KVARLEVA"));
    CHECK(good(folder.record.entry(entry)).content_removed());
    const auto log = good(folder.record.entry(done.entry));
    CHECK(log.kind == "retention_run");
    CHECK(log.actor == "Dag Ombud");
    const auto content = good(json::parse(log.content));
    CHECK(*content.at("/rules/0/decision")->as_string() == "KS 2026/00123");
    CHECK(content.at("/removed")->as_array()->size() == 3);
    CHECK(log.content.find("Brev") == std::string::npos);
    const auto verification = good(folder.record.verify());
    CHECK_FALSE(verification.first_broken.has_value());
    CHECK(verification.removed == 1);
    CHECK(good(folder.library.documents(access::keeper())).size() == 1);
    CHECK(good(folder.library.original(access::keeper(), *kept.version)).string().size() > 64);
}

TEST_CASE("what has changed since the dry run is not removed unseen") {
    Folder folder;
    folder.put("brev.md", "# Brev\n\nEtt.\n");
    folder.rule(Stock::document, 1);
    folder.in_months(2);
    const auto plan = good(folder.retention.plan(folder.ombud));
    REQUIRE(plan.removals.size() == 1);
    folder.put("brev2.md", "# Brev 2\n\nTvå.\n");
    CHECK(code_of(folder.retention.run(folder.ombud, plan.hash)) == ErrorCode::conflict);
    CHECK(code_of(folder.retention.run(access::keeper(), plan.hash)) == ErrorCode::forbidden);
    CHECK(code_of(folder.retention.run(folder.editor, plan.hash)) == ErrorCode::forbidden);
    CHECK(good(folder.library.documents(access::keeper())).size() == 2);
}

TEST_CASE("a hold by person, case, document or entry keeps what it fits, until it is lifted") {
    Folder folder;
    const auto letter =
        folder.put("brev.md", "---\ndnr: KS 2026/7\n---\n# Brev\n\nRut Åkessons hus, 850312-2387.\n");
    const auto entry =
        folder.note("answer_proposal", R"({"question":"Svar till\nRut Åkesson"})", "2024-01-01");
    folder.rule(Stock::document, 1);
    auto answers = folder.rule(Stock::record, 1);
    good(folder.retention.end_rule(folder.ombud, answers.id));
    answers.kind = "answer_proposal";
    good(folder.retention.set_rule(folder.ombud, answers));
    folder.in_months(8);
    const auto going = [&] { return good(folder.retention.plan(folder.ombud)).removals.size(); };
    REQUIRE(going() == 2);
    const auto with = [&](const LegalHold& hold) {
        const auto placed = good(folder.retention.place_hold(folder.ombud, hold));
        const auto count = going();
        CHECK(good(folder.retention.plan(folder.ombud)).held.size() == 2 - count);
        CHECK(good(folder.retention.lift_hold(folder.ombud, placed.id)).lifted_by == "Dag Ombud");
        return count;
    };
    CHECK(with({.reason = "Tillsyn", .person = "Rut Åkesson"}) == 0);
    CHECK(with({.reason = "Tillsyn", .person = "19850312-2387"}) == 1);
    CHECK(with({.reason = "Tillsyn", .person = "Bo Ek"}) == 2);
    CHECK(with({.reason = "Mål", .document = letter.document->str()}) == 1);
    CHECK(with({.reason = "Mål", .entry = entry}) == 1);
    CHECK(with({.reason = "Mål", .person = "Rut Åkesson", .to = day("2025-01-01")}) == 1);
    CHECK(going() == 2);
}

TEST_CASE("an older wording goes when it has been replaced; the document's text stays") {
    Folder folder;
    const auto first = folder.put("taxa.md", "# Taxa\n\nAvgiften är GAMMAL.\n");
    const auto second = folder.put("taxa.md", "# Taxa\n\nAvgiften är NY.\n");
    REQUIRE(first.document == second.document);
    folder.rule(Stock::document, 3, RetentionEvent::replaced);
    folder.in_months(4);
    CHECK(folder.run().documents == 1);
    CHECK_FALSE(folder.tells("GAMMAL"));
    const auto versions = good(folder.library.versions(access::keeper(), *second.document));
    REQUIRE(versions.size() == 1);
    CHECK(versions[0].id == *second.version);
    CHECK(versions[0].current);
    folder.put("taxa.md", "# Taxa\n\nAvgiften är NYAST.\n");
    CHECK(good(folder.library.versions(access::keeper(), *second.document)).front().number !=
          good(folder.library.versions(access::keeper(), *second.document)).back().number);
}

TEST_CASE("an older wording that a hold keeps does not answer for the one that went") {
    Folder folder;
    const auto first = folder.put("taxa.md", "# Taxa\n\nBo Ek betalar gammal avgift.\n");
    folder.put("taxa.md", "# Taxa\n\nNy avgift.\n");
    folder.rule(Stock::document, 1);
    good(folder.retention.place_hold(folder.ombud, {.reason = "Mål", .person = "Bo Ek"}));
    folder.in_months(2);
    CHECK(folder.run().documents == 1);
    CHECK(good(folder.library.documents(folder.editor)).empty());
    CHECK(good(folder.library.catalogue())->entries.empty());
    CHECK(good(folder.library.version(access::keeper(), *first.version)).text.find("Bo Ek") !=
          std::string::npos);
}

TEST_CASE("bytes that another version needs stay") {
    Folder folder;
    const std::string text = "# Samma\n\nSamma BYTES.\n";
    folder.put("a.md", text);
    auto rule = folder.rule(Stock::document, 1);
    folder.in_months(2);
    const auto plan = good(folder.retention.plan(folder.ombud));
    folder.put("b.md", text);
    good(folder.retention.place_hold(
        folder.ombud,
        {.reason = "Mål", .document = good(folder.library.documents(access::keeper())).back().id.str()}));
    CHECK(folder.run().documents == 1);
    CHECK(folder.tells("Samma BYTES"));
    CHECK(good(folder.library.original_hashes()).size() == 1);
    CHECK(good(folder.data.file_path(good(folder.library.original_hashes())[0])).string().size() > 64);
}

TEST_CASE("a run that was cut off is completed by the next one that wipes") {
    Folder folder;
    folder.put("brev.md", "# Brev\n\nDet här är HEMLIGHETEN.\n");
    folder.rule(Stock::document, 1);
    folder.in_months(2);
    good(folder.retention.run(folder.ombud, good(folder.retention.plan(folder.ombud)).hash));
    CHECK(folder.tells("HEMLIGHETEN"));  // the program dies here
    Retention next(*folder.database, folder.data, folder.record, []() -> Result<void> { return {}; });
    CHECK(good(next.unfinished()));
    good(next.finish());
    CHECK_FALSE(good(next.unfinished()));
    CHECK_FALSE(folder.tells("HEMLIGHETEN"));
}

TEST_CASE("the log of removals says what went, and a changed byte of it is found") {
    Folder folder;
    CHECK(good(folder.retention.log()).empty());
    folder.put("brev.md", "# Brev\n\nDet här är HEMLIGHETEN.\n");
    folder.rule(Stock::document, 12);
    folder.in_months(13);
    folder.run();
    const auto log = good(folder.retention.log());
    const auto removed = good(read_removal_log(log));
    REQUIRE(removed.size() == 1);
    CHECK(removed[0].stock == Stock::document);
    CHECK(removed[0].rule.decision == "KS 2026/00123");
    CHECK(removed[0].day == day_in_sweden(folder.moment));
    CHECK(log.find("HEMLIGHETEN") == std::string::npos);
    CHECK(good(folder.retention.returned(folder.ombud, log)).removals.empty());
    // Kept once, and brought back by the record when somebody has taken it away.
    good(folder.retention.keep_log());
    CHECK(good(folder.retention.log()) == log);
    std::filesystem::remove(folder.data.removal_log());
    good(folder.retention.keep_log());
    CHECK(good(folder.retention.log()) == log);

    auto changed = log;
    const auto at = changed.find(removed[0].id);
    REQUIRE(at != std::string::npos);
    changed[at + 1] = changed[at + 1] == 'a' ? 'b' : 'a';
    CHECK(code_of(read_removal_log(changed)) == ErrorCode::corrupt);
    CHECK(code_of(read_removal_log(log + log.substr(0, log.size() / 2))) == ErrorCode::corrupt);
    CHECK(code_of(folder.retention.returned(folder.editor, log)) == ErrorCode::forbidden);
}
