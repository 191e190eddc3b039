#include "text/lexicon.hpp"

#include <memory>
#include <string_view>

#include <doctest/doctest.h>

#include "search/test_documents.hpp"

using namespace kansli;
using namespace kansli::search;
using namespace kansli::search::test;

namespace {

std::shared_ptr<const text::Lexicon> lexicon_of(std::string_view line) {
    auto lexicon = std::make_shared<text::Lexicon>(text::Lexicon::share_shipped());
    lexicon->add(text::parse_entry(line).value());
    return lexicon;
}

}  // namespace

TEST_CASE("a query's own lexicon says what its words may be called, for that query alone") {
    TestHouse house;
    house.add(text_document("Öppettider", {{"Stadsbiblioteket", "Stadsbiblioteket är öppet varje dag."}}));
    Query query = TestHouse::query("lunkan");
    CHECK(house.find(query).hits.empty());
    query.lexicon = lexicon_of("lunkan = stadsbiblioteket");
    const auto found = house.find(query);
    REQUIRE_FALSE(found.hits.empty());
    const auto why =
        house.index().explain(TestHouse::reader(), query, found.hits[0].version, found.hits[0].section);
    REQUIRE(why);
    REQUIRE_FALSE(why->empty());
    CHECK(why->front().relation == "synonym");
    query.lexicon = nullptr;
    CHECK(house.find(query).hits.empty());
}

TEST_CASE("a search that brings no lexicon asks for the one of the moment") {
    TemporaryFolder folder = TemporaryFolder::create().value();
    MemoryMaterial material;
    auto current = text::Lexicon::share_shipped();
    auto index = LexicalIndex::open(
                     {.folder = folder.path() / "index",
                      .lexicon = [&]() -> Result<std::shared_ptr<const text::Lexicon>> { return current; }},
                     material)
                     .value();
    const auto document = text_document("Öppettider", {{"Biblioteket", "Stadsbiblioteket är öppet."}});
    const auto number = material.put({}, document);
    REQUIRE(index->add(number, document, material.placing_of(number)).has_value());
    REQUIRE(index->commit().has_value());
    const auto hits = [&] {
        return index->search(TestHouse::reader(), TestHouse::query("lunkan")).value().hits.size();
    };
    CHECK(hits() == 0);
    current = lexicon_of("lunkan = stadsbiblioteket");
    CHECK(hits() > 0);
    current = lexicon_of("lunkan = badhuset");
    CHECK(hits() == 0);
}
