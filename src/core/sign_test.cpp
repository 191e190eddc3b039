#include "core/sign.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/hash.hpp"

using namespace kansli;

namespace {

// RFC 8032, section 7.1, TEST 2: the secret key 4ccd…a6fb in the PKCS #8 form of RFC 8410.
constexpr auto secret_pem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
    "-----END PRIVATE KEY-----\n";

}  // namespace

TEST_CASE("signatures are those of RFC 8032") {
    const auto key = SigningKey::from_pem(secret_pem);
    REQUIRE(key.has_value());
    CHECK(key->public_key().hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    CHECK(key->sign("\x72") ==
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST_CASE("a signature holds for its bytes and its key alone") {
    const auto key = SigningKey::generate();
    const auto other = SigningKey::generate().public_key();
    CHECK(rc::check([&](const std::string& bytes) {
        const auto signature = key.sign(bytes);
        RC_ASSERT(signature.size() == 128U);
        RC_ASSERT(key.public_key().verifies(bytes, signature));
        RC_ASSERT_FALSE(other.verifies(bytes, signature));
        RC_ASSERT_FALSE(key.public_key().verifies(bytes + " ", signature));
        auto changed = signature;
        auto& digit = changed[*rc::gen::inRange<std::size_t>(0, changed.size())];
        digit = digit == '0' ? '1' : '0';
        RC_ASSERT_FALSE(key.public_key().verifies(bytes, changed));
    }));
    CHECK_FALSE(key.public_key().verifies("", ""));
}

TEST_CASE("keys come back from their PEM; what is no such key is refused") {
    const auto key = SigningKey::generate();
    const auto read = SigningKey::from_pem(key.pem());
    REQUIRE(read.has_value());
    CHECK(read->public_key().hex() == key.public_key().hex());
    const auto shown = PublicKey::from_pem(key.public_key().pem());
    REQUIRE(shown.has_value());
    CHECK(shown->hex() == key.public_key().hex());
    CHECK(shown->verifies("x", key.sign("x")));
    const auto told = PublicKey::from_hex(shown->hex());
    REQUIRE(told.has_value());
    CHECK(told->pem() == shown->pem());
    CHECK_FALSE(PublicKey::from_hex(shown->hex().substr(2)).has_value());
    CHECK_FALSE(PublicKey::from_pem(key.pem()).has_value());
    CHECK_FALSE(PublicKey::from_pem("").has_value());
    CHECK_FALSE(SigningKey::from_pem("nyckel").has_value());
}

TEST_CASE("hexadecimal digits are read in one way only") {
    Digest bytes{};
    const auto hash = sha256("abc");
    REQUIRE(from_hex(hash, bytes.data(), bytes.size()));
    CHECK(hex_text(bytes) == hash);
    CHECK_FALSE(from_hex("AB", bytes.data(), 1));
    CHECK_FALSE(from_hex("abc", bytes.data(), 1));
    CHECK_FALSE(from_hex("0g", bytes.data(), 1));
}

TEST_CASE("a digest takes one message after the other") {
    Sha256 digest;
    digest.update("abc");
    CHECK(digest.finish() == sha256("abc"));
    digest.update("abd");
    CHECK(digest.finish() == sha256("abd"));
}
