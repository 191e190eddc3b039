#include "core/sign.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "core/check.hpp"
#include "core/hash.hpp"

namespace kansli {

namespace {

constexpr std::size_t signature_size = 64;
using Signature = std::array<std::uint8_t, signature_size>;

struct FreeBio {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// `write` puts the PEM into the BIO that it is given.
template <typename Write>
std::string written(const Write& write) {
    const Bio bio(BIO_new(BIO_s_mem()));
    CHECK_INVARIANT(bio != nullptr && write(bio.get()) == 1);
    char* begin = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &begin);
    CHECK_INVARIANT(size > 0);
    return {begin, static_cast<std::size_t>(size)};
}

// Nobody is asked for a passphrase on the terminal: a key that has one is not ours.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*data*/) {
    return -1;
}

}  // namespace

struct PublicKey::Handle {
    EVP_PKEY* key;

    explicit Handle(EVP_PKEY* owned) : key(owned) {}
    ~Handle() { EVP_PKEY_free(key); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    Handle(Handle&&) = delete;
    Handle& operator=(Handle&&) = delete;

    [[nodiscard]] bool is_ed25519() const { return EVP_PKEY_is_a(key, "ED25519") == 1; }
};

PublicKey::PublicKey(std::shared_ptr<const Handle> handle) : handle_(std::move(handle)) {
}

Result<PublicKey> PublicKey::from_pem(std::string_view pem) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    EVP_PKEY* key = PEM_read_bio_PUBKEY(bio.get(), nullptr, no_passphrase, nullptr);
    if (key != nullptr) {
        auto handle = std::make_shared<const Handle>(key);
        if (handle->is_ed25519()) return PublicKey(std::move(handle));
    }
    return fail(ErrorCode::invalid_input, "Det här är ingen publik nyckel av slaget Ed25519 i PEM-form.");
}

Result<PublicKey> PublicKey::from_hex(std::string_view text) {
    Digest raw{};
    EVP_PKEY* key = nullptr;
    if (kansli::from_hex(text, raw.data(), raw.size())) {
        key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw.data(), raw.size());
    }
    if (key != nullptr) return PublicKey(std::make_shared<const Handle>(key));
    return fail(ErrorCode::invalid_input, "Den publika nyckeln är inte 64 hexadecimala siffror.");
}

std::string PublicKey::hex() const {
    Digest raw{};
    std::size_t size = raw.size();
    CHECK_INVARIANT(EVP_PKEY_get_raw_public_key(handle_->key, raw.data(), &size) == 1 && size == raw.size());
    return hex_text(raw);
}

std::string PublicKey::pem() const {
    return written([this](BIO* bio) { return PEM_write_bio_PUBKEY(bio, handle_->key); });
}

bool PublicKey::verifies(std::string_view bytes, std::string_view signature) const {
    Signature raw{};
    if (!kansli::from_hex(signature, raw.data(), raw.size())) return false;
    const Context context(EVP_MD_CTX_new());
    CHECK_INVARIANT(context != nullptr);
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, handle_->key) == 1 &&
           EVP_DigestVerify(context.get(), raw.data(), raw.size(), bytes_of(bytes), bytes.size()) == 1;
}

SigningKey::SigningKey(std::shared_ptr<const PublicKey::Handle> handle) : handle_(std::move(handle)) {
}

SigningKey SigningKey::generate() {
    EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    CHECK_INVARIANT(key != nullptr);
    return SigningKey(std::make_shared<const PublicKey::Handle>(key));
}

Result<SigningKey> SigningKey::from_pem(std::string_view pem) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    EVP_PKEY* key = PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr);
    if (key != nullptr) {
        auto handle = std::make_shared<const PublicKey::Handle>(key);
        if (handle->is_ed25519()) return SigningKey(std::move(handle));
    }
    return fail(ErrorCode::invalid_input, "Det här är ingen hemlig nyckel av slaget Ed25519 i PEM-form.");
}

std::string SigningKey::pem() const {
    return written([this](BIO* bio) {
        return PEM_write_bio_PKCS8PrivateKey(bio, handle_->key, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

PublicKey SigningKey::public_key() const {
    return PublicKey(handle_);
}

std::string SigningKey::sign(std::string_view bytes) const {
    const Context context(EVP_MD_CTX_new());
    Signature raw{};
    std::size_t size = raw.size();
    CHECK_INVARIANT(context != nullptr &&
                    EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, handle_->key) == 1 &&
                    EVP_DigestSign(context.get(), raw.data(), &size, bytes_of(bytes), bytes.size()) == 1 &&
                    size == raw.size());
    Digest half{};
    std::string text;
    for (const std::size_t start : {std::size_t{0}, half.size()}) {
        std::memcpy(half.data(), raw.data() + start, half.size());
        text += hex_text(half);
    }
    return text;
}

}  // namespace kansli
