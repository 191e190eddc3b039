#include "access/api_keys.hpp"

#include <doctest/doctest.h>

#include "access/test_people.hpp"

using namespace kansli;
using namespace kansli::access;
using namespace std::chrono_literals;

TEST_CASE("a key acts for its owner within its scope") {
    TestHouse house;
    const auto eva = house.add("Eva", Role::editor);
    const auto made =
        house.keys.create({.owner = eva.id, .name = " Import ", .scope = {Right::read, Right::read}}).value();
    CHECK(made.token.starts_with("kansli_"));
    CHECK(made.token.size() == 7 + 64);
    CHECK(made.key.name == "Import");
    CHECK(made.key.scope == std::vector{Right::read});
    CHECK(made.token.ends_with(made.key.ending));
    const auto caller = house.keys.caller_of(made.token).value();
    CHECK(caller.id == eva.id);
    CHECK(may(caller, Right::read));
    CHECK_FALSE(may(caller, Right::edit));
    CHECK_FALSE(may(caller, Right::account));
    CHECK(house.keys.caller_of("kansli_").error().code == ErrorCode::not_authenticated);
}

TEST_CASE("no key gives more than its owner may, when it is made and later") {
    TestHouse house;
    const auto eva = house.add("Eva", Role::editor);
    const auto create = [&](std::vector<Right> scope, int days = 90) {
        return house.keys.create({.owner = eva.id, .name = "x", .scope = std::move(scope), .days = days});
    };
    CHECK(create({Right::administer}).error().code == ErrorCode::forbidden);
    CHECK(create({Right::account}).error().code == ErrorCode::invalid_input);
    CHECK(create({Right::anyone}).error().code == ErrorCode::invalid_input);
    CHECK(create({}).error().code == ErrorCode::invalid_input);
    CHECK(create({Right::read}, 0).error().code == ErrorCode::invalid_input);
    CHECK(create({Right::read}, 367).error().code == ErrorCode::invalid_input);
    const auto made = create({Right::read, Right::edit}).value();
    REQUIRE(house.people.update_user(eva.id, {.roles = std::vector{Role::reader}}).has_value());
    CHECK_FALSE(may(house.keys.caller_of(made.token).value(), Right::edit));
}

TEST_CASE("a key ends when its time is up, when it is revoked and while its owner is disabled") {
    TestHouse house;
    const auto eva = house.add("Eva", Role::editor);
    const auto siv = house.add("Siv");
    const auto create = [&] {
        return house.keys.create({.owner = eva.id, .name = "x", .scope = {Right::read}, .days = 1}).value();
    };
    const auto works = [&](const IssuedKey& key) { return house.keys.caller_of(key.token).has_value(); };
    const auto timed = create();
    house.moment += 24h - 1ms;
    CHECK(works(timed));
    house.moment += 1ms;
    CHECK_FALSE(works(timed));

    const auto revoked = create();
    CHECK(house.keys.revoke(revoked.key.id, siv.id).error().code == ErrorCode::not_found);
    CHECK(works(revoked));
    REQUIRE(house.keys.revoke(revoked.key.id, eva.id).has_value());
    CHECK_FALSE(works(revoked));
    CHECK(house.keys.revoke(revoked.key.id, std::nullopt).has_value());

    const auto owned = create();
    REQUIRE(house.people.update_user(eva.id, {.disabled = true}).has_value());
    CHECK_FALSE(works(owned));
    CHECK(house.keys.create({.owner = eva.id, .name = "x", .scope = {Right::read}}).error().code ==
          ErrorCode::conflict);
    CHECK(house.keys.keys_of(eva.id)->size() == 3);
    CHECK(house.keys.keys_of(siv.id)->empty());
    CHECK(house.keys.all()->size() == 3);
}

TEST_CASE("when a key was last used is known to ten minutes") {
    TestHouse house;
    const auto eva = house.add("Eva", Role::editor);
    const auto made = house.keys.create({.owner = eva.id, .name = "x", .scope = {Right::read}}).value();
    const auto first = house.moment;
    REQUIRE(house.keys.caller_of(made.token).has_value());
    house.moment += 9min;
    REQUIRE(house.keys.caller_of(made.token).has_value());
    CHECK(house.keys.all()->front().last_used == first);
    house.moment += 1min;
    REQUIRE(house.keys.caller_of(made.token).has_value());
    CHECK(house.keys.all()->front().last_used == house.moment);
}

TEST_CASE("what runs alongside a key can undo it, and its token is nowhere in what it is told") {
    TestHouse house;
    const auto eva = house.add("Eva", Role::editor);
    const auto refuse = [](store::Connection&, const ApiKey&) -> Result<void> {
        return fail(ErrorCode::unavailable, "Protokollet kan inte skrivas.");
    };
    CHECK_FALSE(
        house.keys.create({.owner = eva.id, .name = "x", .scope = {Right::read}}, refuse).has_value());
    CHECK(house.keys.all()->empty());
    const auto made = house.keys.create({.owner = eva.id, .name = "x", .scope = {Right::read}}).value();
    CHECK_FALSE(house.keys.revoke(made.key.id, std::nullopt, refuse).has_value());
    CHECK(house.keys.caller_of(made.token).has_value());
}
