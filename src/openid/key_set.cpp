#include "openid/key_set.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "json/value.hpp"
#include "openid/detail/jose.hpp"

namespace kansli::openid {

namespace {

constexpr std::size_t most_keys = 100;

// The algorithms that are believed. Neither "none" nor any with a shared secret can get in here: with those, whoever
// knows the public key could sign.
struct Algorithm {
    std::string_view name{};
    std::string_view kind{};
    std::string_view curve{};
    std::size_t least_bits = 0;
};
constexpr std::array algorithms{Algorithm{"RS256", "RSA", "", 2048}, Algorithm{"PS256", "RSA", "", 2048},
                                Algorithm{"ES256", "EC", "P-256", 256}};

std::string text_at(const json::Value& object, std::string_view name) {
    const auto* value = object.find(name);
    const auto* text = value != nullptr ? value->as_string() : nullptr;
    return text != nullptr ? *text : std::string();
}

bool is_believed(const json::Value& key) {
    const auto use = text_at(key, "use");
    if (!use.empty() && use != "sig") return false;
    const auto kind = text_at(key, "kty");
    const auto curve = text_at(key, "crv");
    return std::ranges::any_of(algorithms, [&](const Algorithm& algorithm) {
        return kind == algorithm.kind && (algorithm.curve.empty() || curve == algorithm.curve);
    });
}

}  // namespace

Result<KeySet> KeySet::parse(std::string_view text) {
    const auto set = json::parse(text);
    const auto* listed = set ? set->find("keys") : nullptr;
    const auto* keys = listed != nullptr ? listed->as_array() : nullptr;
    if (keys == nullptr) return fail(ErrorCode::corrupt, "Leverantörens nycklar går inte att läsa.", "jwks");
    if (keys->size() > most_keys)
        return fail(ErrorCode::too_large, fmt::format("Leverantören har fler än {} nycklar.", most_keys),
                    "jwks");
    KeySet result;
    for (const auto& key : *keys) {
        if (!is_believed(key)) continue;
        result.keys_.push_back({.id = text_at(key, "kid"),
                                .kind = text_at(key, "kty"),
                                .algorithm = text_at(key, "alg"),
                                .text = json::write(key)});
    }
    return result;
}

bool KeySet::has(std::string_view id) const {
    return std::ranges::find(keys_, id, &Key::id) != keys_.end();
}

Result<std::string> KeySet::verify(const std::string& token) const {
    const auto header = TRY(detail::signature_header(token));
    const auto algorithm = std::ranges::find(algorithms, header.algorithm, &Algorithm::name);
    if (algorithm == algorithms.end()) {
        return fail(ErrorCode::corrupt,
                    fmt::format("ID-token är signerad med {}, som inte godtas.", header.algorithm));
    }
    if (!header.key.empty() && !has(header.key))
        return fail(ErrorCode::not_found, fmt::format("Leverantören har ingen nyckel \"{}\".", header.key));
    Error last{ErrorCode::corrupt, "Leverantören har ingen nyckel som passar."};
    for (const auto& key : keys_) {
        if (!header.key.empty() && key.id != header.key) continue;
        if (key.kind != algorithm->kind || (!key.algorithm.empty() && key.algorithm != algorithm->name))
            continue;
        auto payload = detail::verified_payload(token, key.text, algorithm->least_bits);
        if (payload) return payload;
        last = payload.error();
    }
    return Failure(last);
}

}  // namespace kansli::openid
