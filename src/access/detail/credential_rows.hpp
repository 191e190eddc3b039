#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/credentials.hpp"
#include "access/secret_box.hpp"
#include "store/database.hpp"

// Links, passwords, second factors and recovery codes as rows.
namespace kansli::access::detail {

// A new link, and those of before are void.
[[nodiscard]] Result<SignInLink> make_link(store::Connection& connection, const UserId& id, Timestamp moment);
// The person of a link that holds, and the link is gone; not_authenticated otherwise.
[[nodiscard]] Result<User> take_link(store::Connection& connection, std::string_view token, Timestamp moment);

[[nodiscard]] Result<std::optional<std::string>> password_hash_of(store::Connection& connection,
                                                                  const UserId& id);

struct SecondFactor {
    std::string secret{};    // raw bytes; empty until one is confirmed, and when the key to it is gone
    std::string pending{};   // raw bytes; empty when none waits to be confirmed
    bool confirmed = false;  // there is one, whether it can be read or not
    std::int64_t last_step = 0;
};
[[nodiscard]] Result<SecondFactor> second_factor_of(store::Connection& connection, const SecretBox& box,
                                                    const UserId& id);
// Seals the secrets that earlier versions stored as they are; how many.
[[nodiscard]] Result<int> seal_open_secrets(store::Connection& connection, const SecretBox& box);
// How many people's secrets the key does not open.
[[nodiscard]] Result<int> count_unreadable(store::Connection& connection, const SecretBox& box);

// Whether the code is one of the second factor or a recovery code. `use` lets it never work again.
[[nodiscard]] Result<bool> code_fits(store::Connection& connection, const SecretBox& box, const UserId& id,
                                     std::string_view code, Timestamp moment);
[[nodiscard]] Result<bool> use_code(store::Connection& connection, const SecretBox& box, const UserId& id,
                                    std::string_view code, Timestamp moment);

// New recovery codes in place of those of before, as people type them.
[[nodiscard]] Result<std::vector<std::string>> make_recovery_codes(store::Connection& connection,
                                                                   const UserId& id);

}  // namespace kansli::access::detail
