#include "access/provisioning.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "access/external_sign_in.hpp"
#include "access/test_people.hpp"

using namespace kansli;
using namespace kansli::access;

namespace {

struct ProvisionedHouse : TestHouse {
    GrantRules rules{{"Chefer", {parse_grant("role:administrator").value()}},
                     {"oid-9", {parse_grant("role:auditor").value()}}};
    Provisioning provisioning{*database, rules, clock};

    ProvisionedPerson made(const std::string& name, const std::string& external_id = {}) {
        return provisioning.create_person({.name = name, .user_name = name}, external_id).value();
    }
    ProvisionedGroup grouped(const std::string& name, const std::vector<UserId>& ids) {
        ProvisionedGroup wanted{.group = {.name = name}};
        for (const auto& id : ids)
            wanted.members.push_back({.id = id});
        return provisioning.create_group(wanted).value();
    }
};

}  // namespace

TEST_CASE("whoever is removed is seen no more, and comes back as the same person or not at all") {
    ProvisionedHouse house;
    const auto rut = house.made("rut", "oid-1");
    const auto session = house.enter(rut.user).token;
    REQUIRE(house.provisioning.remove_person(rut.user.id).has_value());
    CHECK_FALSE(house.sessions.visitor(session).has_value());
    CHECK(house.people.user(rut.user.id)->disabled);
    CHECK(house.provisioning.people()->empty());
    CHECK(house.provisioning.person(rut.user.id).error().code == ErrorCode::not_found);
    CHECK(house.provisioning.create_person({.name = "rut", .user_name = "rut"}, "oid-2").error().code ==
          ErrorCode::conflict);
    CHECK(house.made("rut", "oid-1").user.id == rut.user.id);
    CHECK_FALSE(house.people.user(rut.user.id)->disabled);
}

TEST_CASE("an edit is whole or nothing, and tells only of what it changed") {
    ProvisionedHouse house;
    const auto rut = house.made("rut", "oid-1");
    house.made("siv", "oid-2");
    int told = 0;
    const auto note = [&](store::Connection&, const User&) -> Result<void> {
        ++told;
        return {};
    };
    const auto same = [](ProvisionedPerson&) -> Result<void> { return {}; };
    REQUIRE(house.provisioning.edit_person(rut.user.id, same, note).has_value());
    CHECK(told == 0);
    const auto taken = [](ProvisionedPerson& person) -> Result<void> {
        person.user.name = "Nytt namn";
        person.external_id = "oid-2";
        return {};
    };
    CHECK(house.provisioning.edit_person(rut.user.id, taken, note).error().code == ErrorCode::conflict);
    CHECK(house.people.user(rut.user.id)->name == "rut");
    CHECK(told == 0);
}

TEST_CASE("service accounts are not the program's business") {
    ProvisionedHouse house;
    const auto robot = house.add("robot", Role::service);
    CHECK(house.provisioning.people()->empty());
    CHECK_FALSE(house.provisioning.remove_person(robot.id).has_value());
    ProvisionedGroup wanted{.group = {.name = "x"}, .members = {{.id = robot.id}}};
    CHECK(house.provisioning.create_group(wanted).error().code == ErrorCode::invalid_input);
    CHECK(house.organisation.groups()->empty());
}

TEST_CASE("groups give by name and by external id, and only those that are provisioned") {
    ProvisionedHouse house;
    house.add("Ada", Role::administrator);
    const auto rut = house.made("rut");
    // Made by hand, so nobody has said that this is the directory's group.
    REQUIRE(house.organisation.create_group({.name = "Chefer", .department = {}}).has_value());
    REQUIRE(
        house.people.update_user(rut.user.id, {.groups = std::vector<std::string>{"Chefer"}}).has_value());
    const auto auditors = house.grouped("Revisorer", {rut.user.id});
    CHECK(house.people.user(rut.user.id)->roles == std::vector{Role::reader});
    const auto named = [](std::string id) {
        return [id](ProvisionedGroup& group) -> Result<void> {
            group.external_id = id;
            return {};
        };
    };
    REQUIRE(house.provisioning.edit_group(auditors.group.id, named("oid-9")).has_value());
    CHECK(house.people.user(rut.user.id)->roles == std::vector{Role::reader, Role::auditor});
    // The program takes the other group over with its first edit.
    const auto chiefs = house.provisioning.groups()->front();
    REQUIRE(house.provisioning.edit_group(chiefs.group.id, named("oid-8")).has_value());
    CHECK(house.people.user(rut.user.id)->roles ==
          std::vector{Role::reader, Role::administrator, Role::auditor});
    REQUIRE(house.provisioning.remove_group(chiefs.group.id).has_value());
    CHECK(house.people.user(rut.user.id)->roles == std::vector{Role::reader, Role::auditor});
}

TEST_CASE("what two sources give goes when both have taken it back") {
    ProvisionedHouse house;
    const auto rut = house.made("rut", "oid-1");
    const auto group = house.grouped("Chefer", {rut.user.id});
    house.add("Ada", Role::administrator);
    ExternalSignIn external(*house.database, house.attempts, house.rules, false, house.clock);
    ExternalPerson person{
        .issuer = "https://i", .subject = "1", .identifiers = {"oid-1"}, .groups = {"Chefer"}};
    const auto is_chief = [&] {
        const auto roles = house.people.user(rut.user.id)->roles;
        return std::ranges::find(roles, Role::administrator) != roles.end();
    };
    CHECK(external.enter(person, {})->caller.id == rut.user.id);
    REQUIRE(house.provisioning.remove_group(group.group.id).has_value());
    CHECK(is_chief());
    person.groups.clear();
    REQUIRE(external.enter(person, {}).has_value());
    CHECK_FALSE(is_chief());
}
