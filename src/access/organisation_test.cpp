#include "access/organisation.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "access/test_people.hpp"

using namespace kansli;
using namespace kansli::access;

TEST_CASE("departments and groups are made, listed and counted") {
    TestHouse house;
    const auto social = house.organisation.create_department("Socialnämnden").value();
    const auto chiefs = house.organisation.create_group({"chefer", "Socialnämnden"}).value();
    REQUIRE(house.people.create_user({.name = "Rut", .groups = {"chefer"}, .department = "Socialnämnden"})
                .has_value());
    CHECK(house.organisation.departments().value() ==
          std::vector<Department>{{social.id, "Socialnämnden", 1}});
    CHECK(house.organisation.groups().value() ==
          std::vector<Group>{{chiefs.id, "chefer", "Socialnämnden", 1}});
    CHECK(house.organisation.create_department(" Socialnämnden ").error().code == ErrorCode::conflict);
    CHECK(house.organisation.create_group({"chefer", ""}).error().code == ErrorCode::conflict);
    CHECK(house.organisation.create_group({"nya", "Finns inte"}).error().code == ErrorCode::invalid_input);
}

TEST_CASE("no group can pass for a person or a department") {
    TestHouse house;
    CHECK(house.organisation.create_group({"person:rut", ""}).error().code == ErrorCode::invalid_input);
    CHECK(house.organisation.create_department("a:b").error().code == ErrorCode::invalid_input);
    // Shown as "jurister", and called something else.
    CHECK(house.organisation.create_group({"\u202Eretsiruj", ""}).error().where == "name");
    CHECK(house.organisation.create_department("\u202Egloks").error().where == "name");
}

TEST_CASE("a renamed group or department still lets its people in where the old name stands") {
    TestHouse house;
    const auto social = house.organisation.create_department("Socialnämnden").value();
    const auto chiefs = house.organisation.create_group({"chefer", ""}).value();
    const auto rut =
        house.people.create_user({.name = "Rut", .groups = {"chefer"}, .department = "Socialnämnden"})
            .value();
    REQUIRE(house.organisation.rename_department(social.id, "Omsorgsnämnden").has_value());
    REQUIRE(house.organisation.change_group(chiefs.id, {.name = "ledning", .department = {}}).has_value());
    const auto caller = house.people.caller_of_user(rut.id).value();
    CHECK(caller.department == "Omsorgsnämnden");
    CHECK(caller.groups == std::vector<std::string>{"ledning"});
    for (const auto* principal :
         {"chefer", "ledning", "department:Socialnämnden", "department:Omsorgsnämnden"})
        CHECK(may_read(caller, {principal}));
    // Nobody else can take the old name, and with it what it opens.
    CHECK(house.organisation.create_group({"chefer", ""}).error().code == ErrorCode::conflict);
    CHECK(house.organisation.create_department("Socialnämnden").error().code == ErrorCode::conflict);
    CHECK(house.organisation.change_group(chiefs.id, {.name = "chefer", .department = {}}).has_value());
}

TEST_CASE("a department goes when it is empty, a group with its memberships") {
    TestHouse house;
    const auto social = house.organisation.create_department("Socialnämnden").value();
    const auto chiefs = house.organisation.create_group({"chefer", "Socialnämnden"}).value();
    const auto rut = house.people.create_user({.name = "Rut", .groups = {"chefer"}}).value();
    CHECK(house.organisation.remove_department(social.id).error().code == ErrorCode::conflict);
    REQUIRE(house.organisation.remove_group(chiefs.id).has_value());
    CHECK(house.people.user(rut.id)->groups.empty());
    CHECK(house.organisation.remove_department(social.id).has_value());
    CHECK(house.organisation.remove_department(social.id).error().code == ErrorCode::not_found);
    CHECK(house.organisation.remove_group(chiefs.id).error().code == ErrorCode::not_found);
    CHECK(house.organisation.departments()->empty());
}

TEST_CASE("what runs alongside a change of the organisation can undo it") {
    TestHouse house;
    const auto refuse = [](store::Connection&, const Group&) -> Result<void> {
        return fail(ErrorCode::unavailable, "Protokollet kan inte skrivas.");
    };
    CHECK_FALSE(house.organisation.create_group({"chefer", ""}, refuse).has_value());
    CHECK(house.organisation.groups()->empty());
    const auto chiefs = house.organisation.create_group({"chefer", ""}).value();
    CHECK_FALSE(house.organisation.remove_group(chiefs.id, refuse).has_value());
    CHECK(house.organisation.groups()->size() == 1);
}
