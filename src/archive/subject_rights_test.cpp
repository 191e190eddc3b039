#include "archive/subject_rights.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "archive/archive_package.hpp"
#include "archive/release.hpp"
#include "archive/subject_extract.hpp"
#include "archive/test_folder.hpp"
#include "documents/hidden_references.hpp"
#include "record/marks.hpp"

using namespace kansli;
using namespace kansli::archive;
using namespace kansli::archive::test;

namespace {

constexpr std::array answer_ways{desk::Way::by_hand, desk::Way::mail};
constexpr std::array answer_kinds{
    desk::Kind{.name = "answer", .swedish = "Svarsutkast", .english = "Answer draft", .ways = answer_ways}};

// A folder with a letter about Rut Åkesson, an entry and a proposal that quotes the letter.
struct RightsFolder : Folder {
    access::People people{*database};
    SubjectRights rights{{*database, library, record, people}, [this] { return moment; }};
    Release release{*database, library, record, [this] { return moment; }};
    desk::Desk desk{*database, record, answer_kinds, {documents::hidden_versions}};
    access::Caller reader{access::UserId("u3"), "Lars Läsare", {access::Role::reader}, {}};
    access::Caller reviewer{.id = access::UserId("u4"),
                            .name = "Greta Granskare",
                            .roles = {access::Role::reader, access::Role::reviewer},
                            .review_kinds = {"*"}};
    documents::FileReport letter = put("brev.md", "# Brev\n\nRut Åkesson bor på Gatan 1.\n");

    [[nodiscard]] PartName document() const { return {Part::document, letter.version->str()}; }
    Restriction restricted(const PartName& thing) {
        return good(
            rights.restrict(ombud, {thing, RestrictionGround::accuracy, "Hon säger att det är fel."}));
    }
    desk::Proposal proposal() {
        desk::NewProposal made{
            .kind = "answer",
            .title = "Var bor hon?",
            .text = "På Gatan 1.",
            .input = R"({"question":"Var bor hon?"})",
            .output = "{}",
            .evidence = R"([{"sentence":"På Gatan 1.","quote":"Gatan 1","document":")" +
                        letter.document->str() + R"(","version":")" + letter.version->str() +
                        R"(","title":"Brev","reference":"","path":"","start":0,"end":4,"valid":true}])",
            .settings = "{}"};
        const auto draft = good(desk.propose(reader, std::move(made)));
        return good(desk.submit(reader, draft.id, draft.version, {}));
    }
    SubjectFindings found() { return good(rights.find(ombud, {{"Rut Åkesson"}, ""})); }
};

bool is_missing(const Error& error) {
    return error.code == ErrorCode::not_found;
}

}  // namespace

TEST_CASE("every table of the database says what it holds about people") {
    Folder folder;
    std::set<std::string> there;
    good(folder.database->read([&](store::Connection& connection) -> Result<void> {
        auto& rows =
            TRY(connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT "
                                   "LIKE 'sqlite_%'"))
                .get();
        rows.bind();
        while (TRY(rows.step()))
            there.insert(rows.text(0));
        return {};
    }));
    std::set<std::string> declared;
    for (const auto& note : all_table_notes()) {
        CAPTURE(note.table);
        CHECK(declared.insert(std::string(note.table)).second);
        CHECK_FALSE(note.about.empty());
        CHECK(note.rows.empty() == (note.personal != store::Personal::searched));
    }
    CHECK(declared == there);
}

TEST_CASE("all that is searched can be read: each row is found by its text, and by whose it is") {
    RightsFolder folder;
    const auto user = good(folder.people.create_user({.name = "Rut Åkesson", .email = "rut@example.se"}));
    good(folder.database->write([&](store::Connection& connection) -> Result<void> {
        TRY(connection.execute("INSERT INTO desk_digests VALUES (?1, 'rut@example.se', NULL)",
                               user.id.str()));
        return connection.execute(
            "INSERT INTO jobs (id, kind, payload, owner, state, created, not_before) VALUES ('j', 'import', "
            "'{\"name\":\"Rut Åkessons brev\"}', 'u9', 'done', '2026-01-01T00:00:00.000Z', "
            "'2026-01-01T00:00:00.000Z')");
    }));
    const auto found = folder.found();
    REQUIRE(found.accounts.size() == 1);
    CHECK(found.accounts[0].email == "rut@example.se");
    const auto kinds_of = [&](std::string_view kind) {
        return std::ranges::count(found.items, kind, &SubjectItem::kind);
    };
    CHECK(kinds_of("Brev om vad som väntar i Inkorgen") == 1);
    CHECK(kinds_of("Bakgrundsjobb, som en inläsning av filer") == 1);
    CHECK(kinds_of("Användarnamn, nuvarande och tidigare") == 1);
}

