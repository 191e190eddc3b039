#include "endpoints/label.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli;
using namespace kansli::endpoints;
using access::InformationClass;

namespace {

Label any_label() {
    return {static_cast<InformationClass>(*rc::gen::inRange(0, 4)), *rc::gen::arbitrary<bool>(),
            *rc::gen::arbitrary<bool>()};
}

}  // namespace

TEST_CASE("the highest label of several needs all that each of them needs") {
    CHECK(rc::check([] {
        const auto a = any_label();
        const auto b = any_label();
        const auto c = any_label();
        RC_ASSERT(highest(a, b) == highest(b, a));
        RC_ASSERT(highest(a, highest(b, c)) == highest(highest(a, b), c));
        RC_ASSERT(covers(highest(a, b), a));
        RC_ASSERT(covers(a, a));
        RC_ASSERT(covers(c, highest(a, b)) == (covers(c, a) && covers(c, b)));
    }));
}

TEST_CASE("a text tells by its own words that it is about somebody or secret") {
    CHECK(label_of_text("Bygglov krävs för en altan som är högre än 1,8 meter.") == Label{});
    CHECK(label_of_text("Sökande är Rut Andersson, 850312-2387.").personal_data);
    CHECK(label_of_text("Uppgiften är sekretessbelagd.").secrecy);
    CHECK(label_of_text("Personen har skyddad folkbokföring.").secrecy);
    CHECK_FALSE(label_of_text("Så prövas sekretess enligt offentlighets- och sekretesslagen.").secrecy);
}

TEST_CASE("a label is told in words") {
    CHECK(in_words({}) == "öppen");
    CHECK(in_words({InformationClass::confidential, true, true}) ==
          "konfidentiell, med personuppgifter och sekretess");
    CHECK(in_words({InformationClass::internal, false, true}) == "intern, med sekretess");
}
