#include "archive/release.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "archive/test_folder.hpp"
#include "core/hash.hpp"

using namespace kansli;
using namespace kansli::archive;
using namespace kansli::archive::test;

namespace {

struct Desk : Folder {
    Release release{*database, library, record, [this] { return moment; }};

    [[nodiscard]] std::filesystem::path out() const { return root.path() / "ut"; }
    [[nodiscard]] std::string page(const char* name) const { return good(read_file(out() / name)); }
};

// The item whole, as the draft has it.
ReleaseItem whole(const ReleaseDraft& draft) {
    return {.stock = draft.stock, .id = draft.id, .text_hash = draft.text_hash};
}

Mask over(const ReleaseDraft& draft, std::string_view part, const char* provision = "25 kap. 1 § OSL") {
    const auto start = draft.text.find(part);
    REQUIRE(start != std::string::npos);
    return {start, start + part.size(), provision};
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("what is asked for is found by person, case, words, kind and day") {
    Desk desk;
    desk.put("a.md",
             "---\ndnr: KS 2026/7\ntyp: letter\n---\n# Brev om staket\n\nRut Åkesson, 850312-2387, bygger "
             "staketet.\n");
    desk.put("b.md", "# Policy\n\nAlla staket ska vara gröna.\n");
    const auto entry =
        desk.note("answer_proposal", R"({"question":"Vad säger\nRut Åkessons granne?"})", "2026-03-05");
    const auto count = [&](const ReleaseQuery& query) {
        return good(desk.release.find(desk.ombud, query)).total;
    };
    CHECK(count({.person = "Rut Åkesson"}) == 2);
    CHECK(count({.person = "19850312-2387"}) == 1);
    CHECK(count({.case_number = "KS 2026/7"}) == 1);
    CHECK(count({.words = "gröna staketen"}) == 1);
    CHECK(count({.kind = "answer_proposal"}) == 1);
    CHECK(count({.kind = "answer_proposal", .from = day("2026-03-06")}) == 0);
    CHECK(count({.kind = "answer_proposal", .from = day("2026-03-01"), .to = day("2026-03-07")}) == 1);
    const auto found =
        good(desk.release.find(desk.ombud, {.person = "Rut Åkesson", .kind = "answer_proposal"}));
    CHECK(found.items[0].id == std::to_string(entry));
    CHECK(has(found.items[0].snippet, "Rut Åkessons granne"));
    CHECK(desk.release.find(desk.ombud, {}).error().code == ErrorCode::invalid_input);
    CHECK(desk.release.find(desk.editor, {.person = "Rut"}).error().code == ErrorCode::forbidden);
}

TEST_CASE(
    "a search for what is asked tells how far it has come, stops when it is told to, and knows blanks for "
    "nothing") {
    Desk desk;
    desk.put("a.md", "# Brev\n\nRut Åkesson bygger staketet.\n");
    desk.put("b.md", "# Policy\n\nAlla staket ska vara gröna.\n");
    std::int64_t done = 0;
    std::int64_t all = 0;
    const auto found = good(desk.release.find(desk.ombud, {.person = "Rut Åkesson", .case_number = " "},
                                              [&](std::int64_t now, std::int64_t of) {
                                                  done = now;
                                                  all = of;
                                              }));
    CHECK(found.total == 1);
    CHECK(done == all);
    CHECK(all == 3);  // two documents and the record
    std::stop_source stop;
    stop.request_stop();
    CHECK(desk.release.find(desk.ombud, {.person = "Rut"}, {}, stop.get_token()).error().code ==
          ErrorCode::cancelled);
    CHECK(desk.release.find(desk.ombud, {.person = " ", .words = "\u00A0"}).error().code ==
          ErrorCode::invalid_input);
}

TEST_CASE("what the caller may not read is not found, not drafted and not released") {
    Desk desk;
    const auto report = desk.put("a.md", "---\nåtkomst: HR\n---\n# Hemlig\n\nRut Åkesson.\n");
    auto attributes = good(desk.library.document(access::keeper(), *report.document)).attributes;
    attributes.access = {"HR"};
    good(desk.library.describe(access::keeper(), *report.document, attributes));
    CHECK(good(desk.release.find(desk.ombud, {.person = "Rut Åkesson"})).total == 0);
    CHECK(desk.release.draft(desk.ombud, {Stock::document, report.version->str()}).error().code ==
          ErrorCode::not_found);
    auto member = desk.ombud;
    member.groups = {"HR"};
    CHECK(good(desk.release.find(member, {.person = "Rut Åkesson"})).total == 1);
    const auto draft = good(desk.release.draft(member, {Stock::document, report.version->str()}));
    CHECK(desk.release.make(desk.ombud, {"KS 2026/1", {}, {whole(draft)}}, desk.out()).error().code ==
          ErrorCode::not_found);
    CHECK_FALSE(std::filesystem::exists(desk.out()));
}

TEST_CASE("a document out of use is still found by those who may read it") {
    Desk desk;
    const auto report = desk.put("a.md", "# Brev\n\nRut Åkesson.\n");
    good(desk.library.withdraw(access::keeper(), *report.document));
    auto both = desk.ombud;
    both.roles.push_back(access::Role::administrator);
    CHECK(good(desk.release.find(both, {.person = "Rut Åkesson"})).total == 1);
    CHECK(good(desk.release.find(desk.ombud, {.person = "Rut Åkesson"})).total == 0);
}

TEST_CASE("a draft proposes what to look at and gives no provision for what is usually public") {
    Desk desk;
    const auto report = desk.put("a.md",
                                 "# Beslut\n\nRut Åkesson, 850312-2387, sökte. Hon har en diagnos sedan år "
                                 "2020. Staketet är grönt.\n");
    const auto draft = good(desk.release.draft(desk.ombud, {Stock::document, report.version->str()}));
    const auto proposed = [&](std::string_view part) {
        const auto at = draft.text.find(part);
        const auto found = std::ranges::find_if(
            draft.proposals, [&](const auto& each) { return each.start <= at && at < each.end; });
        return found == draft.proposals.end() ? std::string("nej") : found->reason + ":" + found->provision;
    };
    CHECK(proposed("850312-2387") == "personnummer:");
    CHECK(proposed("Rut") == "namn:");
    CHECK(proposed("diagnos") == "uppgift om hälsa:25 kap. 1 § OSL");
    CHECK(proposed("Staketet") == "nej");
}

TEST_CASE(
    "a package holds the masked texts, the checksums and nothing else of them; the record tells of it") {
    Desk desk;
    const auto report = desk.put("a.md", "# Beslut\n\nRut Åkesson har en diagnos.\n\nStaketet <är> grönt.\n");
    const auto other = desk.put("b.md", "# Policy\n\nHel text.\n");
    const auto draft = good(desk.release.draft(desk.ombud, {Stock::document, report.version->str()}));
    auto first = whole(draft);
    first.masks = {over(draft, "har en diagnos"), over(draft, "Rut Åkesson", "21 kap. 7 § OSL")};
    auto second = whole(good(desk.release.draft(desk.ombud, {Stock::document, other.version->str()})));
    second.with_original = true;
    const auto made = good(desk.release.make(desk.ombud, {"KS 2026/14", {}, {first, second}}, desk.out()));
    CHECK(made.masks == 2);
    const auto page = desk.page("001.html");
    CHECK(has(page, "[maskat: 21 kap. 7 § OSL] [maskat: 25 kap. 1 § OSL]"));
    CHECK(has(page, "Staketet &lt;är&gt; grönt."));
    CHECK(has(page, "KS 2026/14"));
    CHECK(has(desk.page("002.html"), "original/002.md\""));
    CHECK(has(desk.page("original/002.md"), "Hel text."));
    CHECK(has(desk.page("handlingar.json"), "\"provisions\""));
    const auto sums = desk.page("SHA256SUMS");
    CHECK(made.manifest == sha256(sums));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(desk.out())) {
        if (!entry.is_regular_file()) continue;
        const auto bytes = good(read_file(entry.path()));
        CHECK_FALSE(has(bytes, "diagnos"));
        CHECK_FALSE(has(bytes, "Åkesson"));
        const auto name = entry.path().lexically_relative(desk.out()).generic_string();
        if (name != "SHA256SUMS") CHECK(has(sums, sha256(bytes) + "  " + name + "\n"));
    }
    const auto log = good(desk.record.entry(made.entry));
    CHECK(log.kind == "records_released");
    CHECK(log.subject == "KS 2026/14");
    CHECK(has(log.content, "21 kap. 7 § OSL"));
    CHECK_FALSE(has(log.content, "recipient"));
    CHECK_FALSE(has(log.content, "diagnos"));
}

TEST_CASE("nothing goes out unreviewed, without a case number, or with its original beside a mask") {
    Desk desk;
    const auto entry =
        desk.note("answer_proposal", R"({"question":"Vad kostar ett årskort?"})", "2026-03-05");
    const auto draft = good(desk.release.draft(desk.ombud, {Stock::record, std::to_string(entry)}));
    auto item = whole(draft);
    item.text_hash = sha256("en annan text");
    const auto refused = [&](const ReleaseOrder& order) {
        const auto made = desk.release.make(desk.ombud, order, desk.out());
        REQUIRE_FALSE(made.has_value());
        CHECK_FALSE(std::filesystem::exists(desk.out()));
        return made.error();
    };
    CHECK(refused({"KS 2026/14", {}, {item}}).code == ErrorCode::conflict);
    item = whole(draft);
    CHECK(refused({"", {}, {item}}).where == "case_number");
    CHECK(refused({"KS 2026/14", {}, {}}).where == "items");
    item.masks = {over(draft, "årskort")};
    item.with_original = true;
    CHECK(refused({"KS 2026/14", {}, {item}}).code == ErrorCode::invalid_input);
    auto reader = desk.ombud;
    reader.scope = access::Rights{access::Right::protect};
    CHECK(desk.release.draft(reader, {Stock::record, std::to_string(entry)}).error().code ==
          ErrorCode::not_found);
    desk.write_removed(entry);
    CHECK(refused({"KS 2026/14", {}, {whole(draft)}}).code == ErrorCode::not_found);
}

TEST_CASE("masks must lie in the text, on characters, apart, and have a provision") {
    CHECK(good(masked("Åsa bor här", {{9, 12, "B"}, {0, 4, "A"}})) == "[maskat: A] bor [maskat: B]r");
    CHECK_FALSE(masked("Åsa", {{1, 3, "A"}}).has_value());
    CHECK_FALSE(masked("Åsa", {{0, 5, "A"}}).has_value());
    CHECK_FALSE(masked("Åsa", {{2, 2, "A"}}).has_value());
    CHECK_FALSE(masked("Åsa", {{0, 2, ""}}).has_value());
    CHECK_FALSE(masked("Åsa", {{0, 2, " "}}).has_value());
    CHECK_FALSE(masked("abcdef", {{0, 3, "A"}, {2, 4, "A"}}).has_value());
    rc::check("what is masked is gone and the rest stays", [] {
        const auto before = *rc::gen::container<std::string>(rc::gen::inRange('a', 'f'));
        const auto secret = "Z" + *rc::gen::container<std::string>(rc::gen::just('Z'));
        const auto after = *rc::gen::container<std::string>(rc::gen::inRange('a', 'f'));
        const auto result =
            masked(before + secret + after, {{before.size(), before.size() + secret.size(), "§"}}).value();
        RC_ASSERT(result == before + "[maskat: §]" + after);
    });
}
