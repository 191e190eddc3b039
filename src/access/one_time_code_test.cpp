#include "access/one_time_code.hpp"

#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "access/detail/base32.hpp"

using namespace kansli;
using namespace kansli::access;
using namespace std::chrono_literals;

namespace {

constexpr auto rfc_secret = "12345678901234567890";

Timestamp at(std::int64_t seconds) {
    return Timestamp(std::chrono::seconds(seconds));
}

}  // namespace

TEST_CASE("the codes are those of RFC 6238, appendix B") {
    // The standard gives eight digits; the last six are what six digits give.
    CHECK(one_time_code(rfc_secret, step_at(at(59))) == "287082");
    CHECK(one_time_code(rfc_secret, step_at(at(1111111109))) == "081804");
    CHECK(one_time_code(rfc_secret, step_at(at(1111111111))) == "050471");
    CHECK(one_time_code(rfc_secret, step_at(at(1234567890))) == "005924");
    CHECK(one_time_code(rfc_secret, step_at(at(2000000000))) == "279037");
    CHECK(one_time_code(rfc_secret, step_at(at(20000000000))) == "353130");
}

TEST_CASE("a code holds for its own step and the neighbours, and never twice") {
    const auto moment = at(1234567890);
    const auto step = step_at(moment);
    for (const auto offset : {-1, 0, 1})
        CHECK(matching_step(rfc_secret, one_time_code(rfc_secret, step + offset), moment, 0) ==
              step + offset);
    for (const auto offset : {-2, 2})
        CHECK_FALSE(
            matching_step(rfc_secret, one_time_code(rfc_secret, step + offset), moment, 0).has_value());
    CHECK_FALSE(matching_step(rfc_secret, one_time_code(rfc_secret, step), moment, step).has_value());
    CHECK_FALSE(matching_step(rfc_secret, one_time_code(rfc_secret, step - 1), moment, step).has_value());
    CHECK(matching_step(rfc_secret, "005 924", moment, 0) == step);
    CHECK_FALSE(matching_step(rfc_secret, "", moment, 0).has_value());
}

TEST_CASE("base 32 is that of RFC 4648, section 10, without padding") {
    CHECK(access::detail::base32("").empty());
    CHECK(access::detail::base32("f") == "MY");
    CHECK(access::detail::base32("fo") == "MZXQ");
    CHECK(access::detail::base32("foo") == "MZXW6");
    CHECK(access::detail::base32("foob") == "MZXW6YQ");
    CHECK(access::detail::base32("fooba") == "MZXW6YTB");
    CHECK(access::detail::base32("foobar") == "MZXW6YTBOI");
}

TEST_CASE("the address for an authenticator holds any name") {
    CHECK(authenticator_address("Kansli Åby", "rut.ek@aby.se", "MZXW6") ==
          "otpauth://totp/Kansli%20%C3%85by:rut%2Eek%40aby%2Ese?secret=MZXW6&issuer=Kansli%20%C3%85by");
}
