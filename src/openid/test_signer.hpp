#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include <cjose/cjose.h>
#include <doctest/doctest.h>

#include "json/value.hpp"

// Keys and tokens of a provider that the tests make themselves.
namespace kansli::openid {

class TestSigner {
  public:
    static TestSigner rsa(const std::string& id, std::size_t bits = 2048) {
        cjose_err problem{};
        const unsigned char exponent[] = {1, 0, 1};
        return {cjose_jwk_create_RSA_random(bits, exponent, sizeof exponent, &problem), id};
    }
    static TestSigner ec(const std::string& id) {
        cjose_err problem{};
        return {cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &problem), id};
    }

    // The public key, with what the test adds to it.
    [[nodiscard]] json::Value key(const json::Value::Object& more = {}) const {
        cjose_err problem{};
        char* text = cjose_jwk_to_json(key_.get(), false, &problem);
        auto value = json::parse(text).value();
        std::free(text);  // NOLINT(cppcoreguidelines-no-malloc): cjose has allocated it
        value["kid"] = id_;
        for (const auto& [name, member] : more)
            value[name] = member;
        return value;
    }

    [[nodiscard]] std::string sign(const json::Value& claims, const std::string& algorithm = "RS256") const {
        cjose_err problem{};
        auto* header = cjose_header_new(&problem);
        REQUIRE(cjose_header_set(header, CJOSE_HDR_ALG, algorithm.c_str(), &problem));
        if (!id_.empty()) REQUIRE(cjose_header_set(header, CJOSE_HDR_KID, id_.c_str(), &problem));
        const auto text = json::write(claims);
        auto* token = cjose_jws_sign(key_.get(), header, reinterpret_cast<const std::uint8_t*>(text.data()),
                                     text.size(), &problem);
        cjose_header_release(header);
        REQUIRE(token != nullptr);
        const char* written = nullptr;
        REQUIRE(cjose_jws_export(token, &written, &problem));
        std::string result(written);
        cjose_jws_release(token);
        return result;
    }

  private:
    TestSigner(cjose_jwk_t* key, std::string id) : key_(key), id_(std::move(id)) { REQUIRE(key_); }
    struct Release {
        void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
    };
    std::unique_ptr<cjose_jwk_t, Release> key_;
    std::string id_;
};

inline std::string key_set_text(const std::vector<json::Value>& keys) {
    json::Value set = json::Value::object();
    set["keys"] = json::Value::array();
    for (const auto& key : keys)
        set["keys"].push_back(key);
    return json::write(set);
}

}  // namespace kansli::openid
