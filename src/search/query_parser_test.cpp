#include "search/detail/query_parser.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli::search::detail;

namespace {

std::string shape(std::string_view text, QueryStyle style = QueryStyle::search) {
    std::string shape;
    for (const Clause& clause : parse_query(text, style)) {
        if (!shape.empty()) shape += ' ';
        if (clause.excluded) shape += '-';
        switch (clause.kind) {
            case ClauseKind::word:
                shape += clause.words.front();
                break;
            case ClauseKind::prefix:
                shape += clause.words.front() + "*";
                break;
            case ClauseKind::place:
                shape += "<" + clause.words.front() + ">";
                break;
            case ClauseKind::phrase:
                shape += "[";
                for (const std::string& word : clause.words)
                    shape += (shape.back() == '[' ? "" : " ") + word;
                shape += "]";
                break;
        }
    }
    return shape;
}

}  // namespace

TEST_CASE("a query is words, phrases, exclusions and prefixes") {
    CHECK(shape("Avgift för bygglov") == "avgift för bygglov");
    CHECK(shape("\"avgift för bygglov\" 2026") == "[avgift för bygglov] 2026");
    CHECK(shape("”avgift för bygglov”") == "[avgift för bygglov]");
    CHECK(shape("bygglov -altan") == "bygglov -altan");
    CHECK(shape("bygglov -\"mindre altan\"") == "bygglov -[mindre altan]");
    CHECK(shape("bygg* lov -plan*") == "bygg* lov -plan*");
    CHECK(shape("bygg- och miljönämnden") == "bygg och miljönämnden");
    CHECK(shape("e-tjänst") == "e tjänst");
    CHECK(shape("\"bygglov\"") == "bygglov");
    CHECK(shape("\"inte stängd") == "[inte stängd]");
    CHECK(shape("  \t ") == "");
    CHECK(shape("- * \"\" --") == "");
}

TEST_CASE("a question is words, whatever marks it has") {
    CHECK(shape("Får jag bygga -\"altan\"*?", QueryStyle::question) == "får jag bygga altan");
    CHECK(shape("Vad säger 9 kap. 4 § PBL?", QueryStyle::question) == "vad säger <9k4> pbl");
}

TEST_CASE("places in statutes are seen whole") {
    CHECK(shape("PBL 9 kap. 4 §") == "pbl <9k4>");
    CHECK(shape("9 kap 4 a §") == "<9k4a>");
    CHECK(shape("10 a kap. 3 § bygglov") == "<10ak3> bygglov");
    CHECK(shape("4 § 2010:900") == "<4> 2010:900");
    CHECK(shape("9 kap. 4") == "9 kap 4");
    CHECK(shape("2 kök") == "2 kök");
    CHECK(place_key("9 kap. 4 §") == "9k4");
    CHECK(place_key("8 a §") == "8a");
    CHECK_FALSE(place_key("3.2 Avgifter"));
    CHECK_FALSE(place_key("9 kap. Bygglov"));
    CHECK_FALSE(place_key(""));
    CHECK_FALSE(place_key("4 § första stycket"));
}

TEST_CASE("clauses know where they stand in the query") {
    const std::string text = "bygglov -\"mindre altan\" 9 kap. 4 § plan*";
    const auto clauses = parse_query(text, QueryStyle::search);
    REQUIRE(clauses.size() == 4);
    CHECK(text.substr(clauses[0].start, clauses[0].end - clauses[0].start) == "bygglov");
    CHECK(text.substr(clauses[1].start, clauses[1].end - clauses[1].start) == "-\"mindre altan\"");
    CHECK(text.substr(clauses[2].start, clauses[2].end - clauses[2].start) == "9 kap. 4 §");
    CHECK(text.substr(clauses[3].start, clauses[3].end - clauses[3].start) == "plan*");
}

TEST_CASE("any bytes are a query") {
    CHECK(rc::check("no bytes are refused", [](const std::string& bytes) {
        for (const QueryStyle style : {QueryStyle::search, QueryStyle::question}) {
            const auto clauses = parse_query(bytes, style);
            RC_ASSERT(clauses.size() <= most_clauses);
            for (const Clause& clause : clauses) {
                RC_ASSERT(clause.start < clause.end && clause.end <= bytes.size());
                RC_ASSERT(!clause.words.empty());
            }
        }
    }));
    std::string many;
    for (int i = 0; i < 500; ++i)
        many += "ord ";
    CHECK(parse_query(many, QueryStyle::search).size() == most_clauses);
}

TEST_CASE("the short forms that people type are places and statutes") {
    const auto statute = [](std::string_view text) {
        std::string found;
        for (const Clause& clause : parse_query(text, QueryStyle::question))
            if (!clause.statute.empty()) found += clause.statute;
        return found;
    };
    for (const std::string_view text :
         {"9:4 PBL", "PBL 9:4", "9 kap 4 § plan- och bygglagen", "9 kap 4 paragrafen PBL"}) {
        CHECK(shape(text, QueryStyle::question).find("<9k4>") != std::string::npos);
        CHECK(statute(text) == "2010:900");
    }
    CHECK(shape("9 kap. 2 och 4 §§ PBL") == "<9k2> och <9k4> pbl");
    CHECK(shape("4 § första stycket 2") == "<4> första stycket 2");
    CHECK(shape("klockan 9:4") == "klockan 9:4");
    CHECK(statute("LOU 19 a kap.") == "2016:1145");
    CHECK(statute("lagen (2004:575)") == "2004:575");
    CHECK(statute("vår kl").empty());
    CHECK_FALSE(place_key("10–15 §§"));
}
