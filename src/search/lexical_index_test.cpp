#include "search/lexical_index.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "search/detail/layout.hpp"
#include "search/memory_material.hpp"
#include "search/test_documents.hpp"

using namespace kansli;
using namespace kansli::search;
using documents::Validity;
using test::TestHouse;
using test::text_document;

namespace {

std::vector<std::string> paths(const Results& results) {
    std::vector<std::string> paths;
    for (const Hit& hit : results.hits)
        paths.push_back(hit.path);
    return paths;
}

std::string marked(const Hit& hit) {
    std::string text = hit.snippet;
    for (auto mark = hit.marks.rbegin(); mark != hit.marks.rend(); ++mark) {
        text.insert(mark->end, "]");
        text.insert(mark->start, "[");
    }
    return text;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("rows of a table are kept apart in a snippet") {
    TestHouse house;
    house.add(text_document("Taxa", {{"Bygglov",
                                      "Avgifter tas ut så här.\n\nÅtgärd | Avgift\n\nKomplementbyggnad | "
                                      "4 800\n\nAltan | 2 400\n\nMoms\ntillkommer."}}));
    CHECK(marked(house.find("komplementbyggnad").hits.at(0)) ==
          "Avgifter tas ut så här. · Åtgärd | Avgift · [Komplementbyggnad] | 4 800 · Altan | 2 400 · Moms "
          "tillkommer.");
}

TEST_CASE("words find sections by their stems, best first") {
    TestHouse house;
    house.add(text_document(
        "Taxa", {{"Bygglov", "Avgiften för bygglov betalas till kommunen. Bygglovet gäller fem år."},
                 {"Avfall", "Sopor hämtas varje vecka."},
                 {"Altan", "En altan kan kräva anmälan, men inte alltid bygglov."}}));
    const Results found = house.find("bygglovens");
    CHECK(paths(found) == Paths{"Bygglov", "Altan"});
    CHECK(found.total == 2);
    CHECK(found.total_is_exact);
    CHECK(marked(found.hits[0]) ==
          "Avgiften för [bygglov] betalas till kommunen. [Bygglovet] gäller fem år.");
    CHECK(found.hits[0].score > found.hits[1].score);
    CHECK(found.hits[0].title == "Taxa");
    CHECK(house.find("sopor").hits.size() == 1);
    CHECK(house.find("och").hits.empty());
    CHECK(house.find("").hits.empty());
}

TEST_CASE("compounds and their parts find each other, below the word itself") {
    TestHouse house;
    house.add(text_document("Taxa", {{"Hela", "Bygglovsavgiften tas ut i förskott."},
                                     {"Delar", "En avgift tas ut för bygglov i förskott."},
                                     {"Annat", "En avgift tas ut för parkering i förskott."}}));
    CHECK(paths(house.find("bygglovsavgift")) == Paths{"Hela", "Delar"});
    const Paths apart = paths(house.find("avgift bygglov"));
    REQUIRE(apart.size() >= 3);
    CHECK(apart[0] == "Delar");
    CHECK(apart[1] == "Hela");
}

TEST_CASE("phrases are required, exclusions kept out, prefixes opened") {
    TestHouse house;
    house.add(text_document("Regler", {{"1", "Avgift för bygglov tas ut."},
                                       {"2", "För bygglov krävs ansökan, och en avgift."},
                                       {"3", "Byggnader och byggnation kräver anmälan."},
                                       {"4", "Byggsanktionsavgift tas ut."}}));
    CHECK(paths(house.find("\"avgift för bygglov\"")) == Paths{"1"});
    CHECK(paths(house.find("\"bygglov krävs\" anmälan")) == Paths{"2"});
    CHECK(paths(house.find("bygglov -ansökan")) == Paths{"1"});
    CHECK(paths(house.find("bygglov -\"avgift för bygglov\"")) == Paths{"2"});
    CHECK(paths(house.find("byggna*")) == Paths{"3"});
    CHECK(house.find("-bygglov").hits.empty());
    CHECK(house.find("bygg*").total == 4);
}

TEST_CASE("headings and titles count, and a place in a statute is found as such") {
    TestHouse house;
    auto statute =
        text_document("Plan- och bygglag", {{"9 kap. 4 §", "Det krävs inte lov för en friggebod."},
                                            {"9 kap. 5 §", "Det krävs lov i övrigt. Se 9 kap. 4 §."}});
    statute.attributes.reference = "2010:900";
    house.add(std::move(statute));
    auto other = text_document("Miljöbalk", {{"9 kap. 4 §", "Om hälsoskydd."}});
    other.attributes.reference = "1998:808";
    house.add(std::move(other));
    const Results exact = house.find("PBL 9 kap. 4 §");
    REQUIRE(exact.hits.size() >= 2);
    CHECK(exact.hits[0].path == "9 kap. 4 §");
    CHECK(exact.hits[0].reference == "2010:900");
    CHECK(house.find("1998:808 9 kap 4 §").hits[0].reference == "1998:808");
    CHECK(house.find("miljöbalken hälsoskydd").hits[0].reference == "1998:808");
}

TEST_CASE("the day decides which version is found and how it is marked") {
    TestHouse house;
    const documents::DocumentId fees("avgifter");
    documents::CatalogueEntry old;
    old.document = fees;
    old.in_force_to = TestHouse::day("2025-12-31");
    documents::CatalogueEntry current;
    current.document = fees;
    current.in_force_from = TestHouse::day("2026-01-01");
    house.add(text_document("Reglemente 2025", {{"Avgift", "Avgiften är hundra kronor."}}), old);
    house.add(text_document("Reglemente 2026", {{"Avgift", "Avgiften är tvåhundra kronor."}}), current);
    auto repealed = text_document("Upphävt reglemente", {{"Avgift", "Avgift avgift avgift."}});
    repealed.attributes.valid_to = TestHouse::day("2024-06-30");
    house.add(std::move(repealed));

    Query query = TestHouse::query("avgift");
    Results found = house.find(query);
    REQUIRE(found.hits.size() == 2);
    CHECK(found.hits[0].title == "Reglemente 2026");
    CHECK(found.hits[0].validity == Validity::applies);
    CHECK(found.hits[1].title == "Upphävt reglemente");
    CHECK(found.hits[1].validity == Validity::expired);
    CHECK(found.total == 2);

    query.include_not_in_force = false;
    found = house.find(query);
    REQUIRE(found.hits.size() == 1);
    CHECK(found.total == 1);

    query.include_not_in_force = true;
    query.as_of = TestHouse::day("2025-06-01");
    CHECK(house.find(query).hits[0].title == "Reglemente 2025");
    query.as_of = TestHouse::day("2024-06-01");
    CHECK(house.find(query).hits[0].title == "Upphävt reglemente");

    query = TestHouse::query("avgift");
    query.limit = 1;
    query.offset = 1;
    found = house.find(query);
    REQUIRE(found.hits.size() == 1);
    CHECK(found.hits[0].title == "Upphävt reglemente");
    CHECK(found.total == 2);
}

TEST_CASE("a list of contents is not found by the headings that it lists") {
    TestHouse house;
    auto plan = text_document("Översiktsplan",
                              {{"Innehåll", "Vattenskydd 4, Buller 7"}, {"Buller", "Buller ska mätas."}});
    plan.sections[1].role = documents::SectionRole::contents;
    house.add(std::move(plan));
    CHECK(house.find("vattenskydd").total == 0);
    CHECK(paths(house.find("buller")).size() == 1);
    CHECK_FALSE(house.find("innehåll").hits.empty());
}

TEST_CASE("what no longer applies is found by its name, and questions get it last") {
    TestHouse house;
    auto repealed = text_document("Torgstadga", {{"Torgplatser", "Torgplatser fördelas av torgfogden."}});
    repealed.attributes.valid_to = TestHouse::day("2024-06-30");
    house.add(std::move(repealed));
    house.add(text_document(
        "Ordningsföreskrifter",
        {{"Torg", "På torg får försäljning ske med tillstånd, som söks hos polisen i god tid."}}));
    Query query = TestHouse::query("torgstadga torg");
    query.question = true;
    CHECK(house.find(query).hits.at(0).title == "Ordningsföreskrifter");
    const Results found = house.find("torgstadga");
    REQUIRE_FALSE(found.hits.empty());
    CHECK(found.hits[0].validity == Validity::expired);
    const auto why = house.index().explain(TestHouse::reader(), TestHouse::query("torgstadga"),
                                           found.hits[0].version, found.hits[0].section);
    REQUIRE(why);
    double sum = 0;
    for (const ExplainedTerm& term : *why)
        sum += term.weight;
    CHECK(sum == doctest::Approx(found.hits[0].score));
}

TEST_CASE("filters limit by collection, kind and owner") {
    TestHouse house;
    documents::CatalogueEntry laws;
    laws.collection = "lagar";
    documents::CatalogueEntry rules;
    rules.collection = "riktlinjer";
    auto law = text_document("Lag", {{"1 §", "Om parkering."}});
    law.attributes.kind = documents::DocumentKind::statute;
    auto rule = text_document("Riktlinje", {{"1", "Om parkering."}});
    rule.attributes.owner = "Tekniska nämnden";
    house.add(std::move(law), laws);
    house.add(std::move(rule), rules);
    Query query = TestHouse::query("parkering");
    CHECK(house.find(query).total == 2);
    query.collections = {"lagar"};
    CHECK(house.find(query).hits.at(0).title == "Lag");
    CHECK(house.find(query).total == 1);
    query.collections = {"okänd"};
    CHECK(house.find(query).total == 0);
    query = TestHouse::query("parkering");
    query.kind = documents::DocumentKind::statute;
    CHECK(house.find(query).hits.at(0).title == "Lag");
    query = TestHouse::query("parkering");
    query.owner = "Tekniska nämnden";
    CHECK(house.find(query).hits.at(0).title == "Riktlinje");
}

TEST_CASE("spellings are proposed from the index, never for words that are right") {
    TestHouse house;
    std::vector<test::Part> parts;
    for (int i = 0; i < 5; ++i)
        parts.push_back(
            {"Avsnitt " + std::to_string(i), "Ansökan om bygglov prövas. Förskola, fönster och åtgärder."});
    house.add(text_document("Regler", parts));
    CHECK(house.find("byglov").suggestion == "bygglov");
    CHECK(house.find("ansokan byglov").suggestion == "ansökan bygglov");
    CHECK(house.find("forskola").suggestion == "förskola");
    CHECK(house.find("atgarder").suggestion == "åtgärder");
    CHECK(house.find("byggolv").suggestion == "bygglov");
    CHECK_FALSE(house.find("bygglov").suggestion);
    CHECK_FALSE(house.find("prövad").suggestion);
    CHECK_FALSE(house.find("hund").suggestion);
    CHECK_FALSE(house.find("2010:901").suggestion);
    CHECK_FALSE(house.find("xqzwvxqzwv").suggestion);
}

TEST_CASE("why a hit was found adds up to its score") {
    TestHouse house;
    house.add(text_document("Taxa för bygglov",
                            {{"Bygglov", "Bygglovet kostar. Bygglovsavgift och avgifter betalas."},
                             {"Annat", "Annan text om parkering."}}));
    const Query query = TestHouse::query("bygglov avgift");
    const Results found = house.find(query);
    REQUIRE_FALSE(found.hits.empty());
    const Hit& hit = found.hits[0];
    const auto terms = house.index().explain(TestHouse::reader(), query, hit.version, hit.section);
    REQUIRE(terms);
    double sum = 0;
    std::set<std::string> seen;
    for (const ExplainedTerm& term : *terms) {
        sum += term.weight;
        seen.insert(term.word + ">" + term.matched + ":" + term.relation + ":" + term.field);
        CHECK(term.occurrences > 0);
    }
    CHECK(sum == doctest::Approx(hit.score));
    CHECK(seen.contains("bygglov>bygglov:exact:title"));
    CHECK(seen.contains("bygglov>bygglov:exact:heading"));
    CHECK(seen.contains("bygglov>bygglovet:inflection:text"));
    CHECK(seen.contains("avgift>avgifter:inflection:text"));
    CHECK(seen.contains("avgift>bygglovsavgift:compound part:text"));
    const auto nobody = house.index().explain(TestHouse::reader(), query, documents::VersionId("okänd"), 0);
    REQUIRE_FALSE(nobody);
    CHECK(nobody.error().code == ErrorCode::not_found);
}

TEST_CASE("a changed access list hides at once and is put right by sync") {
    TestHouse house;
    const auto number =
        house.add(text_document("Hemlig plan", {{"Plan", "Reservvattentäkten ligger vid kvarnen."}}));
    house.add(text_document("Annat", {{"Vatten", "Vatten kommer ur kranen."}}));
    CHECK(house.find("reservvattentäkten").total == 1);
    house.material().change(number, [](auto& entry) { entry.attributes.access = {"beredskap"}; });
    CHECK(house.find("reservvattentäkten").total == 0);
    CHECK_FALSE(house.find("reservvattentäktn").suggestion);
    CHECK(house.index().is_out_of_step().value());
    const auto report = house.index().sync();
    REQUIRE(report);
    CHECK(report->added == 1);
    CHECK_FALSE(house.index().is_out_of_step().value());
    CHECK(house.find("reservvattentäkten").total == 0);
    CHECK_FALSE(house.find("reservvattentäktn").suggestion);
    CHECK(house.find("reservvattentäkten", {"beredskap"}).total == 1);
    // The words of documents with limits of their own are nobody's spellings, not even of those who may read them.
    CHECK_FALSE(house.find("reservvattentäktn", {"beredskap"}).suggestion);
}

TEST_CASE("what a collection lets in is read whole, and a new list of it moves nothing") {
    TestHouse house;
    house.material().set({.name = "intern", .access = {"personal"}});
    documents::CatalogueEntry intern;
    intern.collection = "intern";
    house.add(text_document("Handbok", {{"Larm", "Larmcentralen öppnas av jourhavande."}}), intern);
    CHECK(house.find("larmcentralen").total == 0);
    CHECK(house.find("larmcentralen", {"personal"}).total == 1);
    CHECK(house.find("larmcentraln", {"personal"}).suggestion == "larmcentralen");
    CHECK_FALSE(house.find("larmcentraln").suggestion);
    house.material().set({.name = "intern", .access = {"jour"}});
    CHECK(house.find("larmcentralen", {"personal"}).total == 0);
    CHECK(house.find("larmcentralen", {"jour"}).total == 1);
    CHECK_FALSE(house.index().is_out_of_step().value());
    house.material().set({.name = "intern"});
    CHECK(house.find("larmcentralen").total == 1);
    CHECK(house.index().is_out_of_step().value());
    REQUIRE(house.index().sync());
    CHECK(house.find("larmcentralen").total == 1);
    CHECK(house.index().statistics()->shards == 2);
}

TEST_CASE("prefixes, phrases and explanations reach what only the caller may read, with its own figures") {
    TestHouse house;
    auto secret = text_document("Plan", {{"Kvarn", "Kvarnhjulet vid kvarnen drivs av reservkraft."}});
    secret.attributes.access = {"beredskap"};
    house.add(std::move(secret));
    auto other = text_document("Annan", {{"Kvarn", "Kvarnrännan rensas av kvarnvakten."}});
    other.attributes.access = {"annat"};
    house.add(std::move(other));
    const std::vector<std::string> groups = {"beredskap"};
    CHECK(house.find("kvarnhj*", groups).total == 1);
    CHECK(house.find("kvarnhj*", {"annat"}).total == 0);
    CHECK(house.find("\"drivs av reservkraft\"", groups).total == 1);
    const Results found = house.find("kvarnen reservkraft", groups);
    REQUIRE_FALSE(found.hits.empty());
    const auto why = house.index().explain(TestHouse::reader(groups), TestHouse::query("kvarnen reservkraft"),
                                           found.hits[0].version, found.hits[0].section);
    REQUIRE(why);
    double sum = 0;
    for (const ExplainedTerm& term : *why)
        sum += term.weight;
    CHECK(sum == doctest::Approx(found.hits[0].score));
    CHECK(house.index()
              .explain(TestHouse::reader({"annat"}), TestHouse::query("kvarnen"), found.hits[0].version, 0)
              .error()
              .code == ErrorCode::not_found);
}

TEST_CASE("a version is invisible until the catalogue holds it, and can be added again") {
    TestHouse house;
    house.add(text_document("Ett", {{"A", "Om cyklar."}}));
    const auto pending = text_document("Två", {{"B", "Om cyklar och bilar."}});
    for (int time = 0; time < 2; ++time) {
        const auto added = house.index().add(2, pending, {});
        REQUIRE_MESSAGE(added, to_line(added.error()));
        REQUIRE(house.index().commit());
    }
    CHECK(house.find("cyklar").total == 1);
    CHECK_FALSE(house.find("cyklar").hits.empty());
    house.material().put({}, pending);
    CHECK(house.find("cyklar").total == 2);
    CHECK(house.index().statistics()->versions == 2);
}

TEST_CASE("what goes without commit was never there") {
    TestHouse house;
    house.add(text_document("Ett", {{"A", "Om cyklar."}}));
    {
        auto other = house.another_index();
        REQUIRE(other->add(2, text_document("Två", {{"B", "Om bilar."}}), {}));
    }
    CHECK(house.index().statistics()->versions == 1);
    CHECK_FALSE(house.index().is_out_of_step().value());
}

TEST_CASE("a second writer waits its turn and then is told") {
    TestHouse house;
    auto other = house.another_index();
    REQUIRE(house.index().add(1, text_document("Ett", {{"A", "Om cyklar."}}), {}));
    const auto refused = other->add(2, text_document("Två", {{"B", "Om bilar."}}), {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::busy);
    REQUIRE(house.index().commit());
    CHECK(other->add(2, text_document("Två", {{"B", "Om bilar."}}), {}));
    CHECK(other->commit());
}

TEST_CASE("rebuilding gives the same answers, keeps imports made meanwhile and leaves nothing behind") {
    TestHouse house;
    for (int i = 0; i < 20; ++i)
        house.add(text_document(
            "Dokument " + std::to_string(i),
            {{"A", "Bygglov nummer " + std::to_string(i) + " och avgift."}, {"B", "Annan text."}}));
    house.material().withdraw(3);
    const Results before = house.find("bygglov avgift");
    bool imported = false;
    REQUIRE(house.index().rebuild([&](std::int64_t, std::int64_t) {
        if (std::exchange(imported, true)) return;
        house.add(text_document("Under tiden", {{"A", "Importerad medan det byggdes."}}));
    }));
    CHECK(house.find("importerad").total == 1);
    const Results after = house.find("bygglov avgift");
    CHECK(after.total == before.total);
    CHECK(paths(after) == paths(before));
    CHECK_FALSE(house.index().is_out_of_step().value());
    int generations = 0;
    for (const auto& entry : std::filesystem::directory_iterator(house.folder()))
        generations += entry.is_directory() ? 1 : 0;
    CHECK(generations == 1);
}

TEST_CASE("readers answer while a writer writes and an index is rebuilt") {
    TestHouse house;
    house.add(text_document("Ett", {{"A", "Om cyklar."}}));
    std::atomic<bool> stop = false;
    std::atomic<int> answered = 0;
    std::atomic<int> failed = 0;
    std::vector<std::jthread> readers;
    for (int i = 0; i < 2; ++i)
        readers.emplace_back([&] {
            while (!stop) {
                const auto found = house.index().search(TestHouse::reader(), TestHouse::query("cyklar"));
                ++(found && found->total >= 1 ? answered : failed);
            }
        });
    for (int i = 0; i < 15; ++i) {
        house.add(text_document("Fler", {{"A", "Om cyklar och annat."}}));
        if (i % 5 == 4) REQUIRE(house.index().rebuild());
    }
    stop = true;
    readers.clear();
    CHECK(answered > 0);
    CHECK(failed == 0);
}

TEST_CASE("an index of another format is left aside and filled anew") {
    TestHouse house;
    house.add(text_document("Ett", {{"A", "Om cyklar."}}));
    house.close();
    REQUIRE(write_file(house.folder() / "current", "0 g00000001\n"));
    house.open();
    CHECK(house.find("cyklar").total == 0);
    CHECK(house.index().is_out_of_step().value());
    REQUIRE(house.index().sync());
    CHECK(house.find("cyklar").total == 1);
}

TEST_CASE("impossible queries are told so") {
    TestHouse house;
    Query query = TestHouse::query("ord");
    query.limit = 0;
    CHECK(house.index().search(TestHouse::reader(), query).error().code == ErrorCode::invalid_input);
    query = TestHouse::query(std::string(5000, 'a'));
    CHECK(house.index().search(TestHouse::reader(), query).error().code == ErrorCode::too_large);
    query = TestHouse::query("ord");
    query.as_of = Date{};
    CHECK(house.index().search(TestHouse::reader(), query).error().code == ErrorCode::invalid_input);
}
