#include "access/external_sign_in.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "access/detail/user_rows.hpp"
#include "access/test_people.hpp"

using namespace kansli;
using namespace kansli::access;

namespace {

GrantRules test_rules() {
    GrantRules rules;
    for (const auto* text : {"role:editor", "group:redaktion", "department:Bygg"})
        rules["Redaktörer"].push_back(parse_grant(text).value());
    rules["Chefer"].push_back(parse_grant("role:administrator").value());
    rules["Borta"].push_back(parse_grant("group:finns-inte").value());
    return rules;
}

struct ExternalHouse : TestHouse {
    ExternalSignIn external{*database, attempts, test_rules(), false, clock};
    ExternalPerson rut{
        .issuer = "https://i", .subject = "1", .identifiers = {"1"}, .email = "rut@example.se"};

    ExternalHouse() {
        REQUIRE(organisation.create_department("Bygg").has_value());
        REQUIRE(organisation.create_department("Social").has_value());
        REQUIRE(organisation.create_group({.name = "redaktion", .department = {}}).has_value());
    }
    User with_email(const std::string& name, const std::string& email, Role role = Role::reader) {
        return people.create_user({.name = name, .roles = {role}, .email = email}).value();
    }
    User enter_with(std::vector<std::string> groups) {
        rut.groups = std::move(groups);
        return people.user(external.enter(rut, {}).value().caller.id).value();
    }
};

}  // namespace

TEST_CASE("grants are what they say, and nobody can be made a program") {
    CHECK(parse_grant("group:a:b")->name == "a:b");
    for (const auto* text :
         {"", "role", "role:", "role:chef", "role:service", ":reader", "person:rut", "Role:reader"})
        CHECK_FALSE(parse_grant(text).has_value());
}

TEST_CASE("a begun sign-in is taken once, by its own browser, in time") {
    ExternalHouse house;
    const auto begun = house.external.begin("https://i", "/inkorg", {}).value();
    CHECK(house.external.take(begun.state, "annan", {}).error().code == ErrorCode::not_authenticated);
    const auto pending = house.external.take(begun.state, begun.browser, {}).value();
    CHECK(pending.issuer == "https://i");
    CHECK(pending.nonce == begun.nonce);
    CHECK(pending.verifier == begun.verifier);
    CHECK(pending.return_path == "/inkorg");
    CHECK_FALSE(house.external.take(begun.state, begun.browser, {}).has_value());
    const auto late = house.external.begin("https://i", "/", {}).value();
    house.moment += pending_lifetime;
    CHECK_FALSE(house.external.take(late.state, late.browser, {}).has_value());
}

TEST_CASE("only paths of the site are come back to") {
    for (const auto* path : {"/", "/inkorg?x=1&y=%2F", "/dokument/a#b"})
        CHECK(is_local_path(path));
    for (const auto* path :
         {"", "x", "//x", "/\\x", "/x\\y", "https://x", "/x y", "/å", "/a\nb", "/api/x", "/scim/v2/Users"})
        CHECK_FALSE(is_local_path(path));
}

TEST_CASE("an account is found by its link, by provisioning, by name and by address, and belongs to one") {
    ExternalHouse house;
    const auto rut = house.with_email("Rut Ek", "Rut@example.se");
    std::vector<ExternalChange> changes;
    const auto note = [&](store::Connection&, const User&, ExternalChange change) -> Result<void> {
        changes.push_back(change);
        return {};
    };
    CHECK(house.external.enter(house.rut, {}, note)->caller.id == rut.id);
    CHECK(changes == std::vector{ExternalChange::linked, ExternalChange::signed_in});
    house.rut.email = "nytt@example.se";
    CHECK(house.external.enter(house.rut, {})->caller.id == rut.id);
    auto other = house.rut;
    other.subject = "2";
    other.email = "rut@example.se";
    CHECK(house.external.enter(other, {}).error().code == ErrorCode::not_found);
    other.issuer = "https://j";
    CHECK(house.external.enter(other, {})->caller.id == rut.id);
    const auto siv = house.add("siv");
    CHECK(house.external.enter({.issuer = "https://i", .subject = "3", .user_name = "SIV"}, {})->caller.id ==
          siv.id);
    CHECK_FALSE(house.external.enter({.issuer = "https://i", .subject = "4", .suggested_name = "siv"}, {})
                    .has_value());
    // Reset by an administrator, the link is gone.
    REQUIRE(house.credentials.reset(rut.id).has_value());
    CHECK(house.external.enter(house.rut, {}).error().code == ErrorCode::not_found);
}

