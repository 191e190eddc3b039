#include "openid/id_token.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/hash.hpp"
#include "openid/detail/encoding.hpp"

namespace kansli::openid {

namespace {

using namespace std::chrono_literals;

constexpr auto leeway = 60s;          // that clocks may differ
constexpr auto oldest_token = 10min;  // between the moment it was made and now
constexpr std::size_t longest_token = 64U << 10U;
constexpr std::size_t longest_subject = 255;  // OpenID Connect Core, section 2

std::string claim(const json::Value& claims, std::string_view name) {
    const auto* value = claims.find(name);
    const auto* text = value != nullptr ? value->as_string() : nullptr;
    return text != nullptr ? *text : std::string();
}

// Seconds since 1970 as a moment; nothing when it is absent, no number, or beyond reason.
std::optional<Timestamp> moment_claim(const json::Value& claims, std::string_view name) {
    const auto* value = claims.find(name);
    const auto seconds = value != nullptr ? value->as_number() : std::nullopt;
    if (!seconds || *seconds < 0 || *seconds > 1e11) return std::nullopt;
    return Timestamp(std::chrono::seconds(static_cast<std::int64_t>(*seconds)));
}

std::vector<std::string> audiences_of(const json::Value& claims) {
    std::vector<std::string> audiences;
    const auto* value = claims.find("aud");
    if (value == nullptr) return audiences;
    if (const auto* text = value->as_string()) audiences.push_back(*text);
    if (const auto* list = value->as_array()) {
        for (const auto& one : *list) {
            if (const auto* text = one.as_string()) audiences.push_back(*text);
        }
    }
    return audiences;
}

Failure wrong(std::string what) {
    return fail(ErrorCode::corrupt, "ID-token: " + what);
}

Result<void> check_parties(const json::Value& claims, const Expected& expected) {
    if (claim(claims, "iss") != expected.issuer) return wrong("fel utfärdare (iss).");
    const auto audiences = audiences_of(claims);
    if (std::ranges::find(audiences, expected.client_id) == audiences.end())
        return wrong("avsedd för någon annan (aud).");
    const auto* party = claims.find("azp");
    if (audiences.size() > 1 && party == nullptr) return wrong("flera mottagare men ingen azp.");
    if (party != nullptr && claim(claims, "azp") != expected.client_id)
        return wrong("utfärdad till någon annan (azp).");
    return {};
}

Result<void> check_times(const json::Value& claims, Timestamp moment) {
    const auto expires = moment_claim(claims, "exp");
    const auto issued = moment_claim(claims, "iat");
    if (!expires || !issued) return wrong("saknar tider (exp, iat).");
    if (*expires + leeway <= moment) return wrong("har gått ut (exp).");
    if (*issued - leeway > moment) return wrong("är från framtiden (iat). Går klockorna rätt?");
    if (*issued + oldest_token <= moment) return wrong("är för gammal (iat). Går klockorna rätt?");
    const auto from = moment_claim(claims, "nbf");
    if (from && *from - leeway > moment) return wrong("gäller inte än (nbf).");
    return {};
}

// The left half of the SHA-256: every algorithm that is believed has that hash.
Result<void> check_access_token(const json::Value& claims, const std::string& access_token) {
    if (claims.find("at_hash") == nullptr) return {};
    Sha256 hash;
    hash.update(access_token);
    const auto digest = hash.finish_bytes();
    const std::string half(digest.begin(), digest.begin() + digest.size() / 2);
    if (equal_secrets(claim(claims, "at_hash"), detail::base64url(half))) return {};
    return wrong("hör inte ihop med åtkomsttoken (at_hash).");
}

}  // namespace

Result<json::Value> check_id_token(const std::string& token, const KeySet& keys, const Expected& expected) {
    if (token.empty()) return wrong("saknas i svaret.");
    if (token.size() > longest_token) return wrong("är för stor.");
    auto claims = json::parse(TRY(keys.verify(token)));
    if (!claims || claims->as_object() == nullptr) return wrong("är inte JSON.");
    TRY(check_parties(*claims, expected));
    TRY(check_times(*claims, expected.moment));
    if (expected.nonce.empty() || !equal_secrets(claim(*claims, "nonce"), expected.nonce))
        return wrong("svarar på någon annan inloggning (nonce).");
    TRY(check_access_token(*claims, expected.access_token));
    const auto subject = claim(*claims, "sub");
    if (subject.empty() || subject.size() > longest_subject) return wrong("säger inte vem det är (sub).");
    return *std::move(claims);
}

}  // namespace kansli::openid
