#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "search/test_documents.hpp"

using namespace kansli;
using namespace kansli::search;
using test::TestHouse;
using test::text_document;

// Permissions inside the search: what a caller may not read is as if it had never been written.
namespace {

const std::vector<std::string> vocabulary = {
    "bygglov", "avgift", "bygglovsavgift", "parkering", "nämnd", "beslut",     "tillsyn", "skola", "förskola",
    "vatten",  "avfall", "taxa",           "sekretess", "plan",  "detaljplan", "anmälan", "altan", "kvarn"};
const std::vector<std::string> questions = {
    "bygglov avgift", "avgift",       "skolan", "byglov",   "plan*", "\"nämnd beslut\"",
    "taxa -avfall",   "detaljplaner", "kvrn",   "sekretes", "sko*"};
const std::vector<access::AccessList> lists = {{},
                                               {},
                                               {},
                                               {"socialen"},
                                               {"beredskap"},
                                               {"beredskap", "socialen"},
                                               {"department:Socialnämnden"},
                                               {"person:rut"}};
const std::vector<documents::CollectionSettings> collections = {
    {.name = "öppen"},
    {.name = "intern", .access = {"socialen", "beredskap"}},
    {.name = "akter", .owner = "Socialnämnden", .secrecy = "OSL 26 kap. 1 §"}};

struct Case {
    documents::ReadDocument document{};
    documents::CatalogueEntry entry{};
};

Case random_case(int number) {
    std::vector<test::Part> parts;
    const int sections = *rc::gen::inRange(1, 4);
    for (int i = 0; i < sections; ++i) {
        std::string text;
        for (int words = *rc::gen::inRange(1, 12); words > 0; --words)
            text += *rc::gen::elementOf(vocabulary) + " ";
        parts.push_back({"Avsnitt " + std::to_string(i), text});
    }
    Case made{text_document("Dokument " + std::to_string(number), parts), {}};
    made.document.attributes.access = *rc::gen::elementOf(lists);
    if (*rc::gen::inRange(0, 6) == 0) made.document.attributes.secrecy = "OSL 21 kap. 1 §";
    if (*rc::gen::inRange(0, 3) == 0) made.document.attributes.owner = "Socialnämnden";
    made.entry.collection = (*rc::gen::elementOf(collections)).name;
    if (*rc::gen::inRange(0, 5) == 0) made.document.attributes.valid_to = TestHouse::day("2025-01-01");
    made.entry.document = documents::DocumentId("dokument" + std::to_string(number));
    made.entry.version = documents::VersionId("version" + std::to_string(number));
    return made;
}

access::Caller random_caller() {
    access::Caller caller;
    caller.id = access::UserId("u1");
    caller.name = *rc::gen::element<std::string>("rut", "eva");
    caller.groups = *rc::gen::elementOf(
        std::vector<std::vector<std::string>>{{}, {"socialen"}, {"beredskap"}, {"annat"}});
    caller.department = *rc::gen::element<std::string>("", "Socialnämnden", "Kansliet");
    caller.roles = {*rc::gen::element(access::Role::reader, access::Role::administrator)};
    return caller;
}

// How a question is read may tell of no more than its answer.
const std::vector<std::string> whole_questions = {"Krävs byglov för en alltan?", "Vilken avgift för bygglov?",
                                                  "Var ligger kvarnn?", "Finns sekretes i foerskolan?"};

void check_read_the_same(const Results& all, const Results& visible) {
    RC_ASSERT(all.read == visible.read);
    RC_ASSERT(all.respelled == visible.respelled);
    RC_ASSERT(all.joined == visible.joined);
}

void check_same(const Results& all, const Results& visible) {
    RC_ASSERT(all.total == visible.total);
    RC_ASSERT(all.total_is_exact == visible.total_is_exact);
    RC_ASSERT(all.suggestion == visible.suggestion);
    RC_ASSERT(all.hits.size() == visible.hits.size());
    for (std::size_t i = 0; i < all.hits.size(); ++i) {
        RC_ASSERT(all.hits[i].version == visible.hits[i].version);
        RC_ASSERT(all.hits[i].section == visible.hits[i].section);
        RC_ASSERT(all.hits[i].score == visible.hits[i].score);
        RC_ASSERT(all.hits[i].snippet == visible.hits[i].snippet);
    }
}

}  // namespace

TEST_CASE("a hidden document changes nothing that the caller sees") {
    CHECK(rc::check("an index with hidden documents answers as one without them", [] {
        TestHouse everything;
        TestHouse visible;
        for (const documents::CollectionSettings& collection : collections) {
            everything.material().set(collection);
            visible.material().set(collection);
        }
        const access::Caller caller = random_caller();
        const int documents = *rc::gen::inRange(1, 9);
        for (int i = 0; i < documents; ++i) {
            const Case made = random_case(i);
            everything.add(made.document, made.entry);
            const auto collection =
                std::ranges::find(collections, made.entry.collection, &documents::CollectionSettings::name);
            const auto protection = documents::protection_of(made.document.attributes, *collection);
            if (access::may_read(caller, protection.rule)) visible.add(made.document, made.entry);
        }
        for (const std::string& question : questions) {
            const Query query = TestHouse::query(question);
            check_same(everything.find(caller, query), visible.find(caller, query));
        }
        for (const std::string& question : whole_questions) {
            Query query = TestHouse::query(question);
            query.question = true;
            check_read_the_same(everything.find(caller, query), visible.find(caller, query));
        }
    }));
}

TEST_CASE("after access lists have changed and sync, a hidden document changes nothing") {
    CHECK(rc::check("hiding leaves no trace", [] {
        TestHouse changed;
        TestHouse never;
        const int documents = *rc::gen::inRange(1, 6);
        for (int i = 0; i < documents; ++i) {
            Case made = random_case(i);
            made.document.attributes.access = {};
            made.document.attributes.secrecy.clear();
            made.entry.collection = "öppen";
            const bool hide = *rc::gen::arbitrary<bool>();
            const auto number = changed.add(made.document, made.entry);
            if (hide)
                changed.material().change(number, [](auto& entry) { entry.attributes.access = {"hemligt"}; });
            else
                never.add(made.document, made.entry);
        }
        RC_ASSERT(changed.index().sync().has_value());
        for (const std::string& question : questions)
            check_same(changed.find(question), never.find(question));
    }));
}

TEST_CASE("beyond what is counted out, what is hidden does not tell by the count") {
    constexpr std::size_t many = 1200;
    const auto sections = [](std::size_t count) {
        return std::vector<test::Part>(count, test::Part{"Avgifter", "Nämnden beslutar om avgift."});
    };
    const auto limited = [&](std::size_t count, const std::string& group) {
        auto document = text_document("Taxa för " + group, sections(count));
        document.attributes.access = {group};
        return document;
    };
    TestHouse everything;
    TestHouse visible;
    everything.add(limited(300, "beredskap"));
    for (TestHouse* house : {&everything, &visible}) {
        house->add(limited(many, "socialen"));
        const auto found = house->find("avgift", {"socialen"});
        CHECK(found.total == 1001);
        CHECK_FALSE(found.total_is_exact);
    }
}
