#include "access/detail/credential_rows.hpp"

#include "access/detail/base32.hpp"
#include "access/detail/hex.hpp"
#include "access/detail/user_rows.hpp"
#include "access/one_time_code.hpp"
#include "core/ascii.hpp"
#include "core/hash.hpp"

namespace kansli::access::detail {

namespace {

constexpr std::size_t recovery_code_bytes = 10;  // 80 bits: too many to try, even against the stored hashes
constexpr std::size_t recovery_code_part = 4;

Failure link_is_void() {
    return fail(ErrorCode::not_authenticated, "Länken gäller inte längre.", {},
                "Be en administratör om en ny.");
}

// As it is hashed, however it was typed.
std::string bare_code(std::string_view code) {
    std::string bare;
    for (const char c : to_lower_ascii(code)) {
        if (c != ' ' && c != '-') bare += c;
    }
    return bare;
}

Result<bool> is_recovery_code(store::Connection& connection, const UserId& id, std::string_view code) {
    auto& rows = TRY(connection.prepare("SELECT 1 FROM recovery_codes WHERE user = ?1 AND hash = ?2")).get();
    const bool found = TRY(rows.bind(id.str(), sha256(bare_code(code))).step());
    TRY(rows.run());
    return found;
}

Result<std::optional<std::int64_t>> fitting_step(store::Connection& connection, const SecretBox& box,
                                                 const UserId& id, std::string_view code, Timestamp moment) {
    const auto factor = TRY(second_factor_of(connection, box, id));
    if (factor.secret.empty()) return std::optional<std::int64_t>();
    return matching_step(factor.secret, code, moment, factor.last_step);
}

}  // namespace

Result<SignInLink> make_link(store::Connection& connection, const UserId& id, Timestamp moment) {
    SignInLink link{.user = id, .token = random_token(32), .expires = moment + link_lifetime};
    TRY(connection.execute("DELETE FROM sign_in_links WHERE user = ?1 OR expires <= ?2", id.str(),
                           to_string(moment)));
    TRY(connection.execute("INSERT INTO sign_in_links VALUES (?1, ?2, ?3)", sha256(link.token), id.str(),
                           to_string(link.expires)));
    return link;
}

// Looked up by the hash of the token, so how long it takes tells nothing of the token.
Result<User> take_link(store::Connection& connection, std::string_view token, Timestamp moment) {
    const auto hash = sha256(token);
    auto& rows =
        TRY(connection.prepare("SELECT hash, user, expires FROM sign_in_links WHERE hash = ?1")).get();
    if (!TRY(rows.bind(hash).step()) || !equal_secrets(rows.view(0), hash)) return link_is_void();
    const UserId id(rows.text(1));
    const bool expired = TRY(parse_timestamp(rows.view(2))) <= moment;
    TRY(rows.run());
    if (expired) return link_is_void();
    TRY(connection.execute("DELETE FROM sign_in_links WHERE hash = ?1", hash));
    auto user = TRY(load_user(connection, id));
    if (user.disabled || has_role(user, Role::service)) return link_is_void();
    return user;
}

Result<std::optional<std::string>> password_hash_of(store::Connection& connection, const UserId& id) {
    auto& rows = TRY(connection.prepare("SELECT hash FROM passwords WHERE user = ?1")).get();
    std::optional<std::string> hash;
    if (TRY(rows.bind(id.str()).step())) {
        hash = rows.text(0);
        TRY(rows.run());
    }
    return hash;
}

Result<SecondFactor> second_factor_of(store::Connection& connection, const SecretBox& box, const UserId& id) {
    auto& rows =
        TRY(connection.prepare("SELECT secret, pending, last_step FROM second_factors WHERE user = ?1"))
            .get();
    if (!TRY(rows.bind(id.str()).step())) return SecondFactor();
    const auto secret = rows.text(0);
    const auto pending = rows.text(1);
    SecondFactor factor{.confirmed = !secret.empty(), .last_step = rows.integer(2)};
    TRY(rows.run());
    // What cannot be opened is as good as none; a recovery code works all the same.
    factor.secret = TRY(box.open(secret, id.str())).value_or("");
    factor.pending = TRY(box.open(pending, id.str())).value_or("");
    return factor;
}

Result<bool> code_fits(store::Connection& connection, const SecretBox& box, const UserId& id,
                       std::string_view code, Timestamp moment) {
    const auto step = TRY(fitting_step(connection, box, id, code, moment));
    const bool recovers = TRY(is_recovery_code(connection, id, code));
    return step.has_value() || recovers;
}

Result<bool> use_code(store::Connection& connection, const SecretBox& box, const UserId& id,
                      std::string_view code, Timestamp moment) {
    if (const auto step = TRY(fitting_step(connection, box, id, code, moment))) {
        TRY(connection.execute("UPDATE second_factors SET last_step = ?2 WHERE user = ?1", id.str(), *step));
        return true;
    }
    if (!TRY(is_recovery_code(connection, id, code))) return false;
    TRY(connection.execute("DELETE FROM recovery_codes WHERE user = ?1 AND hash = ?2", id.str(),
                           sha256(bare_code(code))));
    return true;
}

Result<int> seal_open_secrets(store::Connection& connection, const SecretBox& box) {
    struct Row {
        std::string user{};
        std::string secret{};
        std::string pending{};
    };
    auto& rows = TRY(connection.prepare("SELECT user, secret, pending FROM second_factors")).get();
    rows.bind();
    std::vector<Row> open;
    while (TRY(rows.step())) {
        Row row{rows.text(0), rows.text(1), rows.text(2)};
        const auto is_open = [](const std::string& text) {
            return !text.empty() && !SecretBox::is_sealed(text);
        };
        if (is_open(row.secret) || is_open(row.pending)) open.push_back(std::move(row));
    }
    // What is written over must not be read from the file afterwards.
    if (!open.empty()) TRY(connection.execute("PRAGMA secure_delete = ON"));
    for (auto& row : open) {
        for (auto* text : {&row.secret, &row.pending})
            if (!text->empty() && !SecretBox::is_sealed(*text))
                *text = TRY(box.seal(raw_of_hex(*text), row.user));
        TRY(connection.execute("UPDATE second_factors SET secret = ?2, pending = ?3 WHERE user = ?1",
                               row.user, row.secret, row.pending));
    }
    return static_cast<int>(open.size());
}

Result<int> count_unreadable(store::Connection& connection, const SecretBox& box) {
    auto& rows = TRY(connection.prepare("SELECT user, secret FROM second_factors WHERE secret <> ''")).get();
    rows.bind();
    int unreadable = 0;
    while (TRY(rows.step()))
        if (!TRY(box.open(rows.view(1), rows.view(0)))) ++unreadable;
    return unreadable;
}

Result<std::vector<std::string>> make_recovery_codes(store::Connection& connection, const UserId& id) {
    std::vector<std::string> codes;
    TRY(connection.execute("DELETE FROM recovery_codes WHERE user = ?1", id.str()));
    for (int i = 0; i < recovery_codes_given; ++i) {
        auto code = to_lower_ascii(base32(random_bytes(recovery_code_bytes)));
        TRY(connection.execute("INSERT INTO recovery_codes VALUES (?1, ?2)", id.str(), sha256(code)));
        for (auto at = code.size() - recovery_code_part; at > 0; at -= recovery_code_part)
            code.insert(at, "-");
        codes.push_back(std::move(code));
    }
    return codes;
}

}  // namespace kansli::access::detail
