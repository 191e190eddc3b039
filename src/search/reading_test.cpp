#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "search/lexical_index.hpp"
#include "search/test_documents.hpp"

using namespace kansli;
using namespace kansli::search;
using test::TestHouse;
using test::text_document;

// How a question is read: misspelt words and compounds that were written apart.
namespace {

Results asked(TestHouse& house, const std::string& words, std::vector<std::string> groups = {}) {
    Query query = TestHouse::query(words);
    query.question = true;
    return house.find(query, std::move(groups));
}

void fill(TestHouse& house) {
    house.add(text_document("Riktlinjer",
                            {{"Lov", "Bygglov krävs för ett altantak som är större än femton kvadratmeter."},
                             {"Skolskjuts", "Eleven har rätt till skolskjuts till förskoleklassen."},
                             {"Slam", "Slam töms varje vår av renhållaren."}}));
    house.add(text_document("Taxa", {{"Avgifter", "Bygglovsavgiften tas ut i förskott."}}));
}

std::vector<std::string> read_words(const Results& results) {
    std::vector<std::string> words;
    for (const auto& word : results.respelled)
        words.push_back(word.read);
    return words;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a question survives a misspelt word, and says what was read") {
    TestHouse house;
    fill(house);
    const Results found = asked(house, "Krävs det byglov?");
    CHECK(found.respelled == std::vector<Respelling>{{"byglov", "bygglov"}});
    CHECK(found.read == "Krävs det bygglov?");
    REQUIRE_FALSE(found.hits.empty());
    CHECK(found.hits[0].path == "Lov");
    CHECK(read_words(asked(house, "Vem får skolskjtus?")) == Words{"skolskjuts"});
    CHECK(read_words(asked(house, "Vem får skolskuts?")) == Words{"skolskjuts"});
    CHECK(read_words(asked(house, "Ingår foerskoleklassen?")) == Words{"förskoleklassen"});
    CHECK(read_words(asked(house, "Vad gäller för byglov, byglov och bygglov?")) == Words{"bygglov"});
}

TEST_CASE("what is right, somebody's name or known to the lexicon is not read as another word") {
    TestHouse house;
    fill(house);
    for (const auto* question : {"Krävs bygglov?", "Får jag ha hund?", "Vad säger Slim?",
                                 "Får jag bygga friggebod?", "Vad är xqzwvxqzwv?"}) {
        CAPTURE(question);
        CHECK(asked(house, question).respelled.empty());
        CHECK(asked(house, question).read == question);
    }
    CHECK(house.find("byglov").respelled.empty());  // a search proposes instead
    CHECK(house.find("byglov").suggestion == "bygglov");
}

TEST_CASE("only words of documents that are open to all are read unasked") {
    TestHouse house;
    house.material().set(documents::CollectionSettings{.name = "larm", .access = {"personal"}});
    fill(house);
    documents::CatalogueEntry entry;
    entry.document = documents::DocumentId("larm");
    entry.collection = "larm";
    house.add(text_document("Larm", {{"Central", "Larmcentralen svarar."}}), entry);
    CHECK(asked(house, "Vem svarar i larmcentraln?", {"personal"}).suggestion);
    CHECK(asked(house, "Vem svarar i larmcentraln?", {"personal"}).respelled.empty());
    CHECK_FALSE(asked(house, "Vem svarar i larmcentraln?").suggestion);
}

TEST_CASE("words that documents write as one are found when a question has them apart") {
    TestHouse house;
    fill(house);
    CHECK(asked(house, "Krävs lov för tak över altan?").joined ==
          std::vector<JoinedWords>{{"tak", "altan", "altantak"}});
    CHECK(asked(house, "Vad är avgiften för ett bygglov?").joined ==
          std::vector<JoinedWords>{{"avgiften", "bygglov", "bygglovsavgiften"}});
    CHECK(asked(house, "Gäller det altan tak?").joined ==
          std::vector<JoinedWords>{{"altan", "tak", "altantak"}});
    CHECK(asked(house, "Ska tak och altan målas?").joined.empty());
    CHECK(asked(house, "Finns tak över skolan?").joined.empty());
    CHECK(house.find("tak över altan").joined.empty());
}

TEST_CASE("both can be turned off") {
    Weights weights;
    weights.respelled = 0;
    weights.joined_words = 0;
    TestHouse house(weights);
    fill(house);
    CHECK(asked(house, "Krävs byglov?").respelled.empty());
    CHECK(asked(house, "Krävs byglov?").suggestion == "Krävs bygglov?");
    CHECK(asked(house, "Krävs lov för tak över altan?").joined.empty());
}

TEST_CASE("why a hit was found tells of another spelling") {
    TestHouse house;
    fill(house);
    Query query = TestHouse::query("byglov");
    query.question = true;
    const Results found = house.find(query);
    const auto hit = std::ranges::find(found.hits, "Lov", &Hit::path);
    REQUIRE(hit != found.hits.end());
    const auto why = house.index().explain(TestHouse::reader(), query, hit->version, hit->section);
    REQUIRE(why.has_value());
    CHECK(std::ranges::any_of(*why, [](const ExplainedTerm& term) {
        return term.relation == "spelling" && term.word == "byglov" && term.matched == "bygglov";
    }));
}
