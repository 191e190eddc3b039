#include "assistants/passage.hpp"

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli::assistants;

namespace {

constexpr std::size_t plenty = 900;

std::string quoted(const std::string& text, std::size_t at, std::size_t most = plenty) {
    const auto passages = passages_of(text, 0);
    std::string out;
    for (const auto& span : quotable(passages, at, most)) {
        if (!out.empty()) out += " || ";
        out += text.substr(span.start, span.end - span.start);
    }
    return out;
}

const std::string list =
    "Trots 3 § krävs det inte bygglov, om byggnaden\n\n1. är högst 30,0 kvadratmeter,\n\n2. har\n\na) ett "
    "tak, eller\n\nb) en grund, och\n\n"
    "3. är låg.\n\nLag (2025:974).";

}  // namespace

TEST_CASE("a list item comes with the words that lead in to it") {
    CHECK(quoted(list, 1) ==
          "Trots 3 § krävs det inte bygglov, om byggnaden\n\n1. är högst 30,0 kvadratmeter,");
    CHECK(quoted(list, 1, 40) ==
          "Trots 3 § krävs det inte bygglov, om byggnaden || 1. är högst 30,0 kvadratmeter,");
    CHECK(quoted(list, 5, 40) == "Trots 3 § krävs det inte bygglov, om byggnaden || 3. är låg.");
    CHECK(quoted(list, 6) == "Lag (2025:974).");
}

TEST_CASE("an item of a list in a list comes with both lead-ins") {
    CHECK(quoted(list, 4, 40) ==
          "Trots 3 § krävs det inte bygglov, om byggnaden || 2. har || b) en grund, och");
}

TEST_CASE("the end of a sentence around a list comes with its beginning") {
    const std::string around =
        "Om lov har getts\n\n1. före maj, och\n\n2. på stranden,\n\nfår åtgärden vidtas igen.";
    CHECK(quoted(around, 3) == around);
}

TEST_CASE("sentences that stand by themselves are quoted alone") {
    const std::string text =
        "Nämnden beslutar. Beslutet gäller.\n\n– Ansökan är skriftlig.\n\n– Avgift tas ut.";
    CHECK(quoted(text, 1) == "Beslutet gäller.");
    CHECK(quoted(text, 2) == "– Ansökan är skriftlig.");
    CHECK(quoted("Detta gäller:\n– Ansökan är skriftlig. Den lämnas in.\n– Avgift tas ut.", 3) ==
          "Detta gäller:\n– Ansökan är skriftlig. Den lämnas in.\n– Avgift tas ut.");
}

TEST_CASE("a sentence that points back comes with the one that it points to") {
    const std::string text =
        "Ställplats finns i hamnen. Där får man stå högst tre dygn. Den som parkerar ska betala.";
    CHECK(quoted(text, 1) == "Ställplats finns i hamnen. Där får man stå högst tre dygn.");
    CHECK(quoted(text, 2) == "Den som parkerar ska betala.");
}

TEST_CASE("the heading is not a passage") {
    const std::string text = "4 §\n\nBygglov krävs.";
    const auto passages = passages_of(text, 6);
    REQUIRE(passages.size() == 1);
    CHECK(passages[0].span == Span{6, text.size()});
}

TEST_CASE("a row of a table is one passage, shown with the names of its columns and quoted without them") {
    const std::string table =
        "Avgifter tas ut.\n\nÅtgärd | Avgift (kr)\n\nKomplementbyggnad, t.ex. garage. | 4 800\n\nAltan | 2 "
        "400\n\nMoms "
        "tillkommer.";
    const auto passages = passages_of(table, 0);
    REQUIRE(passages.size() == 5);
    CHECK(passages[1].names_columns);
    CHECK(passages[1].columns.empty());
    CHECK(shown(table, passages[2]) == "Åtgärd: Komplementbyggnad, t.ex. garage. | Avgift (kr): 4 800");
    CHECK(shown(table, passages[3]) == "Åtgärd: Altan | Avgift (kr): 2 400");
    CHECK(quoted(table, 3) == "Altan | 2 400");
    CHECK(shown(table, passages[4]) == "Moms tillkommer.");
}

TEST_CASE("a row that may be no header names no columns") {
    for (const std::string table : {"Måndag | 8–16\n\nTisdag | 9–17", "Roll | Ansvar\n\nChef | Budget",
                                    "Åtgärd | Avgift\n\nAltan | 2 400 | år",
                                    "Åtgärd | Avgift\n\nAltan | 2 400\n\nÅtgärd | 2", "Åtgärd | Avgift"}) {
        for (const auto& passage : passages_of(table, 0))
            CHECK_MESSAGE(passage.columns.empty(), table);
    }
}

TEST_CASE("a row that names the columns may come again on the next page, and is neither time an answer") {
    const std::string table =
        "Plats | Avgift per dag\n\nTorget 1 | 300 kr\n\nPlats | Avgift per dag\n\nTorget 2 | 310 kr";
    const auto passages = passages_of(table, 0);
    REQUIRE(passages.size() == 4);
    CHECK(passages[2].names_columns);
    CHECK(shown(table, passages[3]) == "Plats: Torget 2 | Avgift per dag: 310 kr");
}

TEST_CASE("a text that begins in the middle of a table has its columns named by the rows above it") {
    const std::vector<std::string> above = {"Plats | Avgift per dag", "Torget 1 | 300 kr"};
    const std::string text = "Torget 2 | 310 kr\n\nTorget 3 | 320 kr\n\nAvgiften betalas i förskott.";
    const auto passages = passages_of(text, 0, above);
    REQUIRE(passages.size() == 3);
    CHECK(shown(text, passages[1]) == "Plats: Torget 3 | Avgift per dag: 320 kr");
    CHECK(quoted(text, 1) == "Torget 3 | 320 kr");
    CHECK(passages[2].columns.empty());
    // A row of the middle is no header, however it looks, and a row that does not fit makes the names doubtful.
    const std::string odd = "Hamnen | fritt\n\nTorget 3 | 320 kr";
    for (const auto& passage : passages_of(odd, 0, above)) {
        CHECK(passage.columns.empty());
        CHECK_FALSE(passage.names_columns);
    }
}

TEST_CASE("passages lie in order in the text, leads before what they lead to, whatever the text") {
    const auto piece = rc::gen::elementOf(
        std::vector<std::string>{"Bygglov krävs om", "1. ett hus,", "2. en bod, och", "a) ett tak.",
                                 "– en mur", "\n\n", "\n", " ", "Nämnden beslutar.", "och sedan", "\xFF"});
    CHECK(rc::check([&] {
        std::string text;
        for (const auto& one : *rc::gen::container<std::vector<std::string>>(piece))
            text += one;
        const auto body = *rc::gen::inRange<std::size_t>(0, text.size() + 3);
        const auto passages = passages_of(text, body);
        std::size_t end = std::min(body, text.size());
        for (std::size_t at = 0; at < passages.size(); ++at) {
            RC_ASSERT(passages[at].span.start >= end);
            RC_ASSERT(passages[at].span.end > passages[at].span.start);
            RC_ASSERT(passages[at].span.end <= text.size());
            end = passages[at].span.end;
            if (passages[at].lead) RC_ASSERT(*passages[at].lead < at);
            const auto spans = quotable(passages, at, *rc::gen::inRange<std::size_t>(0, 200));
            RC_ASSERT(!spans.empty());
            RC_ASSERT(spans.back().end == passages[at].span.end);
        }
    }));
}
