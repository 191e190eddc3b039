#include "access/sessions.hpp"

#include <algorithm>
#include <utility>

#include "access/detail/session_rows.hpp"
#include "access/detail/user_rows.hpp"
#include "core/hash.hpp"
#include "json/describe.hpp"

namespace kansli::access {

namespace {

using namespace std::chrono_literals;

// Use is noted no more often than this, so that reading a page does not write to the disk.
constexpr auto session_grain = 10min;

constexpr std::string_view session_columns =
    "SELECT s.id, s.user, u.user_name, u.display_name, s.device, s.way, s.created, s.last_used, s.hash "
    "FROM sessions s JOIN users u ON u.id = s.user ";

Failure not_signed_in() {
    return fail(ErrorCode::not_authenticated, "Du är inte inloggad.", {}, "Logga in och försök igen.");
}

Result<Session> session_of_row(const store::Statement& row) {
    Session session{.id = SessionId(row.text(0)),
                    .user = UserId(row.text(1)),
                    .user_name = row.text(2),
                    .name = row.text(3),
                    .device = row.text(4),
                    .way = json::enum_value<SignInWay>(row.view(5)).value_or(SignInWay::link)};
    session.created = TRY(parse_timestamp(row.view(6)));
    session.last_used = TRY(parse_timestamp(row.view(7)));
    session.expires = std::min(session.created + session_longest, session.last_used + session_idle);
    return session;
}

Result<Session> load_session(store::Connection& connection, const std::string& hash, Timestamp moment) {
    auto& rows = TRY(connection.prepare(std::string(session_columns) + "WHERE s.hash = ?1")).get();
    if (!TRY(rows.bind(hash).step()) || !equal_secrets(rows.view(8), hash)) return not_signed_in();
    auto session = TRY(session_of_row(rows));
    TRY(rows.run());
    if (session.expires <= moment) return not_signed_in();
    return session;
}

// `condition` on the column ?1 of `value`.
Result<std::vector<Session>> load_sessions(store::Connection& connection, std::string_view condition,
                                           const std::string& value, Timestamp moment) {
    std::vector<Session> sessions;
    auto& rows = TRY(connection.prepare(std::string(session_columns) + std::string(condition) +
                                        " ORDER BY s.last_used DESC, s.created DESC"))
                     .get();
    rows.bind(value);
    while (TRY(rows.step())) {
        auto session = TRY(session_of_row(rows));
        if (session.expires > moment) sessions.push_back(std::move(session));
    }
    return sessions;
}

}  // namespace

std::string csrf_token(std::string_view session_token) {
    return sha256("kansli csrf 1:" + std::string(session_token));
}

Sessions::Sessions(store::Database& database, Clock clock) : database_(database), clock_(std::move(clock)) {
}

Result<Visitor> Sessions::visitor(std::string_view token) {
    const auto hash = sha256(token);
    const auto moment = clock_();
    Session session;
    User user;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        session = TRY(load_session(connection, hash, moment));
        user = TRY(detail::load_user(connection, session.user));
        return {};
    }));
    if (user.disabled) return not_signed_in();
    if (moment - session.last_used >= session_grain) {
        // Only ever forward, and never for a session that has ended meanwhile. A busy store is no reason to
        // turn anybody away.
        (void)database_.write([&](store::Connection& connection) {
            return connection.execute("UPDATE sessions SET last_used = ?2 WHERE hash = ?1 AND last_used < ?2",
                                      hash, to_string(moment));
        });
    }
    return Visitor{.caller = detail::caller_of(user), .session = session.id, .way = session.way};
}

Result<void> Sessions::end(std::string_view token, const Alongside<Session>& alongside) {
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const auto session = TRY(load_session(connection, sha256(token), clock_()));
        TRY(connection.execute("DELETE FROM sessions WHERE id = ?1", session.id.str()));
        return run_alongside(alongside, connection, session);
    });
}

Result<std::vector<Session>> Sessions::sessions_of(const UserId& id) {
    std::vector<Session> sessions;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        sessions = TRY(load_sessions(connection, "WHERE s.user = ?1", id.str(), clock_()));
        return {};
    }));
    return sessions;
}

Result<std::vector<Session>> Sessions::all() {
    std::vector<Session> sessions;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        sessions = TRY(load_sessions(connection, "WHERE ?1 = ''", {}, clock_()));
        return {};
    }));
    return sessions;
}

Result<void> Sessions::end_one(const SessionId& id, const std::optional<UserId>& owner,
                               const Alongside<Session>& alongside) {
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const auto found = TRY(load_sessions(connection, "WHERE s.id = ?1", id.str(), clock_()));
        if (found.empty() || (owner && found.front().user != *owner))
            return fail(ErrorCode::not_found, "Inloggningen finns inte, eller har redan avslutats.",
                        id.str());
        TRY(connection.execute("DELETE FROM sessions WHERE id = ?1", id.str()));
        return run_alongside(alongside, connection, found.front());
    });
}

Result<void> Sessions::end_others(const UserId& id, const SessionId& but, const Alongside<User>& alongside) {
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const auto user = TRY(detail::load_user(connection, id));
        TRY(detail::end_other_sessions(connection, id, but));
        return run_alongside(alongside, connection, user);
    });
}

}  // namespace kansli::access
