#include "access/detail/session_rows.hpp"

#include "access/detail/user_rows.hpp"
#include "core/hash.hpp"
#include "json/describe.hpp"

namespace kansli::access::detail {

namespace {

constexpr std::size_t token_digits = 64;  // 256 bits

Result<void> remove_ended_sessions(store::Connection& connection, Timestamp moment) {
    TRY(connection.execute("DELETE FROM sessions WHERE created <= ?1 OR last_used <= ?2",
                           to_string(moment - session_longest), to_string(moment - session_idle)));
    return connection.execute("DELETE FROM known_devices WHERE last_used <= ?1",
                              to_string(moment - device_lifetime));
}

// The browser's own device token when we can have given it, else a new one. It opens nothing, so one that was
// put there by another does no harm beyond being counted together with them.
std::string device_token_of(const Visit& visit) {
    return visit.device_token.size() == token_digits ? visit.device_token : random_token(token_digits / 2);
}

}  // namespace

Result<SignedIn> start_session(store::Connection& connection, const User& user, SignInWay way,
                               const Visit& visit, Timestamp moment) {
    SignedIn signed_in{.token = random_token(token_digits / 2),
                       .device_token = device_token_of(visit),
                       .caller = caller_of(user)};
    TRY(remove_ended_sessions(connection, moment));
    if (!visit.earlier_session.empty())
        TRY(connection.execute("DELETE FROM sessions WHERE hash = ?1", sha256(visit.earlier_session)));
    TRY(
        connection.execute("INSERT INTO sessions (hash, user, created, last_used, id, device, way) "
                           "VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)",
                           sha256(signed_in.token), user.id.str(), to_string(moment), random_token(),
                           visit.device, json::enum_name(way)));
    TRY(
        connection.execute("INSERT INTO known_devices VALUES (?1, ?2, ?3) "
                           "ON CONFLICT (hash, user) DO UPDATE SET last_used = excluded.last_used",
                           sha256(signed_in.device_token), user.id.str(), to_string(moment)));
    TRY(note_sign_in(connection, user.id, moment));
    return signed_in;
}

Result<void> end_everything_of(store::Connection& connection, const UserId& id) {
    TRY(connection.execute("DELETE FROM sessions WHERE user = ?1", id.str()));
    TRY(connection.execute("DELETE FROM known_devices WHERE user = ?1", id.str()));
    return connection.execute("DELETE FROM sign_in_links WHERE user = ?1", id.str());
}

Result<void> end_other_sessions(store::Connection& connection, const UserId& id, const SessionId& but) {
    return connection.execute("DELETE FROM sessions WHERE user = ?1 AND id <> ?2", id.str(), but.str());
}

Result<bool> is_known_device(store::Connection& connection, std::string_view device_token,
                             std::string_view user_name) {
    if (device_token.size() != token_digits) return false;
    auto& rows = TRY(connection.prepare("SELECT 1 FROM known_devices d JOIN users u ON u.id = d.user "
                                        "WHERE d.hash = ?1 AND (?2 = '' OR u.user_name = ?2) LIMIT 1"))
                     .get();
    const bool known = TRY(rows.bind(sha256(device_token), user_name).step());
    TRY(rows.run());
    return known;
}

Result<Attempt> attempt_of(store::Database& database, const Visit& visit) {
    Attempt attempt{.origin = visit.origin, .account = {}, .known_device = {}};
    TRY(database.read([&](store::Connection& connection) -> Result<void> {
        if (TRY(is_known_device(connection, visit.device_token, {})))
            attempt.known_device = sha256(visit.device_token);
        return {};
    }));
    return attempt;
}

}  // namespace kansli::access::detail
