#include "core/hash.hpp"

#include <array>
#include <span>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "core/check.hpp"

namespace kansli {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

std::string hex_of(std::span<const unsigned char> bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        text += hex_digits[byte >> 4U];
        text += hex_digits[byte & 0xFU];
    }
    return text;
}

// The value of a hexadecimal digit, 16 when it is none. Capitals are none: one number is written in one way.
std::uint8_t digit_value(char digit) {
    if (digit >= '0' && digit <= '9') return static_cast<std::uint8_t>(digit - '0');
    if (digit >= 'a' && digit <= 'f') return static_cast<std::uint8_t>(digit - 'a' + 10);
    return 16;
}

}  // namespace

HexDigest to_hex(const Digest& digest) {
    HexDigest text{};
    for (std::size_t i = 0; i < digest.size(); ++i) {
        text[2 * i] = hex_digits[digest[i] >> 4U];
        text[2 * i + 1] = hex_digits[digest[i] & 0xFU];
    }
    return text;
}

std::string hex_text(const Digest& digest) {
    return hex_of(digest);
}

bool from_hex(std::string_view text, std::uint8_t* bytes, std::size_t count) {
    if (text.size() != 2 * count) return false;
    for (std::size_t i = 0; i < count; ++i) {
        const auto high = digit_value(text[2 * i]);
        const auto low = digit_value(text[2 * i + 1]);
        if (high > 15 || low > 15) return false;
        bytes[i] = static_cast<std::uint8_t>(high << 4U | low);
    }
    return true;
}

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();

    State() { CHECK_INVARIANT(context != nullptr && EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1); }
    ~State() { EVP_MD_CTX_free(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    State(State&&) = delete;
    State& operator=(State&&) = delete;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
    CHECK_INVARIANT(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1);
}

Digest Sha256::finish_bytes() {
    Digest digest{};
    unsigned int size = 0;
    CHECK_INVARIANT(EVP_DigestFinal_ex(state_->context, digest.data(), &size) == 1 && size == digest.size());
    CHECK_INVARIANT(EVP_DigestInit_ex(state_->context, nullptr, nullptr) == 1);
    return digest;
}

std::string Sha256::finish() {
    return hex_of(finish_bytes());
}

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

std::string hmac_sha1(std::string_view key, std::string_view message) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
    CHECK_INVARIANT(HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), bytes, message.size(),
                         digest.data(), &size) != nullptr);
    return {reinterpret_cast<const char*>(digest.data()), size};
}

std::string random_bytes(std::size_t count) {
    std::string raw(count, '\0');
    auto* begin = reinterpret_cast<unsigned char*>(raw.data());
    CHECK_INVARIANT(RAND_bytes(begin, static_cast<int>(count)) == 1);
    return raw;
}

std::string random_token(std::size_t bytes) {
    const auto raw = random_bytes(bytes);
    const auto* begin = reinterpret_cast<const unsigned char*>(raw.data());
    return hex_of(std::span<const unsigned char>(begin, bytes));
}

bool equal_secrets(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace kansli
