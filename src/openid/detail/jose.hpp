#pragma once

#include <cstddef>
#include <string>

#include "core/result.hpp"

// What cjose does for this room. Errors are corrupt and say what was wrong, for the log.
namespace kansli::openid::detail {

// Which key and algorithm a token says that it was signed with (RFC 7515, section 4.1).
struct SignatureHeader {
    std::string algorithm{};
    std::string key{};  // kid; may be empty
};

// corrupt also when the header asks for an extension that must be understood ("crit").
[[nodiscard]] Result<SignatureHeader> signature_header(const std::string& token);

// The payload, when the key (a JWK as JSON) has signed it and has at least `least_bits`.
[[nodiscard]] Result<std::string> verified_payload(const std::string& token, const std::string& key,
                                                   std::size_t least_bits);

}  // namespace kansli::openid::detail