TEST_CASE("a restricted document is on no ordinary path, and back when the restriction is lifted") {
    RightsFolder folder;
    const auto proposal = folder.proposal();
    CHECK(good(folder.desk.waiting_count(folder.reviewer)) == 1);
    const auto restriction = folder.restricted(folder.document());
    CHECK(restriction.thing == PartName{Part::document, folder.letter.document->str()});
    CHECK(restriction.title == "Brev");
    for (const auto& caller : {folder.reader, folder.editor, folder.ombud, access::keeper()}) {
        CHECK(is_missing(folder.library.version(caller, *folder.letter.version).error()));
        CHECK(is_missing(folder.library.document(caller, *folder.letter.document).error()));
        CHECK(good(folder.library.documents(caller)).empty());
        CHECK(good(folder.library.collections(caller)).empty());
    }
    CHECK(good(folder.library.catalogue())->entries.empty());
    CHECK(good(folder.desk.waiting(folder.reviewer, {})).empty());
    CHECK(good(folder.desk.waiting_count(folder.reviewer)) == 0);
    CHECK(is_missing(folder.desk.proposal(folder.reader, proposal.id).error()));
    CHECK(good(folder.release.find(folder.ombud, {.person = "Rut Åkesson"})).items.empty());
    CHECK(is_missing(
        folder.release.draft(folder.ombud, {Stock::document, folder.letter.version->str()}).error()));
    // Whoever looks after it finds it, and the person has it in their extract.
    const auto found = folder.found();
    const auto item = std::ranges::find(found.items, Part::document, &SubjectItem::part);
    REQUIRE(item != found.items.end());
    CHECK(item->restricted);
    CHECK(good(folder.rights.text(folder.ombud, restriction.entry)).find("Gatan 1") != std::string::npos);

    good(folder.rights.lift(folder.ombud, restriction.entry, "Uppgiften är riktig."));
    CHECK(good(folder.library.documents(folder.reader)).size() == 1);
    CHECK(good(folder.library.version(folder.reader, *folder.letter.version)).text.find("Gatan") !=
          std::string::npos);
    CHECK(good(folder.desk.waiting_count(folder.reviewer)) == 1);
    const auto list = good(folder.rights.restrictions(folder.ombud));
    REQUIRE(list.size() == 1);
    CHECK(list[0].lift_reason == "Uppgiften är riktig.");
    CHECK(folder.rights.lift(folder.ombud, restriction.entry, "Igen.").error().code == ErrorCode::not_found);
}

TEST_CASE("what comes in to a restricted document joins it, and is not shown beside it") {
    RightsFolder folder;
    folder.restricted(folder.document());
    const auto next = folder.put("brev.md", "# Brev\n\nRut Åkesson bor på Gatan 2.\n");
    CHECK(next.document == folder.letter.document);
    CHECK(good(folder.library.documents(folder.editor)).empty());
}

TEST_CASE("a restriction of an entry about a proposal is one of the proposal") {
    RightsFolder folder;
    const auto proposal = folder.proposal();
    const auto restriction = folder.restricted({Part::entry, std::to_string(proposal.entry)});
    CHECK(restriction.thing == PartName{Part::proposal, proposal.id.str()});
    CHECK(is_missing(folder.desk.proposal(folder.reader, proposal.id).error()));
    CHECK(good(folder.desk.own(folder.reader)).empty());
    CHECK(is_missing(
        folder.release.draft(folder.ombud, {Stock::record, std::to_string(proposal.entry)}).error()));
    CHECK(folder.rights.restrict(folder.ombud, {{Part::proposal, proposal.id.str()}, {}, "Igen."})
              .error()
              .code == ErrorCode::conflict);
    CHECK(good(folder.rights.text(folder.ombud, restriction.entry)).find("På Gatan 1.") != std::string::npos);
}

