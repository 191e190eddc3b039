#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace kansli {

// The public half of an Ed25519 key (RFC 8032): whoever has it can check signatures, and make none.
// Threads: any.
class PublicKey {
  public:
    // From a PEM "PUBLIC KEY" (RFC 7468), as openssl writes it. invalid_input when it is none, or another kind of key.
    [[nodiscard]] static Result<PublicKey> from_pem(std::string_view pem);

    // From the 32 bytes of the key as 64 lower-case hexadecimal digits; invalid_input when the text is anything else.
    [[nodiscard]] static Result<PublicKey> from_hex(std::string_view text);

    [[nodiscard]] std::string pem() const;
    // Short enough to be compared by eye; also what `openssl pkey -pubin -text` prints, with colons.
    [[nodiscard]] std::string hex() const;

    // Whether `signature`, 128 lower-case hexadecimal digits, is one that the key's owner made of exactly these bytes.
    [[nodiscard]] bool verifies(std::string_view bytes, std::string_view signature) const;

  private:
    friend class SigningKey;
    struct Handle;
    explicit PublicKey(std::shared_ptr<const Handle> handle);

    std::shared_ptr<const Handle> handle_;
};

// The secret half. It signs, and is never printed but as the PEM that is kept in a file which only its owner reads.
// Threads: any.
class SigningKey {
  public:
    [[nodiscard]] static SigningKey generate();
    // From a PEM "PRIVATE KEY" without a passphrase. invalid_input when it is none, or another kind of key.
    [[nodiscard]] static Result<SigningKey> from_pem(std::string_view pem);

    [[nodiscard]] std::string pem() const;
    [[nodiscard]] PublicKey public_key() const;

    // 128 lower-case hexadecimal digits. The same bytes always give the same signature.
    [[nodiscard]] std::string sign(std::string_view bytes) const;

  private:
    explicit SigningKey(std::shared_ptr<const PublicKey::Handle> handle);

    std::shared_ptr<const PublicKey::Handle> handle_;
};

}  // namespace kansli
