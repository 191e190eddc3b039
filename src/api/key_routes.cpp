#include <algorithm>
#include <optional>
#include <utility>

#include "api/account_messages.hpp"
#include "api/noted.hpp"
#include "api/routes.hpp"

namespace kansli::api {

namespace {

using access::ApiKey;
using access::ApiKeyId;
using access::UserId;

Result<KeyWithToken> issue_key(Call& call, const UserId& owner, NewKey wanted) {
    auto issued = TRY(call.services.keys.create({.owner = owner,
                                                 .name = std::move(wanted.name),
                                                 .scope = std::move(wanted.scope),
                                                 .days = wanted.days},
                                                noted<ApiKey>(call, "key_created")));
    return KeyWithToken{.key = std::move(issued.key), .token = std::move(issued.token)};
}

// An administrator makes keys for programs, not in the name of other people.
Result<KeyWithToken> issue_service_key(Call& call, NewKey wanted) {
    const auto owner = TRY(call.services.people.user(UserId{call.path_value("person")}));
    if (std::ranges::find(owner.roles, access::Role::service) == owner.roles.end()) {
        return fail(ErrorCode::conflict, owner.name + " är inget tjänstekonto.", {},
                    "Personer skapar sina nycklar själva, under Mitt konto.");
    }
    for (const auto right : wanted.scope) {
        // Provisioning is for programs alone: whoever keeps people by hand may let one do it.
        const bool by_hand = right == Right::provision && access::may(call.caller, Right::administer);
        if (by_hand || access::may(call.caller, right)) continue;
        return fail(ErrorCode::forbidden,
                    "Du kan inte ge en nyckel rättigheten " + std::string(json::enum_name(right)) +
                        ": du har den inte själv.",
                    "scope");
    }
    return issue_key(call, owner.id, std::move(wanted));
}

Result<Nothing> revoke_key(Call& call, const std::optional<UserId>& owner) {
    TRY(call.services.keys.revoke(ApiKeyId{call.path_value("key")}, owner,
                                  noted<ApiKey>(call, "key_revoked")));
    return Nothing{};
}

void add_own_key_routes(RouteTable& table) {
    table.add<Nothing, KeyList>(
        {http::Method::get, "/api/account/keys", "listOwnKeys", "Mina API-nycklar.", Right::account},
        [](Call& call, Nothing) -> Result<KeyList> {
            return KeyList{TRY(call.services.keys.keys_of(call.caller.id))};
        });
    table.add<NewKey, KeyWithToken>(
        {http::Method::post, "/api/account/keys", "createOwnKey",
         "En API-nyckel som får göra högst det som jag får. Den visas bara nu.", Right::account},
        [](Call& call, NewKey wanted) { return issue_key(call, call.caller.id, std::move(wanted)); }, 201);
    table.add<Nothing, Nothing>(
        {http::Method::del, "/api/account/keys/{key}", "revokeOwnKey", "Återkalla en av mina nycklar.",
         Right::account},
        [](Call& call, Nothing) { return revoke_key(call, call.caller.id); }, 204);
}

}  // namespace

void add_key_routes(RouteTable& table) {
    add_own_key_routes(table);
    table.add<Nothing, KeyList>(
        {http::Method::get, "/api/keys", "listKeys", "Allas API-nycklar.", Right::administer},
        [](Call& call, Nothing) -> Result<KeyList> { return KeyList{TRY(call.services.keys.all())}; });
    table.add<NewKey, KeyWithToken>(
        {http::Method::post, "/api/people/{person}/keys", "createServiceKey",
         "En API-nyckel till ett tjänstekonto. Den visas bara nu.", Right::administer},
        issue_service_key, 201);
    table.add<Nothing, Nothing>(
        {http::Method::del, "/api/keys/{key}", "revokeKey", "Återkalla en nyckel, vems den än är.",
         Right::administer},
        [](Call& call, Nothing) { return revoke_key(call, std::nullopt); }, 204);
}

}  // namespace kansli::api
