#include "access/api_keys.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "access/detail/names.hpp"
#include "access/detail/user_rows.hpp"
#include "core/hash.hpp"
#include "json/binder.hpp"

namespace kansli::access {

namespace {

using namespace std::chrono_literals;

constexpr auto api_key_grain = 10min;  // use is noted no more often than this

constexpr std::string_view api_key_columns =
    "SELECT k.id, k.owner, u.user_name, k.name, k.scope, k.ending, k.created, k.expires, k.last_used, "
    "k.revoked, k.hash FROM api_keys k JOIN users u ON u.id = k.owner ";

Failure key_is_void() {
    return fail(ErrorCode::not_authenticated, "API-nyckeln gäller inte.", "Authorization",
                "Skapa en ny under Mitt konto, eller be en administratör.");
}

Result<std::optional<Timestamp>> moment_in(const store::Statement& row, int column) {
    if (row.is_null(column)) return std::optional<Timestamp>();
    return std::optional(TRY(parse_timestamp(row.view(column))));
}

Result<ApiKey> api_key_of_row(const store::Statement& row) {
    ApiKey key{.id = ApiKeyId(row.text(0)),
               .owner = UserId(row.text(1)),
               .owner_name = row.text(2),
               .name = row.text(3),
               .scope = TRY(json::read<std::vector<Right>>(row.view(4))),
               .ending = row.text(5)};
    key.created = TRY(parse_timestamp(row.view(6)));
    key.expires = TRY(parse_timestamp(row.view(7)));
    key.last_used = TRY(moment_in(row, 8));
    key.revoked = TRY(moment_in(row, 9));
    return key;
}

Result<std::vector<ApiKey>> load_keys(store::Connection& connection, std::string_view condition,
                                      const std::string& value) {
    std::vector<ApiKey> keys;
    auto& rows = TRY(connection.prepare(std::string(api_key_columns) + std::string(condition) +
                                        " ORDER BY k.created DESC, k.id"))
                     .get();
    rows.bind(value);
    while (TRY(rows.step()))
        keys.push_back(TRY(api_key_of_row(rows)));
    return keys;
}

Result<std::vector<Right>> clean_scope(std::vector<Right> scope, const User& owner) {
    if (scope.empty())
        return fail(ErrorCode::invalid_input, "Nyckeln måste få göra något.", "scope",
                    "Välj minst en rättighet.");
    std::sort(scope.begin(), scope.end());
    scope.erase(std::unique(scope.begin(), scope.end()), scope.end());
    const auto granted = rights_of(owner.roles);
    for (const Right right : scope) {
        if (right == Right::anyone || right == Right::account) {
            return fail(ErrorCode::invalid_input,
                        fmt::format("En nyckel kan inte ges rättigheten {}.", json::enum_name(right)),
                        "scope");
        }
        if (!granted.has(right)) {
            return fail(ErrorCode::forbidden,
                        fmt::format("{} har inte rättigheten {}.", owner.name, json::enum_name(right)),
                        "scope", "En nyckel får göra högst det som kontot får.");
        }
    }
    return scope;
}

Rights set_of(const std::vector<Right>& scope) {
    Rights rights;
    for (const Right right : scope)
        rights |= {right};
    return rights;
}

}  // namespace

ApiKeys::ApiKeys(store::Database& database, Clock clock) : database_(database), clock_(std::move(clock)) {
}

Result<IssuedKey> ApiKeys::create(const NewApiKey& wanted, const Alongside<ApiKey>& alongside) {
    if (wanted.days < 1 || wanted.days > api_key_longest_days) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("En nyckel gäller mellan 1 och {} dagar.", api_key_longest_days), "days");
    }
    const auto moment = clock_();
    IssuedKey issued{.key = {.id = ApiKeyId(random_token()),
                             .owner = wanted.owner,
                             .name = TRY(detail::clean_name(wanted.name, "name")),
                             .created = moment,
                             .expires = moment + std::chrono::days(wanted.days)},
                     .token = std::string(api_key_prefix) + random_token(32)};
    auto& key = issued.key;
    key.ending = issued.token.substr(issued.token.size() - 4);
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto owner = TRY(detail::load_user(connection, wanted.owner));
        if (owner.disabled) return fail(ErrorCode::conflict, "Kontot är avstängt.", owner.user_name);
        key.owner_name = owner.user_name;
        key.scope = TRY(clean_scope(wanted.scope, owner));
        const auto present = TRY(load_keys(connection, "WHERE k.owner = ?1", owner.id.str()));
        const auto working = std::count_if(present.begin(), present.end(), [&](const ApiKey& other) {
            return !other.revoked && other.expires > moment;
        });
        if (working >= api_keys_of_one)
            return fail(ErrorCode::conflict, "Kontot har för många nycklar.", {}, "Återkalla någon först.");
        TRY(connection.execute(
            "INSERT INTO api_keys (id, hash, owner, name, scope, ending, created, expires) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            key.id.str(), sha256(issued.token), owner.id.str(), key.name, json::write(key.scope), key.ending,
            to_string(moment), to_string(key.expires)));
        return run_alongside(alongside, connection, key);
    }));
    return issued;
}

Result<Caller> ApiKeys::caller_of(std::string_view token) {
    const auto hash = sha256(token);
    const auto moment = clock_();
    ApiKey key;
    User owner;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const auto found = TRY(load_keys(connection, "WHERE k.hash = ?1", hash));
        if (found.empty() || found.front().revoked || found.front().expires <= moment) return key_is_void();
        key = found.front();
        owner = TRY(detail::load_user(connection, key.owner));
        return {};
    }));
    if (owner.disabled) return key_is_void();
    if (!key.last_used || moment - *key.last_used >= api_key_grain) {
        // A busy store is no reason to turn a program away.
        (void)database_.write([&](store::Connection& connection) {
            return connection.execute("UPDATE api_keys SET last_used = ?2 WHERE id = ?1", key.id.str(),
                                      to_string(moment));
        });
    }
    auto caller = detail::caller_of(owner);
    caller.scope = set_of(key.scope);
    return caller;
}

Result<std::vector<ApiKey>> ApiKeys::keys_of(const UserId& owner) {
    std::vector<ApiKey> keys;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        keys = TRY(load_keys(connection, "WHERE k.owner = ?1", owner.str()));
        return {};
    }));
    return keys;
}

Result<std::vector<ApiKey>> ApiKeys::all() {
    std::vector<ApiKey> keys;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        keys = TRY(load_keys(connection, "WHERE ?1 = ''", {}));
        return {};
    }));
    return keys;
}

Result<void> ApiKeys::revoke(const ApiKeyId& id, const std::optional<UserId>& owner,
                             const Alongside<ApiKey>& alongside) {
    const auto moment = clock_();
    return database_.write([&](store::Connection& connection) -> Result<void> {
        auto found = TRY(load_keys(connection, "WHERE k.id = ?1", id.str()));
        if (found.empty() || (owner && found.front().owner != *owner))
            return fail(ErrorCode::not_found, "Nyckeln finns inte.", id.str());
        if (found.front().revoked) return {};
        found.front().revoked = moment;
        TRY(connection.execute("UPDATE api_keys SET revoked = ?2 WHERE id = ?1", id.str(),
                               to_string(moment)));
        return run_alongside(alongside, connection, found.front());
    });
}

}  // namespace kansli::access
