#pragma once

#include <string>

#include "core/result.hpp"
#include "core/time.hpp"
#include "json/value.hpp"
#include "openid/key_set.hpp"

namespace kansli::openid {

// What an ID token must say to be the answer to our question.
struct Expected {
    std::string issuer{};
    std::string client_id{};
    std::string nonce{};
    std::string access_token{};  // that came with it; checked when the token holds its hash
    Timestamp moment{};
};

// The claims of an ID token, when it is signed by one of the keys and says what is expected (OpenID Connect Core 1.0,
// section 3.1.3.7): issuer, audience, authorised party, times, nonce, hash of the access token, and who it is about.
// not_found for an unknown key, corrupt for everything else; the message says what, for the log.
[[nodiscard]] Result<json::Value> check_id_token(const std::string& token, const KeySet& keys,
                                                 const Expected& expected);

}  // namespace kansli::openid
