#include "text/typing_cost.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli::text;

namespace {

double cost(std::string_view typed, std::string_view meant) {
    return typing_cost(typed, meant, 100);
}

}  // namespace

TEST_CASE("slips that people make cost less than others") {
    CHECK(cost("bygglov", "bygglov") == 0);
    CHECK(cost("forskola", "förskola") == doctest::Approx(of_lost_dots));
    CHECK(cost("foerskola", "förskola") == doctest::Approx(of_lost_dots));
    CHECK(cost("aatgaerd", "åtgärd") == doctest::Approx(2 * of_lost_dots));
    CHECK(cost("byglov", "bygglov") == doctest::Approx(of_doubling));
    CHECK(cost("byggglov", "bygglov") == doctest::Approx(of_doubling));
    CHECK(cost("byggolv", "bygglov") == doctest::Approx(of_exchange));
    CHECK(cost("byggkov", "bygglov") == doctest::Approx(of_near_key));
    CHECK(cost("bygglo", "bygglov") == doctest::Approx(of_letter));
    CHECK(cost("byggplov", "bygglov") == doctest::Approx(of_letter));
    CHECK(cost("byggtov", "bygglov") == doctest::Approx(of_other_letter));
    CHECK(cost("ansokn", "ansökan") == doctest::Approx(of_lost_dots + of_letter));
}

TEST_CASE("keys beside, above and below are near; a letter with dots is not so typed for one without") {
    CHECK(cost("atan", "alan") == doctest::Approx(of_other_letter));
    CHECK(cost("alyan", "altan") == doctest::Approx(of_near_key));
    CHECK(cost("alöan", "alpan") == doctest::Approx(of_near_key));
    CHECK(cost("böl", "bål") == doctest::Approx(of_near_key));
    CHECK(cost("förm", "form") > of_lost_dots);
}

TEST_CASE("the first letter is seldom wrong") {
    CHECK(cost("packa", "backa") == doctest::Approx(of_other_letter + of_first_letter));
    CHECK(cost("nacka", "backa") == doctest::Approx(of_near_key + of_first_letter));
    CHECK(cost("acka", "backa") == doctest::Approx(of_letter + of_first_letter));
    CHECK(cost("atgard", "åtgärd") == doctest::Approx(2 * of_lost_dots));
}

TEST_CASE("what is further apart than asked for is no slip") {
    CHECK(typing_cost("byggolv", "bygglov", of_exchange) == doctest::Approx(of_exchange));
    CHECK(typing_cost("byggtov", "bygglov", of_exchange) == not_a_slip);
}

TEST_CASE("only the word itself costs nothing") {
    CHECK(rc::check("for any words", [] {
        const auto letters = rc::gen::elementOf(std::string("abgloy"));
        const auto a = *rc::gen::container<std::string>(letters);
        const auto b = *rc::gen::container<std::string>(letters);
        RC_ASSERT((cost(a, b) == 0) == (a == b));
        RC_ASSERT(cost(a, b) >= 0);
    }));
    CHECK(rc::check("for any bytes", [](const std::string& a) { RC_ASSERT(cost(a, a) == 0); }));
}
