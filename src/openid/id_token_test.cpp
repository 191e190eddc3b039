#include "openid/id_token.hpp"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/hash.hpp"
#include "openid/detail/encoding.hpp"
#include "openid/test_signer.hpp"

using namespace kansli;
using namespace kansli::openid;
using json::Value;

namespace {

const Timestamp moment = parse_timestamp("2026-11-30T12:00:00.000Z").value();
const std::int64_t seconds =
    std::chrono::duration_cast<std::chrono::seconds>(moment.time_since_epoch()).count();

Value honest_claims() {
    return Value(Value::Object{{"iss", "https://login.example.se"},
                               {"sub", "person-1"},
                               {"aud", "kansli"},
                               {"exp", seconds + 300},
                               {"iat", seconds - 5},
                               {"nonce", "abc"}});
}

Expected expected() {
    return {.issuer = "https://login.example.se",
            .client_id = "kansli",
            .nonce = "abc",
            .access_token = "nyckeln",
            .moment = moment};
}

// One key for all tests: making one takes time.
const TestSigner& signer() {
    static const TestSigner made = TestSigner::rsa("ett");
    return made;
}

const KeySet& signer_keys() {
    static const KeySet keys = KeySet::parse(key_set_text({signer().key()})).value();
    return keys;
}

Result<Value> check_with(const Value::Object& changes, const Expected& wanted = expected()) {
    auto claims = honest_claims();
    for (const auto& [name, value] : changes) {
        if (value.is_null()) {
            std::erase_if(*claims.as_object(), [&](const auto& member) { return member.first == name; });
        } else {
            claims[name] = value;
        }
    }
    return check_id_token(signer().sign(claims), signer_keys(), wanted);
}

}  // namespace

TEST_CASE("a token that says what is expected is believed") {
    const auto claims = check_with({});
    REQUIRE(claims.has_value());
    CHECK(*claims->find("sub")->as_string() == "person-1");
    const Value several(Value::Array{Value("annan"), Value("kansli")});
    CHECK(check_with({{"aud", several}, {"azp", "kansli"}}).has_value());
    // Clocks may differ by a minute.
    CHECK(check_with({{"exp", seconds - 30}}).has_value());
    CHECK(check_with({{"iat", seconds + 30}}).has_value());
}

TEST_CASE("the hash of the access token must fit when it is there") {
    Sha256 hash;
    hash.update("nyckeln");
    const auto digest = hash.finish_bytes();
    const auto half = openid::detail::base64url(std::string(digest.begin(), digest.begin() + 16));
    CHECK(check_with({{"at_hash", half}}).has_value());
    auto other = expected();
    other.access_token = "en annan";
    CHECK_FALSE(check_with({{"at_hash", half}}, other).has_value());
}

TEST_CASE("a token that says anything else is not") {
    const Value several(Value::Array{Value("annan"), Value("kansli")});
    const std::vector<Value::Object> lies{
        {{"iss", "https://login.example.se/"}},
        {{"iss", nullptr}},
        {{"aud", "annan"}},
        {{"aud", nullptr}},
        {{"aud", several}},
        {{"aud", several}, {"azp", "annan"}},
        {{"azp", "annan"}},
        {{"exp", seconds - 61}},
        {{"exp", nullptr}},
        {{"exp", "2030"}},
        {{"exp", -1}},
        {{"exp", 1e300}},
        {{"iat", seconds + 61}},
        {{"iat", seconds - 601}},
        {{"iat", nullptr}},
        {{"nbf", seconds + 61}},
        {{"nonce", "abd"}},
        {{"nonce", nullptr}},
        {{"at_hash", "x"}},
        {{"sub", ""}},
        {{"sub", 17}},
        {{"sub", std::string(256, 'x')}},
    };
    for (const auto& lie : lies) {
        CAPTURE(json::write(Value(lie)));
        const auto outcome = check_with(lie);
        REQUIRE_FALSE(outcome.has_value());
        CHECK(outcome.error().code == ErrorCode::corrupt);
    }
    // Without a nonce of ours, nothing is an answer to us.
    auto careless = expected();
    careless.nonce.clear();
    CHECK_FALSE(check_with({{"nonce", ""}}, careless).has_value());
}

TEST_CASE("only keys of a kind that is believed can have signed") {
    const auto ec = TestSigner::ec("tva");
    const auto small = TestSigner::rsa("liten", 1024);
    const auto keys = KeySet::parse(key_set_text({signer().key(), ec.key(), small.key()})).value();
    const auto claims = honest_claims();
    CHECK(keys.verify(signer().sign(claims, "RS256")).has_value());
    CHECK(keys.verify(signer().sign(claims, "PS256")).has_value());
    CHECK(keys.verify(ec.sign(claims, "ES256")).has_value());
    CHECK(keys.verify(signer().sign(claims, "RS512")).error().code == ErrorCode::corrupt);
    CHECK(keys.verify(small.sign(claims)).error().code == ErrorCode::corrupt);
    CHECK(keys.verify(TestSigner::rsa("okand").sign(claims)).error().code == ErrorCode::not_found);
    CHECK(keys.verify(TestSigner::rsa("ett").sign(claims)).error().code == ErrorCode::corrupt);
    // A key that is for one algorithm or for secrets is for nothing else.
    const auto for_one = KeySet::parse(key_set_text({signer().key({{"alg", "PS256"}})})).value();
    CHECK_FALSE(for_one.verify(signer().sign(claims, "RS256")).has_value());
    const auto for_secrets = KeySet::parse(key_set_text({signer().key({{"use", "enc"}})})).value();
    CHECK_FALSE(for_secrets.has("ett"));
    // Who names no key is tried with each.
    const auto nameless = TestSigner::rsa("");
    const auto both = KeySet::parse(key_set_text({signer().key(), nameless.key()})).value();
    CHECK(both.verify(nameless.sign(claims)).has_value());
}

TEST_CASE("what is no token or no key set is told as such") {
    for (const auto* text :
         {"", ".", "..", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJIUzI1NiJ9.e30.AA"}) {
        CAPTURE(text);
        CHECK_FALSE(check_id_token(text, signer_keys(), expected()).has_value());
    }
    CHECK_FALSE(check_id_token(std::string(70'000, 'a'), signer_keys(), expected()).has_value());
    for (const auto* text : {"", "[]", "{}", R"({"keys": 1})"}) {
        CAPTURE(text);
        CHECK(KeySet::parse(text).error().code == ErrorCode::corrupt);
    }
    CHECK(KeySet::parse(R"({"keys": [1, null, {}, {"kty": "oct", "k": "AA"}]})").has_value());
}

TEST_CASE("bytes are written as tokens, headers and forms have them") {
    CHECK(openid::detail::base64("\xFB\xFF") == "+/8=");
    CHECK(openid::detail::escaped("a-B_9.~ /å&=") == "a-B_9.~%20%2F%C3%A5%26%3D");
    CHECK(openid::detail::base64url("").empty());
    CHECK(openid::detail::base64url("f") == "Zg");
    CHECK(openid::detail::base64url("fo") == "Zm8");
    CHECK(openid::detail::base64url("foobar") == "Zm9vYmFy");
    CHECK(openid::detail::base64url("\xFB\xFF") == "-_8");
}
