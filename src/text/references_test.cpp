#include "text/references.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "text/statutes.hpp"

using namespace kansli::text;

namespace {

// One reference a piece, without what is empty: "9k4 första stycket 2 (2010:900)" is "2010:900/9/4/1/2".
std::string listed(std::string_view text) {
    std::string out;
    for (const Reference& reference : references(text)) {
        if (!out.empty()) out += ' ';
        out += fmt::format("{}/{}/{}{}", reference.statute, reference.chapter, reference.section,
                           reference.last.empty() ? "" : "-" + reference.last);
        if (reference.part > 0 || !reference.item.empty()) out += fmt::format("/{}", reference.part);
        if (!reference.item.empty()) out += "/" + reference.item;
    }
    return out;
}

Tie tie(std::string_view text) {
    const auto found = references(text);
    REQUIRE_FALSE(found.empty());
    return found.front().tie;
}

rc::Gen<std::string> key() {
    return rc::gen::map(
        rc::gen::pair(rc::gen::inRange(1, 1000), rc::gen::element<std::string>("", "", "a", "b", "z")),
        [](const auto& pair) { return std::to_string(pair.first) + pair.second; });
}

}  // namespace

TEST_CASE("sections, chapters and what lies in them") {
    CHECK(listed("enligt 9 kap. 4 a § andra stycket 2") == "/9/4a/2/2");
    CHECK(listed("i 19 a kap. finns") == "/19a/");
    CHECK(listed("enligt 3 och 4 §§") == "//3 //4");
    CHECK(listed("enligt 3-5 §§") == "//3-5");
    CHECK(listed("enligt 26 a–26 i §§") == "//26a-26i");
    CHECK(listed("7 kap. 22, 23 och 26 §§ får") == "/7/22 /7/23 /7/26");
    CHECK(listed("4 kap. 2 §, 6 § och 7 §") == "/4/2 /4/6 /4/7");
    CHECK(listed("6 § 1 eller 7 § 1 eller 2") == "//6/0/1 //7/0/1 //7/0/2");
    CHECK(listed("3 § fjärde stycket 2 eller femte stycket") == "//3/4/2 //3/5");
    CHECK(listed("9 § andra stycket 2-4") == "//9/2/2 //9/2/4");
    CHECK(listed("första och andra styckena") == "///1 ///2");
    CHECK(listed("6 kap. 2 § 3 st. och 4 st.") == "/6/2/3 /6/2/4");
    CHECK(listed("9 kap 4 paragrafen") == "/9/4");
    CHECK(listed("9 kap § 4") == "/9/4");
    CHECK(listed("9kap 4§") == "/9/4");
    CHECK(listed("9 kap. 2 § e-tjänst") == "/9/2");
    CHECK(listed("5 kap. 4 § gäller. Av 3 § följer") == "/5/4 //3");
}

TEST_CASE("the statute is the one that is named beside the places") {
    CHECK(listed("9 kap. 4 § plan- och bygglagen (2010:900)") == "2010:900/9/4 2010:900//");
    CHECK(listed("9 kap 4 § plan- och bygglagen") == "2010:900/9/4 2010:900//");
    CHECK(listed("PBL 9 kap. 4 §") == "2010:900// 2010:900/9/4");
    CHECK(listed("9:4 PBL") == "2010:900/9/4 2010:900//");
    CHECK(listed("PBL 9:4") == "2010:900// 2010:900/9/4");
    CHECK(listed("LOU 19 a kap.") == "2016:1145// 2016:1145/19a/");
    CHECK(listed("2-5, 7 och 8 §§ i lagen (2004:575) om europabolag") ==
          "2004:575//2-5 2004:575//7 2004:575//8 2004:575//");
    CHECK(listed("2 kap. regeringsformen") == "1974:152/2/ 1974:152//");
    CHECK(listed("artikel 6.1 f i dataskyddsförordningen") == "2016/679//6/1/f 2016/679//");
    CHECK(listed("3 § denna lag och 4 § PBL") == "//3 2010:900//4 2010:900//");
    CHECK(listed("klockan 9:4 och 8:30").empty());
}

TEST_CASE("relative places are read with what stood before") {
    CHECK(listed("enligt 2 § lagen (1998:674) och, i fråga om annat, 12 kap. 10 § samma lag") ==
          "1998:674//2 1998:674// 1998:674/12/10");
    CHECK(listed("Av 9 kap. 2 § PBL följer. Trots 3 § samma kapitel får") ==
          "2010:900/9/2 2010:900// 2010:900/9/3");
    CHECK(listed("sekretesslagen (1980:100) säger. Enligt 7 kap. 22 § sekretesslagen") ==
          "1980:100// 1980:100/7/22 1980:100//");
}

