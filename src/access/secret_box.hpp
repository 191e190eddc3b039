#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace kansli::access {

// Seals secrets that must be read again, so that the database alone gives none of them away. The key is 32 bytes in
// DATA/keys/second-factors.key, only for its owner, made when it is first needed and never in a backup: whoever gets hold of a copy can
// read no secret. Each secret is sealed for one person, so that rows cannot be exchanged.
// Method: XSalsa20 and Poly1305 (libsodium's secretbox) with a nonce by chance.
// Threads: any; also several processes.
class SecretBox {
  public:
    // `folder`: the data folder.
    explicit SecretBox(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // "box1:" and hexadecimal digits.
    [[nodiscard]] Result<std::string> seal(std::string_view secret, std::string_view owner) const;
    // Nothing when there is no key, when it was sealed with another or for another person, or has been changed.
    [[nodiscard]] Result<std::optional<std::string>> open(std::string_view sealed,
                                                          std::string_view owner) const;
    [[nodiscard]] static bool is_sealed(std::string_view text);

  private:
    [[nodiscard]] Result<std::optional<std::string>> key() const;
    [[nodiscard]] Result<std::string> key_or_new() const;

    std::filesystem::path folder_;
};

}  // namespace kansli::access