TEST_CASE("what groups give follows them, and what was given by hand stays") {
    ExternalHouse house;
    const auto rut = house.with_email("Rut Ek", "rut@example.se");
    auto user = house.enter_with({"Redaktörer", "Borta", "Okänd"});
    CHECK(user.roles == std::vector{Role::reader, Role::editor});
    CHECK(user.groups == std::vector<std::string>{"redaktion"});
    CHECK(user.department == "Bygg");
    CHECK(house.enter_with({"Redaktörer"}) == user);
    user = house.enter_with({});
    CHECK(user.roles == std::vector{Role::reader});
    CHECK(user.groups.empty());
    CHECK(user.department.empty());
    // Given by hand first, so the group neither gives nor takes it.
    REQUIRE(
        house.people
            .update_user(rut.id, {.roles = std::vector{Role::reader, Role::editor}, .department = "Social"})
            .has_value());
    CHECK(house.enter_with({"Redaktörer"}).department == "Social");
    user = house.enter_with({});
    CHECK(user.roles == std::vector{Role::reader, Role::editor});
    CHECK(user.department == "Social");
}

TEST_CASE("a renamed group is still the one that was given") {
    ExternalHouse house;
    house.with_email("Rut Ek", "rut@example.se");
    house.enter_with({"Redaktörer"});
    const auto group = house.organisation.groups()->front();
    REQUIRE(house.organisation.change_group(group.id, {.name = "redaktörer", .department = {}}).has_value());
    CHECK(house.enter_with({}).groups.empty());
}

TEST_CASE("without a role nothing opens, and what the groups took is gone all the same") {
    ExternalHouse house;
    house.add("Ada", Role::administrator);
    const auto rut = house.with_email("Rut Ek", "rut@example.se");
    house.enter_with({"Redaktörer"});
    REQUIRE(house.people.update_user(rut.id, {.roles = std::vector{Role::editor}}).has_value());
    house.rut.groups.clear();
    CHECK(house.external.enter(house.rut, {}).error().code == ErrorCode::forbidden);
    CHECK(house.people.user(rut.id)->roles.empty());
    CHECK(house.enter_with({"Redaktörer"}).roles == std::vector{Role::editor});
}

TEST_CASE("the last administrator stays one") {
    ExternalHouse house;
    house.with_email("Rut Ek", "rut@example.se");
    house.enter_with({"Chefer"});
    CHECK(has_role(access::detail::caller_of(house.enter_with({})), Role::administrator));
    house.add("Ada", Role::administrator);
    CHECK_FALSE(has_role(access::detail::caller_of(house.enter_with({})), Role::administrator));
}

TEST_CASE("a stranger gets an account only where the settings say so, and nobody else's") {
    ExternalHouse house;
    const auto siv = house.add("siv");
    ExternalSignIn open(*house.database, house.attempts, {}, true, house.clock);
    const ExternalPerson stranger{
        .issuer = "https://i", .subject = "9", .suggested_name = "siv", .name = "Siv Två"};
    const auto made = house.people.user(open.enter(stranger, {})->caller.id).value();
    CHECK(made.id != siv.id);
    CHECK(made.user_name == "siv.2");
    CHECK(made.roles == std::vector{Role::reader});
    const ExternalPerson turned{
        .issuer = "https://i", .subject = "12", .suggested_name = "eva", .name = "Eva \u202Eavra"};
    CHECK(house.people.user(open.enter(turned, {})->caller.id)->name == "Eva avra");
    // Whoever is shut out does not come in by a new account.
    const auto closed = house.with_email("Stängd", "stangd@example.se");
    REQUIRE(house.people.update_user(closed.id, {.disabled = true}).has_value());
    const ExternalPerson shut{
        .issuer = "https://i", .subject = "10", .email = "stangd@example.se", .name = "Stängd"};
    CHECK(open.enter(shut, {}).error().code == ErrorCode::forbidden);
    for (const auto* name : {"Ett", "Två"})
        house.with_email(name, "delad@example.se");
    const ExternalPerson shared{
        .issuer = "https://i", .subject = "11", .email = "delad@example.se", .name = "Tre"};
    CHECK(open.enter(shared, {}).error().code == ErrorCode::not_found);
}
