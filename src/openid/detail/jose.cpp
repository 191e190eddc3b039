#include "openid/detail/jose.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>

#include <cjose/cjose.h>
#include <fmt/format.h>

namespace kansli::openid::detail {

namespace {

struct JoseFree {
    void operator()(cjose_jws_t* token) const { cjose_jws_release(token); }
    void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
    // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): cjose has allocated it
    void operator()(char* text) const { std::free(text); }
};
template <typename T>
using Owned = std::unique_ptr<T, JoseFree>;

Failure jose_failure(std::string_view what, const cjose_err& problem) {
    return fail(ErrorCode::corrupt, fmt::format("{} ({}).", what, problem.message ? problem.message : "?"));
}

Result<Owned<cjose_jws_t>> read_token(const std::string& token) {
    cjose_err problem{};
    Owned<cjose_jws_t> read(cjose_jws_import(token.c_str(), token.size(), &problem));
    if (!read) return jose_failure("ID-token går inte att läsa", problem);
    return read;
}

}  // namespace

Result<SignatureHeader> signature_header(const std::string& token) {
    const auto read = TRY(read_token(token));
    auto* header = cjose_jws_get_protected(read.get());
    cjose_err ignored{};
    const Owned<char> critical(cjose_header_get_raw(header, "crit", &ignored));
    if (critical) return fail(ErrorCode::corrupt, "ID-token kräver ett tillägg som inte stöds (crit).");
    const auto text_of = [&](const char* name) {
        const char* value = cjose_header_get(header, name, &ignored);
        return std::string(value != nullptr ? value : "");
    };
    return SignatureHeader{.algorithm = text_of(CJOSE_HDR_ALG), .key = text_of(CJOSE_HDR_KID)};
}

Result<std::string> verified_payload(const std::string& token, const std::string& key,
                                     std::size_t least_bits) {
    const auto read = TRY(read_token(token));
    cjose_err problem{};
    const Owned<cjose_jwk_t> imported(cjose_jwk_import(key.c_str(), key.size(), &problem));
    if (!imported) return jose_failure("Nyckeln går inte att läsa", problem);
    if (cjose_jwk_get_keysize(imported.get(), &problem) < least_bits)
        return fail(ErrorCode::corrupt, fmt::format("Nyckeln är kortare än {} bitar.", least_bits));
    if (!cjose_jws_verify(read.get(), imported.get(), &problem))
        return jose_failure("Signaturen stämmer inte", problem);
    std::uint8_t* bytes = nullptr;  // belongs to the token
    std::size_t size = 0;
    if (!cjose_jws_get_plaintext(read.get(), &bytes, &size, &problem))
        return jose_failure("ID-token saknar innehåll", problem);
    return std::string(bytes, bytes + size);
}

}  // namespace kansli::openid::detail
