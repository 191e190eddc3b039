#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace kansli {

// The 32 bytes of a SHA-256.
using Digest = std::array<std::uint8_t, 32>;

// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

// The 64 lower-case hexadecimal digits of a digest.
using HexDigest = std::array<char, 64>;
[[nodiscard]] HexDigest to_hex(const Digest& digest);
[[nodiscard]] std::string hex_text(const Digest& digest);

// The bytes behind lower-case hexadecimal digits into `bytes`; false when the text is anything else or of another length.
[[nodiscard]] bool from_hex(std::string_view text, std::uint8_t* bytes, std::size_t count);

// SHA-256 of bytes that arrive in pieces. One instance takes one message after the other without being built anew.
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

    // The digest of all that came in since the last one; what comes next is a new message.
    [[nodiscard]] Digest finish_bytes();
    // The same as 64 lower-case hexadecimal digits.
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
