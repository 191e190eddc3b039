// Signing in by link, and the sessions that follow.
#include <algorithm>
#include <string>
#include <utility>

#include "access/detail/user_rows.hpp"
#include "access/people.hpp"
#include "core/hash.hpp"

namespace kansli::access {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t failures_allowed = 20;
constexpr auto failures_window = 1min;
constexpr std::size_t origins_kept = 1000;
// Use is noted no more often than this, so that reading a page does not write to the disk.
constexpr auto use_grain = 10min;

Failure link_is_void() {
    return fail(ErrorCode::not_authenticated, "Länken gäller inte längre.", {},
                "Be en administratör om en ny.");
}

Failure not_signed_in() {
    return fail(ErrorCode::not_authenticated, "Du är inte inloggad.", {},
                "Logga in med en länk från en administratör.");
}

// The user of a link that holds, and the link is gone. Looked up by the hash of the token, so how long it
// takes tells nothing of the token.
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
    auto user = TRY(detail::load_user(connection, id));
    if (user.disabled) return link_is_void();
    return user;
}

struct StoredSession {
    UserId user{};
    Session times{};
};

Result<Session> times_of(const store::Statement& row) {
    Session times;
    times.created = TRY(parse_timestamp(row.view(1)));
    times.last_used = TRY(parse_timestamp(row.view(2)));
    times.expires = std::min(times.created + session_longest, times.last_used + session_idle);
    return times;
}

Result<StoredSession> load_session(store::Connection& connection, const std::string& hash, Timestamp moment) {
    auto& rows =
        TRY(connection.prepare("SELECT user, created, last_used, hash FROM sessions WHERE hash = ?1")).get();
    if (!TRY(rows.bind(hash).step()) || !equal_secrets(rows.view(3), hash)) return not_signed_in();
    StoredSession found{.user = UserId(rows.text(0)), .times = TRY(times_of(rows))};
    if (found.times.expires <= moment) return not_signed_in();
    return found;
}

Result<void> remove_ended_sessions(store::Connection& connection, Timestamp moment) {
    return connection.execute("DELETE FROM sessions WHERE created <= ?1 OR last_used <= ?2",
                              to_string(moment - session_longest), to_string(moment - session_idle));
}

}  // namespace

std::string csrf_token(std::string_view session_token) {
    return sha256("kansli csrf 1:" + std::string(session_token));
}

Result<void> People::check_rate(const std::string& origin) {
    const std::scoped_lock lock(failures_mutex_);
    const auto found = failures_.find(origin);
    if (found == failures_.end()) return {};
    const auto old = [limit = clock_() - failures_window](Timestamp moment) { return moment <= limit; };
    std::erase_if(found->second, old);
    if (found->second.size() < failures_allowed) return {};
    return fail(ErrorCode::busy, "För många försök att logga in.", {}, "Vänta en minut och försök igen.");
}

void People::note_failure(const std::string& origin) {
    const std::scoped_lock lock(failures_mutex_);
    // Somebody with many addresses must not fill the memory.
    if (failures_.size() >= origins_kept) failures_.clear();
    failures_[origin].push_back(clock_());
}

Result<SignedIn> People::redeem_link(std::string_view token, std::string_view origin,
                                     const Alongside& alongside) {
    TRY(check_rate(std::string(origin)));
    const auto moment = clock_();
    SignedIn signed_in{.token = random_token(32), .caller = {}};
    const auto done = database_.write([&](store::Connection& connection) -> Result<void> {
        auto user = TRY(take_link(connection, token, moment));
        user.last_signed_in = moment;
        TRY(detail::save_user(connection, user));
        TRY(remove_ended_sessions(connection, moment));
        TRY(connection.execute("INSERT INTO sessions VALUES (?1, ?2, ?3, ?3)", sha256(signed_in.token),
                               user.id.str(), to_string(moment)));
        signed_in.caller = detail::caller_of(user);
        return alongside ? alongside(connection, user) : Result<void>();
    });
    if (done) return signed_in;
    if (done.error().code == ErrorCode::not_authenticated) note_failure(std::string(origin));
    return Failure(done.error());
}

Result<Caller> People::caller_of_session(std::string_view token) {
    const auto hash = sha256(token);
    const auto moment = clock_();
    StoredSession session;
    User user;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        session = TRY(load_session(connection, hash, moment));
        user = TRY(detail::load_user(connection, session.user));
        return {};
    }));
    if (user.disabled) return not_signed_in();
    if (moment - session.times.last_used >= use_grain) {
        // Only ever forward, and never for a session that has ended meanwhile. A busy store is no reason to
        // turn anybody away.
        (void)database_.write([&](store::Connection& connection) {
            return connection.execute("UPDATE sessions SET last_used = ?2 WHERE hash = ?1 AND last_used < ?2",
                                      hash, to_string(moment));
        });
    }
    return detail::caller_of(user);
}

Result<void> People::end_session(std::string_view token) {
    return database_.write([&](store::Connection& connection) {
        return connection.execute("DELETE FROM sessions WHERE hash = ?1", sha256(token));
    });
}

Result<void> People::end_sessions_of(const UserId& id) {
    return database_.write([&](store::Connection& connection) {
        return connection.execute("DELETE FROM sessions WHERE user = ?1", id.str());
    });
}

Result<std::vector<Session>> People::sessions_of(const UserId& id) {
    std::vector<Session> sessions;
    const auto moment = clock_();
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        auto& rows = TRY(connection.prepare("SELECT user, created, last_used FROM sessions WHERE user = ?1 "
                                            "ORDER BY created DESC"))
                         .get();
        rows.bind(id.str());
        while (TRY(rows.step())) {
            const auto times = TRY(times_of(rows));
            if (times.expires > moment) sessions.push_back(times);
        }
        return {};
    }));
    return sessions;
}

}  // namespace kansli::access
