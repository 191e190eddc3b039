#include "desk/evidence.hpp"

#include <doctest/doctest.h>

#include "desk/test_desk.hpp"

using namespace kansli;
using namespace kansli::desk;

TEST_CASE("an approved text goes out with its sources") {
    DeskFixture fixture;
    const auto proposal = fixture.laid();
    const auto decision = decide(proposal, fixture.as(fixture.eva),
                                 {.outcome = Outcome::edited, .text = "Högst 1,8 m.\n\nHälsar <Eva>"})
                              .value();
    CHECK(as_text(decision, proposal).value() ==
          "Hur hög får altanen vara?\n\nHögst 1,8 m.\n\nHälsar <Eva>\n\nKällor\n"
          "1. Riktlinjer <bygg>, 5 §, sida 2\n   \"högst 1,8 meter\"\n");
    const auto html = as_html(decision, proposal).value();
    CHECK(html.find("<p>Högst 1,8 m.</p>\n<p>Hälsar &lt;Eva&gt;</p>") != std::string::npos);
    CHECK(html.find("Riktlinjer &lt;bygg&gt;, 5 §, sida 2") != std::string::npos);
    CHECK(html.find("<bygg>") == std::string::npos);
}

TEST_CASE("what was rejected, and another proposal's decision, cannot be written out") {
    DeskFixture fixture;
    const auto proposal = fixture.laid();
    const auto other = fixture.laid();
    const auto eva = fixture.as(fixture.eva);
    const auto rejected = decide(proposal, eva, {.outcome = Outcome::rejected, .reason = "Fel."}).value();
    CHECK(as_text(rejected, proposal).error().code == ErrorCode::conflict);
    CHECK(as_html(decide(other, eva, {}).value(), proposal).error().code == ErrorCode::conflict);
}
