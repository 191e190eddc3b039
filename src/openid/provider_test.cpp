#include "openid/provider.hpp"

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "json/value.hpp"

using namespace kansli;
using namespace kansli::openid;
using json::Value;

namespace {

Value claims_with(const Value::Object& more) {
    Value claims(Value::Object{{"iss", "https://login.example.se"}, {"sub", "s"}});
    for (const auto& [name, value] : more)
        claims[name] = value;
    return claims;
}

// What a provider would answer when it is asked to describe itself.
struct DescribedSite {
    Result<std::string> answer(const WireCall& call) {
        CHECK(call.address == address + "/.well-known/openid-configuration");
        CHECK(call.limit > 0);
        ++asked;
        if (broken) return fail(ErrorCode::unavailable, "status 500");
        return fmt::format(R"({{"issuer": "{0}", "authorization_endpoint": "{0}/a?b=c",
            "token_endpoint": "{0}/t", "jwks_uri": "{0}/j"}})",
                           address);
    }
    std::string address = "https://login.example.se";
    int asked = 0;
    bool broken = false;
};

}  // namespace

TEST_CASE("only encrypted addresses are safe, but for the computer itself") {
    for (const auto* address :
         {"https://login.example.se", "http://127.0.0.1:80/x", "http://localhost", "http://[::1]:1/"})
        CHECK(is_safe_address(address));
    for (const auto* address :
         {"", "http://login.example.se", "http://127.0.0.1.example.se", "http://localhost.example.se",
          "http://127.0.0.1:80@example.se/", "ftp://127.0.0.1", "javascript:alert(1)"})
        CHECK_FALSE(is_safe_address(address));
}

TEST_CASE("a person is what the claims vouch for and nothing more") {
    const Registration registration{.groups_claim = "groups"};
    const auto person =
        person_of(claims_with({{"email", "a@example.se"},
                               {"email_verified", true},
                               {"oid", "objekt"},
                               {"preferred_username", "a"},
                               {"groups", Value(Value::Array{Value("x"), Value(1), Value("y")})}}),
                  registration)
            .value();
    CHECK(person.email == "a@example.se");
    CHECK(person.identifiers == std::vector<std::string>{"s", "objekt"});
    CHECK(person.user_name.empty());
    CHECK(person.groups == std::vector<std::string>{"x", "y"});
    CHECK(person_of(claims_with({{"email", "a@example.se"}}), registration)->email.empty());
    CHECK(person_of(claims_with({{"email", "a@example.se"}, {"email_verified", "false"}}), registration)
              ->email.empty());
}

TEST_CASE("claims may lie inside each other, and the user name is only of a claim that is trusted") {
    const Registration registration{.groups_claim = "realm_access.roles", .user_name_claim = "upn"};
    const Value inner(Value::Object{{"roles", Value(Value::Array{Value("x")})}});
    const auto person =
        person_of(claims_with({{"realm_access", inner}, {"upn", "anna"}}), registration).value();
    CHECK(person.groups == std::vector<std::string>{"x"});
    CHECK(person.user_name == "anna");
}

TEST_CASE("groups that the provider left out are no empty list") {
    const Value elsewhere(Value::Object{{"groups", "src1"}});
    const auto outcome = person_of(claims_with({{"_claim_names", elsewhere}}), Registration{});
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == ErrorCode::conflict);
}

TEST_CASE("a description is read once an hour, and a provider that is down is left in peace") {
    DescribedSite site;
    Timestamp moment = parse_timestamp("2026-11-30T12:00:00.000Z").value();
    Provider provider(
        {.issuer = site.address, .client_id = "kansli"},
        [&](const WireCall& call) { return site.answer(call); }, [&] { return moment; });
    site.broken = true;
    CHECK_FALSE(provider.description().has_value());
    CHECK_FALSE(provider.description().has_value());
    CHECK(site.asked == 1);
    site.broken = false;
    moment += std::chrono::seconds(5);
    CHECK(provider.description().has_value());
    moment += std::chrono::minutes(59);
    CHECK(provider.description().has_value());
    CHECK(site.asked == 2);
    moment += std::chrono::minutes(1);
    CHECK(provider.description().has_value());
    CHECK(site.asked == 3);
    const auto address =
        provider.sign_in_address({.return_address = "http://127.0.0.1/x?å",
                                  .state = "s",
                                  .nonce = "n",
                                  .verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"});
    REQUIRE(address.has_value());
    CHECK(*address ==
          site.address +
              "/a?b=c&response_type=code&client_id=kansli&redirect_uri=http%3A%2F%2F127.0.0.1%2Fx%3F%C3%A5"
              "&scope=openid%20profile%20email&state=s&nonce=n"
              // The example of RFC 7636, appendix B.
              "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");
}