TEST_CASE("a restricted entry is not released, nor does what it says go to an archive") {
    RightsFolder folder;
    const auto number =
        folder.note("answer_proposal", R"({"question":"Var bor Rut Åkesson?"})", "2026-01-01");
    CHECK(good(folder.release.find(folder.ombud, {.person = "Rut Åkesson", .kind = "answer_proposal"}))
              .items.size() == 1);
    folder.restricted({Part::entry, std::to_string(number)});
    CHECK(good(folder.release.find(folder.ombud, {.person = "Rut Åkesson", .kind = "answer_proposal"}))
              .items.empty());
    const auto package =
        good(export_archive(*folder.database, folder.library, folder.record, folder.ombud,
                            {.municipality = "Ekarp", .label = "Allt"}, folder.root.path(), folder.moment));
    const auto lines =
        good(read_file(folder.root.path() / package.package / "representations/rep1/data/protokoll.jsonl"));
    CHECK(lines.find("Var bor Rut") == std::string::npos);
    CHECK(lines.find("\"number\":" + std::to_string(number)) != std::string::npos);
}

TEST_CASE("what is restricted stays, whatever the retention schedule says") {
    RightsFolder folder;
    const auto number = folder.note("answer_proposal", R"({"question":"Vem?"})", "2025-01-01");
    folder.rule(Stock::record, 1);
    folder.in_months(12);
    const auto goes = [&] {
        const auto plan = good(folder.retention.plan(folder.ombud));
        return std::ranges::any_of(plan.removals, [&](const PlannedRemoval& removal) {
            return removal.id == std::to_string(number);
        });
    };
    CHECK(goes());
    const auto restriction = folder.restricted({Part::entry, std::to_string(number)});
    CHECK_FALSE(goes());
    CHECK(good(folder.retention.plan(folder.ombud)).kept.at("restricted") >= 1);
    good(folder.rights.lift(folder.ombud, restriction.entry, "Klart."));
    CHECK(goes());
}

TEST_CASE("a correction is shown with what it corrects, in the extract and in what is released") {
    RightsFolder folder;
    const NewCorrection wanted{folder.document(), "Gatan 1", "Gatan 3", "Folkbokföringen säger det.", false};
    const auto note = good(folder.rights.correct(folder.ombud, wanted));
    CHECK(good(folder.record.entry(note.entry)).kind == correction_kind);
    const auto notes = good(folder.rights.corrections_of(folder.letter.version->str()));
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].right == "Gatan 3");
    const auto draft =
        good(folder.release.draft(folder.ombud, {Stock::document, folder.letter.version->str()}));
    CHECK(draft.text.find("Gatan 1") != std::string::npos);
    CHECK(draft.text.find("Rätt uppgift: Gatan 3") != std::string::npos);
    CHECK(draft.text.find("Folkbokföringen") == std::string::npos);
    good(extract_subject(folder.rights.stores(), folder.ombud, {{"Rut Åkesson"}, ""}, folder.root.path(),
                         folder.moment));
    CHECK(good(read_file(folder.root.path() / "registerutdrag.html")).find("Gatan 3") != std::string::npos);
    CHECK(good(folder.record.verify()).first_broken == std::nullopt);
}

TEST_CASE("a wording that was wrong is searched no more once the right one is there, which takes its days") {
    RightsFolder folder;
    const auto correct = [&] {
        return folder.rights.correct(
            folder.ombud, {folder.document(), "Gatan 1", "Gatan 3", "Ny lydelse är inläst.", true});
    };
    CHECK(correct().error().code == ErrorCode::conflict);
    const auto right = folder.put("brev.md", "# Brev\n\nRut Åkesson bor på Gatan 3.\n");
    const auto before = good(folder.library.catalogue());
    REQUIRE(before->find(*folder.letter.version) != nullptr);
    const auto since = before->find(*folder.letter.version)->in_force_from;
    const auto note = good(correct());
    const auto after = good(folder.library.catalogue());
    CHECK(after->find(*folder.letter.version) == nullptr);
    REQUIRE(after->find(*right.version) != nullptr);
    CHECK(after->find(*right.version)->in_force_from == since);
    const auto versions = good(folder.library.versions(folder.reader, *folder.letter.document));
    REQUIRE(versions.size() == 2);
    CHECK(versions[1].corrected == note.entry);
    CHECK(good(folder.library.version(folder.reader, *folder.letter.version)).text.find("Gatan 1") !=
          std::string::npos);
}

