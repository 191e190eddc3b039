#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/api_keys.hpp"
#include "access/organisation.hpp"
#include "access/sessions.hpp"
#include "api/descriptions.hpp"
#include "core/time.hpp"
#include "json/describe.hpp"

// What goes over the wire about accounts, sessions, keys and the organisation.
namespace kansli::api {

struct PasswordSignIn {
    std::string user_name{};
    std::string password{};
    std::string code{};
};
KANSLI_DESCRIBE(PasswordSignIn, user_name, password, code)

// What the record keeps of a sign-in.
struct SignInNote {
    access::SignInWay way = access::SignInWay::link;
    std::string device{};
};
KANSLI_DESCRIBE(SignInNote, way, device)

// What the record keeps of an account's being tied to a person at an identity provider.
struct IdentityNote {
    std::string issuer{};
};
KANSLI_DESCRIBE(IdentityNote, issuer)

// How one can sign in here, beside links and passwords.
struct SignInWays {
    std::optional<std::string>
        openid{};  // what the button to the identity provider says; null: there is none
};
KANSLI_DESCRIBE(SignInWays, openid)

struct AccountView {
    std::string user_name{};
    std::string name{};
    std::string email{};
    std::optional<Timestamp> password_changed{};
    std::optional<Timestamp> second_factor_since{};
    bool second_factor_lost = false;  // it cannot be read any more: enrol again
    int recovery_codes = 0;
};
KANSLI_DESCRIBE(AccountView, user_name, name, email, password_changed, second_factor_since,
                second_factor_lost, recovery_codes)

struct PasswordForm {
    std::optional<std::string> current{};  // when there is one
    std::string password{};
};
KANSLI_DESCRIBE(PasswordForm, current, password)

struct CodeForm {
    std::optional<std::string> code{};
};
KANSLI_DESCRIBE(CodeForm, code)

// For an authenticator: the secret to type, and the address that a picture holds.
struct FactorSetup {
    std::string secret{};
    std::string address{};
};
KANSLI_DESCRIBE(FactorSetup, secret, address)

struct RecoveryCodes {
    std::vector<std::string> codes{};
};
KANSLI_DESCRIBE(RecoveryCodes, codes)

struct SessionRow {
    std::string id{};
    std::string user_name{};
    std::string name{};
    std::string device{};
    access::SignInWay way = access::SignInWay::link;
    Timestamp created{};
    Timestamp last_used{};
    Timestamp expires{};
    bool current = false;  // the one that asks
};
KANSLI_DESCRIBE(SessionRow, id, user_name, name, device, way, created, last_used, expires, current)

struct SessionList {
    std::vector<SessionRow> sessions{};
};
KANSLI_DESCRIBE(SessionList, sessions)

struct KeyList {
    std::vector<access::ApiKey> keys{};
};
KANSLI_DESCRIBE(KeyList, keys)

struct NewKey {
    std::string name{};
    std::vector<access::Right> scope{};
    int days = 90;
};
KANSLI_DESCRIBE(NewKey, name, scope, days)

// A key with its secret, shown once to whoever made it.
struct KeyWithToken {
    access::ApiKey key{};
    std::string token{};
};
KANSLI_DESCRIBE(KeyWithToken, key, token)

struct OrganisationView {
    std::vector<access::Department> departments{};
    std::vector<access::Group> groups{};
};
KANSLI_DESCRIBE(OrganisationView, departments, groups)

struct DepartmentForm {
    std::string name{};
};
KANSLI_DESCRIBE(DepartmentForm, name)

struct GroupForm {
    std::string name{};
    std::optional<std::string> department{};  // absent or empty: none
};
KANSLI_DESCRIBE(GroupForm, name, department)

}  // namespace kansli::api
