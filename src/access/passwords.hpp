#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace kansli::access {

// How much work one guess is: Argon2id (RFC 9106) with this many passes over this many bytes. The values are
// those that libsodium names for interactive use, above what OWASP asks for (2024: 19 MiB, two passes).
struct PasswordCost {
    unsigned long long passes = 2;
    std::size_t bytes = std::size_t{64} << 20U;
};

inline constexpr std::size_t shortest_password = 12;   // characters
inline constexpr std::size_t longest_password = 1024;  // bytes

// invalid_input unless it has at least twelve characters and is neither the person's own name nor one of the
// passwords that everybody tries first, with or without digits and signs after it. Nothing else is asked: rules
// about kinds of characters make passwords worse (NIST SP 800-63B, section 5.1.1.2).
[[nodiscard]] Result<void> check_new_password(std::string_view password, std::string_view user_name,
                                              std::string_view name);

// The hash with its salt and cost, as text. unavailable when there is no memory for it.
[[nodiscard]] Result<std::string> hash_password(std::string_view password, const PasswordCost& cost);

// Takes as long for a wrong password as for the right one.
[[nodiscard]] bool verify_password(std::string_view password, const std::string& hash);

// A hash that no password fits, for when nobody has the name that was tried: the answer then takes as long as
// for somebody who exists.
[[nodiscard]] std::string decoy_hash(const PasswordCost& cost);

}  // namespace kansli::access
