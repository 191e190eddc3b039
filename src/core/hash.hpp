#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace kansli {

// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

// SHA-256 of bytes that arrive in pieces.
// Threads: one instance, one thread.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(std::string_view bytes);

    // The digest of all that came in. Requires: called once, and nothing after it.
    [[nodiscard]] std::string finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// HMAC with SHA-1 (RFC 2104), as 20 raw bytes: for one-time codes (RFC 6238) alone, whose programs on people's
// telephones know nothing else.
[[nodiscard]] std::string hmac_sha1(std::string_view key, std::string_view message);

// Raw bytes from the operating system's generator.
[[nodiscard]] std::string random_bytes(std::size_t count);

// Unguessable text of 2 × `bytes` hexadecimal digits from the operating system's generator: keys, ids,
// one-time links.
[[nodiscard]] std::string random_token(std::size_t bytes = 16);

// Compares in time that does not depend on where the texts differ.
[[nodiscard]] bool equal_secrets(std::string_view a, std::string_view b);

}  // namespace kansli