TEST_CASE("what is no reference") {
    CHECK(listed("2 kök, 3,5 procent och 25 kvadratmeter").empty());
    CHECK(listed("§ 12 Taxa för vatten").empty());
    CHECK(listed("kl. 8.30 den 4 maj 2026").empty());
    CHECK(listed("en kl och en sol").empty());
}

TEST_CASE("a place ends with its paragraph of the text") {
    CHECK(listed("1. avgifter enligt 3 § första stycket 1,\n\n2. annat enligt 4 §\n\n5 mom") ==
          "//3/1/1 //4");
    CHECK(listed("4 §\n\nPBL gäller") == "//4 2010:900//");
}

TEST_CASE("a reference knows what is written for it") {
    const std::string text = "Enligt 9 kap. 2 och 4 a §§ PBL.";
    const auto found = references(text);
    REQUIRE(found.size() == 3);
    CHECK(text.substr(found[0].start, found[0].end - found[0].start) == "9 kap. 2");
    CHECK(text.substr(found[1].start, found[1].end - found[1].start) == "4 a §§");
    CHECK(text.substr(found[2].start, found[2].end - found[2].start) == "PBL");
}

TEST_CASE("the sentence tells how it is tied to the place") {
    CHECK(tie("Lov krävs enligt 3 §.") == Tie::applies);
    CHECK(tie("I de fall som avses i 5 § får nämnden") == Tie::applies);
    CHECK(tie("Trots 2 kap. 4 § får nämnden") == Tie::exempts);
    CHECK(tie("Trots förbudet mot byggnader i 2 § får") == Tie::exempts);
    CHECK(tie("med undantag av 4 §") == Tie::exempts);
    CHECK(tie("utan hinder av vad som sägs i 3 §") == Tie::exempts);
    CHECK(tie("Bestämmelserna i 3 § gäller inte") == Tie::exempts);
    CHECK(tie("om inte annat följer av 2 §") == Tie::yields);
    CHECK(tie("utöver vad som sägs i 3 §") == Tie::adds);
    CHECK(tie("Bestämmelser om avgifter finns i 5 §.") == Tie::mentions);
    CHECK(tie("Trots detta gäller lagen. I 5 § finns mer.") == Tie::mentions);
}

TEST_CASE("a place is called as the documents call it") {
    CHECK(path_of(references("9 kap. 4a § första stycket PBL").front()) == "9 kap. 4 a §");
    CHECK(path_of(references("LOU 19 a kap.").back()) == "19 a kap.");
    CHECK(path_of(references("enligt 3-5 §§").front()) == "3 §");
}

TEST_CASE("what is printed is read again") {
    CHECK(rc::check("sections of statutes", [] {
        Reference written;
        written.statute = *rc::gen::element<std::string>("", "2010:900", "1998:808", "2016/679");
        written.chapter = *rc::gen::oneOf(rc::gen::just(std::string()), key());
        written.section = *key();
        const bool range = *rc::gen::arbitrary<bool>();
        if (range) {
            written.last = *key();
        } else {
            written.part = *rc::gen::inRange(0, 11);
            if (*rc::gen::arbitrary<bool>()) written.item = std::to_string(*rc::gen::inRange(1, 61));
        }
        auto found = references(to_string(written));
        RC_ASSERT(!found.empty());
        Reference read = found.front();
        read.start = read.end = 0;
        read.tie = Tie::mentions;
        RC_ASSERT(read == written);
    }));
}

TEST_CASE("any bytes are a text") {
    CHECK(rc::check("every reference lies in it, in order", [](const std::string& bytes) {
        std::size_t at = 0;
        for (const Reference& reference : references(bytes)) {
            RC_ASSERT(reference.start >= at && reference.start < reference.end);
            RC_ASSERT(reference.end <= bytes.size());
            at = reference.start;
        }
    }));
}

TEST_CASE("lawyers' short names stand for statutes") {
    CHECK(statute_named("PBL") == "2010:900");
    CHECK(statute_named("pbl") == "2010:900");
    CHECK(statute_named("SoL") == "2025:400");
    CHECK(statute_named("Plan- och bygglagen") == "2010:900");
    CHECK(statute_named("GDPR") == data_protection_regulation);
    CHECK(statute_named("sol").empty());
    CHECK(statute_named("kl").empty());
    CHECK(statute_named("bygglov").empty());
    CHECK(statute_named("").empty());
    CHECK(is_statute_number("2010:900"));
    CHECK_FALSE(is_statute_number("8:30"));
    CHECK_FALSE(is_statute_number("2010:9x"));
}
