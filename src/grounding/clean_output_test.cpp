#include "grounding/clean_output.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "text/language.hpp"

using namespace kansli;
using namespace kansli::grounding;

TEST_CASE("plain Swedish stays as it is") {
    for (const std::string_view text :
         {"Du behöver bygglov för altaner som är högre än 1,2 meter (9 kap. 2 § PBL) [2].",
          "Avgiften är 28 400 kr – betala inom 30 dagar; fråga annars kontaktcenter: 0123-456 78.",
          "Skriv till bygg@exempel.se och ange \"ansökan\", t.ex. före kl. 16:00."})
        CHECK(clean_output(text) == text);
}

TEST_CASE("links go, their words stay") {
    CHECK(clean_output("Läs [reglerna](https://ond.example/?q=hemligt) först.") == "Läs reglerna först.");
    CHECK(clean_output("![karta](http://ond.example/a.png) Se kartan.") == "karta Se kartan.");
    CHECK(clean_output("Gå till https://ond.example/x. Ansök sedan.") == "Gå till . Ansök sedan.");
    CHECK(clean_output("Se www.ond.example nu") == "Se nu");
    CHECK(clean_output("Klicka JavaScript:alert(1) här") == "Klicka ) här");
    CHECK(clean_output("ht<b></b>tps://ond.example") == "");
    CHECK(clean_output("ht\u200Btps://ond.example") == "");
}

TEST_CASE("markup goes, also in brackets that look like it") {
    CHECK(clean_output("<script>alert(1)</script>Hej") == "alert(1)Hej");
    CHECK(clean_output("\uFF1Cimg src=x\uFF1EHej") == "Hej");
    CHECK(clean_output("<<b>b>Hej").find_first_of("<>") == std::string::npos);
    CHECK(clean_output("## Rubrik\n**Viktigt**: `kod`") == "Rubrik Viktigt: kod");
}

TEST_CASE("what is not seen goes") {
    CHECK(clean_output("av\u202Egift\u2066en \U000E0041\U000E0042är\uFEFF 5\u00AD0 kr") ==
          "avgiften är 50 kr");
    CHECK(clean_output("a\x01\x1B[31mb\nc") == "a [31mb c");
}

TEST_CASE("cleaning twice changes nothing, and nothing of it is left") {
    rc::check("pieces", [] {
        const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
            "<", ">", "[", "]", "(", ")", "!", "http", "s:", "//", "www.", "mailto:", "a", "ä", " ", "\n",
            "*", "_", "#", "`", "\u200B", "\u202E", "\uFF1C", "\uFF1E", "\U000E0041", "\xC3", "\x07",
            "script", "."));
        std::string text;
        for (const auto& piece : pieces)
            text += piece;
        const auto clean = clean_output(text);
        RC_ASSERT(clean_output(clean) == clean);
        RC_ASSERT(clean.find_first_of("<>`\n\x07") == std::string::npos);
        RC_ASSERT(clean.find("://") == std::string::npos || clean.find("http") == std::string::npos);
        RC_ASSERT(clean.find("](") == std::string::npos);
        RC_ASSERT(clean.find("\u200B") == std::string::npos);
        RC_ASSERT(text::is_valid_utf8(clean));
    });
}
