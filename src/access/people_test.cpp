#include "access/people.hpp"

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "access/detail/names.hpp"
#include "access/test_people.hpp"
#include "json/describe.hpp"

using namespace kansli;
using namespace kansli::access;

TEST_CASE("a list is read by all when empty, else by those who share a group, and by administrators") {
    const Caller reader{UserId("1"), "Rut", {Role::reader}, {"bygg", "vård"}};
    CHECK(may_read(reader, {}));
    CHECK(may_read(reader, {"skola", "vård"}));
    CHECK_FALSE(may_read(reader, {"skola"}));
    CHECK_FALSE(may_read({UserId("2"), "Eva", {Role::editor}, {}}, {"skola"}));
    CHECK(may_read({UserId("3"), "Ada", {Role::administrator}, {}}, {"skola"}));
    CHECK(may_read(keeper(), {"skola"}));
}

TEST_CASE("reading is: no list, or a common group, or administrator, for any lists") {
    CHECK(rc::check([] {
        const auto name = rc::gen::element<std::string>("a", "b", "c", "d");
        const auto groups = *rc::gen::container<std::vector<std::string>>(name);
        const auto list = *rc::gen::container<AccessList>(name);
        const auto role = *rc::gen::element(Role::reader, Role::editor, Role::administrator);
        bool expected = list.empty() || role == Role::administrator;
        for (const auto& group : groups)
            expected = expected || std::count(list.begin(), list.end(), group) > 0;
        RC_ASSERT(may_read({UserId("x"), "x", {role}, groups}, list) == expected);
    }));
}

TEST_CASE("a key's scope takes rights away and never gives any, for any roles and scopes") {
    CHECK(rc::check([] {
        const auto all_rights = json::enum_values<Right>();
        const auto all_roles = json::enum_values<Role>();
        Caller caller;
        caller.roles = *rc::gen::container<std::vector<Role>>(
            rc::gen::elementOf(std::vector<Role>(all_roles.begin(), all_roles.end())));
        Rights scope;
        for (const Right right : *rc::gen::container<std::vector<Right>>(
                 rc::gen::elementOf(std::vector<Right>(all_rights.begin(), all_rights.end()))))
            scope |= {right};
        auto with_key = caller;
        with_key.scope = scope;
        for (const Right right : all_rights)
            RC_ASSERT(may(with_key, right) == (may(caller, right) && scope.has(right)));
    }));
}

TEST_CASE("roles and classes have their words in JSON") {
    CHECK(json::enum_name(Role::administrator) == "administrator");
    CHECK(json::enum_value<InformationClass>("confidential") == InformationClass::confidential);
}

TEST_CASE("a service account has no account of its own to look after") {
    CHECK_FALSE(rights_of(Role::service).has(Right::account));
    CHECK(rights_of(Role::auditor).has(Right::account));
}

TEST_CASE("people are created, changed and listed; names are cleaned, and two may have the same") {
    TestHouse house;
    REQUIRE(house.organisation.create_group({.name = "vård"}).has_value());
    REQUIRE(house.organisation.create_group({.name = "bygg"}).has_value());
    const auto rut = house.people
                         .create_user({.name = "  Rut Ek ",
                                       .roles = {Role::editor},
                                       .groups = {"vård", "bygg", "vård"},
                                       .email = "rut@kommunen.se"})
                         .value();
    CHECK(rut.name == "Rut Ek");
    CHECK(rut.user_name == "rut.ek");
    CHECK(rut.groups == std::vector<std::string>{"bygg", "vård"});
    const auto ada = house.add("Ada Alm", Role::administrator);
    CHECK(house.people.users().value() == std::vector<User>{ada, rut});
    CHECK(house.add("Rut Ek").user_name == "rut.ek.2");
    const auto changed =
        house.people.update_user(rut.id, {.name = "Rut Lind", .groups = std::vector<std::string>{}});
    CHECK(changed->name == "Rut Lind");
    CHECK(changed->roles == std::vector{Role::editor});
    CHECK(changed->groups.empty());
    CHECK(house.people.user(rut.id) == *changed);
    CHECK(house.people.update_user(UserId("none"), {}).error().code == ErrorCode::not_found);
}

