#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/alongside.hpp"
#include "access/people.hpp"

namespace kansli::access {

using ApiKeyId = Id<struct ApiKeyTag>;

inline constexpr std::string_view api_key_prefix = "kansli_";
inline constexpr int api_key_longest_days = 366;
inline constexpr int api_keys_of_one = 50;  // that are neither revoked nor expired

struct ApiKey {
    ApiKeyId id{};
    UserId owner{};
    std::string owner_name{};    // user name
    std::string name{};          // what it is for
    std::vector<Right> scope{};  // sorted, each once
    std::string ending{};        // its last four characters, to know it by
    Timestamp created{};
    Timestamp expires{};
    std::optional<Timestamp> last_used{};
    std::optional<Timestamp> revoked{};
};

struct NewApiKey {
    UserId owner{};
    std::string name{};
    std::vector<Right> scope{};
    int days = 90;  // 1–366
};

struct IssuedKey {
    ApiKey key{};
    std::string token{};  // stands nowhere but here: the store keeps its SHA-256
};

// Keys with which programs act for a person or a service account, sent as `Authorization: Bearer kansli_…`.
// Threads: any.
// Invariants: a key never gives more than its scope, nor more than its owner may at the moment it is used; it
// never reaches the owner's own sign-in (`Right::account`); it always expires.
class ApiKeys {
  public:
    explicit ApiKeys(store::Database& database, Clock clock = now);

    // forbidden when the scope holds a right that the owner lacks, invalid_input when it is empty or the days
    // are out of range, conflict when the owner is disabled or has too many keys.
    [[nodiscard]] Result<IssuedKey> create(const NewApiKey& wanted, const Alongside<ApiKey>& alongside = {});
    // The owner as they are now, within the key's scope. not_authenticated when the key is unknown, revoked,
    // expired or its owner disabled; it does not tell which.
    [[nodiscard]] Result<Caller> caller_of(std::string_view token);

    // Newest first, those that no longer work among them.
    [[nodiscard]] Result<std::vector<ApiKey>> keys_of(const UserId& owner);
    [[nodiscard]] Result<std::vector<ApiKey>> all();
    // not_found when there is no such key or it is not the one of `owner`; nobody as owner: anybody's.
    [[nodiscard]] Result<void> revoke(const ApiKeyId& id, const std::optional<UserId>& owner,
                                      const Alongside<ApiKey>& alongside = {});

  private:
    store::Database& database_;
    Clock clock_;
};

}  // namespace kansli::access