TEST_CASE("who has received a thing is told of: deliveries and releases") {
    RightsFolder folder;
    const auto proposal = folder.proposal();
    const auto reviewer = good(folder.desk.reviewer(folder.reviewer, "answer"));
    auto decided = good(folder.desk.review(reviewer, proposal.id, proposal.version, {}));
    const auto decision = good(folder.desk.decision(folder.reader, proposal.id));
    good(folder.desk.deliver(folder.reader, decision, decided.version, desk::Way::mail, "rut@example.se"));
    const auto draft =
        good(folder.release.draft(folder.ombud, {Stock::document, folder.letter.version->str()}));
    good(folder.release.make(folder.ombud,
                             {.case_number = "KS 2026/7",
                              .recipient = "Bladet",
                              .items = {{Stock::document, draft.id, draft.text_hash, {}, false}}},
                             folder.root.path() / "ut"));
    const auto of_document = good(folder.rights.recipients(folder.ombud, folder.document()));
    REQUIRE(of_document.size() == 2);
    const auto mail = std::ranges::find(of_document, "mail", &Recipient::way);
    REQUIRE(mail != of_document.end());
    CHECK(mail->target == "rut@example.se");
    const auto released = std::ranges::find(of_document, "release", &Recipient::way);
    REQUIRE(released != of_document.end());
    CHECK(released->target == "Bladet");
    CHECK(good(folder.rights.recipients(folder.ombud, {Part::proposal, proposal.id.str()})).size() == 1);
}

TEST_CASE("only who protects may change, who audits may look, and every change has its reason") {
    RightsFolder folder;
    const access::Caller auditor{access::UserId("u5"), "Rolf Revisor", {access::Role::auditor}, {}};
    const NewRestriction wanted{folder.document(), RestrictionGround::claims, "Hon behöver det."};
    for (const auto& caller : {folder.reader, folder.editor, folder.reviewer, auditor}) {
        CHECK(folder.rights.restrict(caller, wanted).error().code == ErrorCode::forbidden);
        CHECK(folder.rights.correct(caller, {folder.document(), "", "rätt", "skäl", false}).error().code ==
              ErrorCode::forbidden);
        CHECK(folder.rights.lift(caller, 1, "skäl").error().code == ErrorCode::forbidden);
        CHECK(folder.rights.recipients(caller, folder.document()).error().code == ErrorCode::forbidden);
        CHECK(folder.rights.find(caller, {{"Rut"}, ""}).error().code == ErrorCode::forbidden);
    }
    CHECK(folder.rights.restrictions(folder.reader).error().code == ErrorCode::forbidden);
    const auto made = good(folder.rights.restrict(folder.ombud, wanted));
    CHECK(good(folder.rights.restrictions(auditor)).size() == 1);
    CHECK(good(folder.rights.text(auditor, made.entry)).find("Gatan") != std::string::npos);
    CHECK(folder.rights.restrict(folder.ombud, {folder.document(), {}, " "}).error().where == "reason");
    CHECK(folder.rights.correct(folder.ombud, {folder.document(), "", " ", "skäl", false}).error().where ==
          "right");
    for (const auto& name : {PartName{Part::document, "d00000000000000000000"}, PartName{Part::entry, "999"},
                             PartName{Part::entry, "x"}, PartName{Part::proposal, "finns inte"}})
        CHECK(is_missing(folder.rights.restrict(folder.ombud, {name, {}, "skäl"}).error()));
    CHECK(folder.rights.restrict(folder.ombud, {{Part::other, "1"}, {}, "skäl"}).error().code ==
          ErrorCode::invalid_input);
}

TEST_CASE("a search that is told to stop stops") {
    RightsFolder folder;
    std::stop_source stop;
    stop.request_stop();
    CHECK(folder.rights.find(folder.ombud, {{"Rut Åkesson"}, ""}, {}, stop.get_token()).error().code ==
          ErrorCode::cancelled);
    std::int64_t done = 0;
    std::int64_t all = 0;
    good(folder.rights.find(folder.ombud, {{"Rut Åkesson"}, ""}, [&](std::int64_t now, std::int64_t of) {
        done = now;
        all = of;
    }));
    CHECK(done == all);
    CHECK(all > 1);
}
