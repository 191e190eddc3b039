#include "access/secret_box.hpp"

#include <array>
#include <chrono>
#include <system_error>
#include <utility>

#include <sodium.h>

#include "access/detail/hex.hpp"
#include "core/check.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"
#include "store/folder_lock.hpp"

namespace kansli::access {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view box_mark = "box1:";
constexpr std::size_t key_bytes = crypto_secretbox_KEYBYTES;
constexpr std::size_t nonce_bytes = crypto_secretbox_NONCEBYTES;
constexpr std::size_t seal_bytes = crypto_secretbox_MACBYTES;
constexpr std::chrono::seconds key_patience{30};

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

fs::path key_file(const fs::path& folder) {
    return folder / "keys" / "second-factors.key";
}

// What is sealed: for whom, and the secret.
std::string addressed(std::string_view secret, std::string_view owner) {
    return std::string(owner) + '\0' + std::string(secret);
}

}  // namespace

bool SecretBox::is_sealed(std::string_view text) {
    return text.starts_with(box_mark);
}

Result<std::optional<std::string>> SecretBox::key() const {
    const auto file = key_file(folder_);
    auto text = read_file(file, 4096);
    if (!text && text.error().code == ErrorCode::not_found) return std::nullopt;
    if (!text) return Failure(text.error());
    auto raw = detail::raw_of_hex(*text);
    if (raw.size() == key_bytes) return raw;
    return fail(ErrorCode::corrupt, "Nyckeln till koderna från telefonen går inte att läsa.", file.string(),
                "Lägg tillbaka den, eller flytta undan filen: då får alla koppla sin app på nytt.");
}

Result<std::string> SecretBox::key_or_new() const {
    const auto lock = TRY(store::FolderLock::acquire(folder_, "second-factors", key_patience));
    if (auto known = TRY(key())) return *std::move(known);
    const auto file = key_file(folder_);
    std::error_code status;
    fs::create_directories(file.parent_path(), status);
    if (!status) fs::permissions(file.parent_path(), fs::perms::owner_all, status);
    if (status) {
        return fail(ErrorCode::unavailable, "Mappen för nycklar kan inte skapas: " + status.message() + ".",
                    file.parent_path().string());
    }
    auto made = random_bytes(key_bytes);
    TRY(write_file(file, detail::hex_of(made)));
    return made;
}

Result<std::string> SecretBox::seal(std::string_view secret, std::string_view owner) const {
    const auto with = TRY(key_or_new());
    const auto plain = addressed(secret, owner);
    const auto nonce = random_bytes(nonce_bytes);
    std::string box(plain.size() + seal_bytes, '\0');
    CHECK_INVARIANT(crypto_secretbox_easy(bytes_of(box), bytes_of(plain), plain.size(), bytes_of(nonce),
                                          bytes_of(with)) == 0);
    return std::string(box_mark) + detail::hex_of(nonce + box);
}

Result<std::optional<std::string>> SecretBox::open(std::string_view sealed, std::string_view owner) const {
    const auto with = TRY(key());
    if (!with || !is_sealed(sealed)) return std::nullopt;
    const auto raw = detail::raw_of_hex(sealed.substr(box_mark.size()));
    if (raw.size() < nonce_bytes + seal_bytes) return std::nullopt;
    const std::string_view box = std::string_view(raw).substr(nonce_bytes);
    std::string plain(box.size() - seal_bytes, '\0');
    if (crypto_secretbox_open_easy(bytes_of(plain), bytes_of(box), box.size(), bytes_of(raw),
                                   bytes_of(*with)) != 0)
        return std::nullopt;
    const auto address = addressed("", owner);
    if (!plain.starts_with(address)) return std::nullopt;
    return plain.substr(address.size());
}

}  // namespace kansli::access
