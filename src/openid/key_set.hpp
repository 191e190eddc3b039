#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace kansli::openid {

// The public keys of a provider (RFC 7517) as far as they are of a kind that is believed; others are passed over.
// Threads: any, as a value.
class KeySet {
  public:
    KeySet() = default;
    // corrupt when it is no key set, too_large when it holds more than a hundred keys.
    [[nodiscard]] static Result<KeySet> parse(std::string_view text);

    [[nodiscard]] bool has(std::string_view id) const;

    // The payload of a token that one of the keys has signed: the one that the token names, or any when it names none.
    // not_found when the token names a key that is not here; corrupt for everything else, said for the log.
    [[nodiscard]] Result<std::string> verify(const std::string& token) const;

  private:
    struct Key {
        std::string id{};         // kid; may be empty
        std::string kind{};       // RSA or EC
        std::string algorithm{};  // the only one it is for; empty: any of its kind
        std::string text{};       // the key itself, as JSON
    };
    std::vector<Key> keys_{};
};

}  // namespace kansli::openid
