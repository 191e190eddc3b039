#include "access/passwords.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "access/detail/common_passwords.hpp"
#include "core/ascii.hpp"
#include "core/check.hpp"

namespace kansli::access {

namespace {

void prepare_sodium() {
    // May be called again and again, and from any thread.
    CHECK_INVARIANT(sodium_init() >= 0);
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Lower-case with Swedish letters, and without the digits and signs at the end.
std::string stem_of(std::string_view password) {
    auto stem = to_lower_ascii(password);
    // The second byte of Å, Ä and Ö in UTF-8; that of the small letters is 0x20 higher.
    for (std::size_t i = 1; i < stem.size(); ++i) {
        const auto byte = static_cast<unsigned char>(stem[i]);
        const bool capital = byte == 0x84 || byte == 0x85 || byte == 0x96;
        if (stem[i - 1] == '\xC3' && capital) stem[i] = static_cast<char>(byte + 0x20);
    }
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
    };
    while (!stem.empty() && !is_letter(stem.back()))
        stem.pop_back();
    return stem;
}

}  // namespace

Result<void> check_new_password(std::string_view password, std::string_view user_name,
                                std::string_view name) {
    if (characters_in(password) < shortest_password) {
        return fail(ErrorCode::invalid_input, "Lösenordet är för kort.", "password",
                    "Använd minst 12 tecken. Några ord i rad går bra.");
    }
    if (password.size() > longest_password)
        return fail(ErrorCode::invalid_input, "Lösenordet är för långt.", "password");
    const auto stem = stem_of(password);
    const auto& common = detail::common_passwords;
    const bool known = std::find(common.begin(), common.end(), stem) != common.end();
    if (known || stem == stem_of(user_name) || stem == stem_of(name)) {
        return fail(ErrorCode::invalid_input, "Lösenordet är ett av dem som prövas först.", "password",
                    "Välj något som bara du kommer på, till exempel några ord som inte hör ihop.");
    }
    return {};
}

Result<std::string> hash_password(std::string_view password, const PasswordCost& cost) {
    prepare_sodium();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes, cost.bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return fail(ErrorCode::unavailable, "Minnet räcker inte för att räkna ut lösenordets kontrollsumma.",
                    {}, "Försök igen om en stund.");
    }
    return std::string(text.data());
}

bool verify_password(std::string_view password, const std::string& hash) {
    prepare_sodium();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (hash.size() >= text.size()) return false;
    std::copy(hash.begin(), hash.end(), text.begin());
    return crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0;
}

std::string decoy_hash(const PasswordCost& cost) {
    // Salt and digest of zeros, in the form that the others have.
    return "$argon2id$v=19$m=" + std::to_string(cost.bytes / 1024) + ",t=" + std::to_string(cost.passes) +
           ",p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
}

}  // namespace kansli::access
