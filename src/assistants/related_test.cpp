#include "assistants/related.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

using namespace kansli::assistants;

namespace {

// The places that a whole text needs: "9 kap. 3 §", with "!" when it must be quoted too.
std::string needed(std::string_view text, std::string_view path) {
    std::string out;
    for (const auto& [place, quoted] : needed_places(text, {0, text.size()}, path)) {
        if (!out.empty()) out += ", ";
        out += place.statute + (place.statute.empty() ? "" : " ") + kansli::text::path_of(place) +
               (quoted ? "!" : "");
    }
    return out;
}

}  // namespace

TEST_CASE("a rule needs what it exempts from and what it is read with") {
    CHECK(needed("Trots 2 och 3 §§ krävs det inte lov för en stuga på högst tio kvadratmeter.",
                 "9 kap. 4 §") == "9 kap. 2 §!, 9 kap. 3 §!");
    CHECK(needed("Lov krävs i de fall som avses i 8 kap. 1 §.", "9 kap. 2 §") == "8 kap. 1 §!");
    CHECK(needed("Den som söker lov för en åtgärd ska betala en avgift till kommunen, och avgiften får "
                 "enligt 5 § sättas "
                 "ned helt eller delvis när det finns skäl.",
                 "12 §") == "5 §");
    CHECK(needed("Avgift tas ut enligt 4 § lagen (2001:1).", "12 kap. 1 §") == "2001:1 4 §!");
    CHECK(needed("Bestämmelser om avgifter finns i 5 §.", "12 §").empty());
    CHECK(needed("Första stycket gäller inte skolor.", "12 §").empty());
}

TEST_CASE("only what stands in the quoted bytes is needed") {
    const std::string text = "Lov krävs enligt 3 §. Trots 4 § får skyltar sättas upp.";
    const auto places = needed_places(text, {0, text.find(" Trots")}, "2 §");
    REQUIRE(places.size() == 1);
    CHECK(places[0].place.section == "3");
}

TEST_CASE("an exemption is found from the other side") {
    CHECK(exempts_from("Trots 2 § krävs inte lov.", "9 kap. 4 §", "9 kap. 2 §", "2010:900"));
    CHECK_FALSE(exempts_from("Trots 2 § krävs inte lov.", "8 kap. 4 §", "9 kap. 2 §", "2010:900"));
    CHECK(exempts_from("Trots 9 kap. 2 § PBL får", std::nullopt, "9 kap. 2 §", "2010:900"));
    CHECK_FALSE(exempts_from("Trots 9 kap. 2 § får", std::nullopt, "9 kap. 2 §", "2010:900"));
    CHECK_FALSE(exempts_from("Enligt 2 § krävs lov.", "9 kap. 4 §", "9 kap. 2 §", "2010:900"));
}