TEST_CASE("fields that are not what they should be are refused, and named") {
    TestHouse house;
    for (const auto& wrong : {std::string(), std::string("   "), std::string("a\nb"), std::string(201, 'x'),
                              std::string("Eva\u202Eavra"), std::string("\u2067Rut")}) {
        CHECK(house.people.create_user({.name = wrong}).error().where == "name");
        CHECK(house.people.create_user({.name = "Ny", .groups = {wrong}}).error().where == "groups");
    }
    for (const auto* wrong : {"två ord", "åsa", ".punkt", "a:b", "a/b", "<b>"})
        CHECK(house.people.create_user({.name = "Ny", .user_name = wrong}).error().where == "user_name");
    for (const auto* wrong : {"rut", "@kommunen.se", "rut@", "a@b@c", "rut ek@kommunen.se"})
        CHECK(house.people.create_user({.name = "Ny", .email = wrong}).error().where == "email");
    CHECK(house.people.create_user({.name = "Ny", .roles = {}}).error().where == "roles");
    CHECK(house.people.create_user({.name = "Ny", .groups = {"finns inte"}}).error().where == "groups");
    CHECK(house.people.create_user({.name = "Ny", .department = "finns inte"}).error().where == "department");
    CHECK(house.people.create_user({.name = "Ny", .user_name = "Kansli"}).error().code ==
          ErrorCode::conflict);
    CHECK(house.people.users()->empty());
}

TEST_CASE("a user name belongs to one person for ever") {
    TestHouse house;
    const auto rut = house.add("Rut Ek");
    REQUIRE(house.people.update_user(rut.id, {.user_name = "Rut.Lind"})->user_name == "rut.lind");
    CHECK(house.people.create_user({.name = "Rut Ek", .user_name = "rut.ek"}).error().code ==
          ErrorCode::conflict);
    CHECK(house.add("Rut Ek").user_name == "rut.ek.2");
    // What lets "person:rut.ek" in lets her in still, and nobody else.
    const auto principals = principals_of(house.people.caller_of_user(rut.id).value());
    CHECK(std::count(principals.begin(), principals.end(), "person:rut.ek") == 1);
    CHECK(std::count(principals.begin(), principals.end(), "person:rut.lind") == 1);
    CHECK(house.people.update_user(rut.id, {.user_name = "rut.ek"})->user_name == "rut.ek");
}

TEST_CASE("a user name can be made of any name") {
    CHECK(access::detail::user_name_from("Åsa Öberg-Ähl") == "asa.oberg.ahl");
    CHECK(access::detail::user_name_from("  D'Amico,  José ") == "damico.jose");
    CHECK(access::detail::user_name_from("李") == "person");
    CHECK(rc::check([] {
        const auto name = *rc::gen::arbitrary<std::string>();
        RC_ASSERT(access::detail::clean_user_name(access::detail::user_name_from(name)).has_value());
    }));
}

TEST_CASE("the last administrator stays, and a service account is none") {
    TestHouse house;
    const auto ada = house.add("Ada", Role::administrator);
    REQUIRE(house.people.create_user({.name = "Robot", .roles = {Role::service, Role::administrator}})
                .has_value());
    CHECK(house.people.update_user(ada.id, {.roles = std::vector{Role::editor}}).error().code ==
          ErrorCode::conflict);
    CHECK(house.people.update_user(ada.id, {.disabled = true}).error().code == ErrorCode::conflict);
    CHECK(house.people.user(ada.id)->roles == std::vector{Role::administrator});
    house.add("Bo", Role::administrator);
    CHECK(house.people.update_user(ada.id, {.roles = std::vector{Role::editor}}).has_value());
}

TEST_CASE("people are found by user name, and by name when only one has it") {
    TestHouse house;
    const auto rut = house.add("Rut Ek");
    CHECK(house.people.user_called("rut.ek")->id == rut.id);
    CHECK(house.people.user_called("Rut Ek")->id == rut.id);
    house.add("Rut Ek");
    CHECK(house.people.user_called("Rut Ek").error().code == ErrorCode::conflict);
    CHECK(house.people.user_called("Siv").error().code == ErrorCode::not_found);
}

TEST_CASE("what runs alongside can undo the change") {
    TestHouse house;
    const auto refuse = [](store::Connection&, const User&) -> Result<void> {
        return fail(ErrorCode::unavailable, "Protokollet kan inte skrivas.");
    };
    CHECK_FALSE(house.people.create_user({.name = "Rut"}, refuse).has_value());
    CHECK(house.people.users()->empty());
    const auto rut = house.add("Rut");
    CHECK_FALSE(house.people.update_user(rut.id, {.disabled = true}, refuse).has_value());
    CHECK_FALSE(house.people.user(rut.id)->disabled);
}
