#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

// The six digits of an authenticator: TOTP (RFC 6238) with HMAC-SHA-1, steps of thirty seconds from 1970, as
// all such programs on telephones have it.
namespace kansli::access {

// The code of one step. `secret`: raw bytes.
[[nodiscard]] std::string one_time_code(std::string_view secret, std::int64_t step);

[[nodiscard]] std::int64_t step_at(Timestamp moment);

// The step whose code this is: the present one, or the one before or after, for clocks that are off; later
// than `last_step`, so that no code works twice. Nothing when it is none of them. Spaces in the code are
// passed over.
[[nodiscard]] std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code,
                                                        Timestamp moment, std::int64_t last_step);

// The address that an authenticator reads from a picture (otpauth://totp/…). `issuer` and `account` may be any
// text; `secret`: in base 32.
[[nodiscard]] std::string authenticator_address(std::string_view issuer, std::string_view account,
                                                std::string_view secret);

}  // namespace kansli::access
