#include "access/sessions.hpp"

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "access/device.hpp"
#include "access/test_people.hpp"
#include "core/hash.hpp"

using namespace kansli;
using namespace kansli::access;
using namespace std::chrono_literals;

TEST_CASE("a link signs in once and for a day") {
    TestHouse house;
    const auto rut = house.add("Rut");
    const auto token = house.link_to(rut);
    CHECK(house.sign_in.with_link(token)->caller.user_name == "rut");
    CHECK(house.link_error(token) == ErrorCode::not_authenticated);
    CHECK(house.link_error("finns inte") == ErrorCode::not_authenticated);
    const auto late = house.link_to(rut);
    house.moment += link_lifetime;
    CHECK(house.link_error(late) == ErrorCode::not_authenticated);
    const auto first = house.link_to(rut);
    const auto second = house.link_to(rut);
    CHECK(house.link_error(first) == ErrorCode::not_authenticated);
    CHECK(house.sign_in.with_link(second).has_value());
    CHECK(house.credentials.issue_link(UserId("none")).error().code == ErrorCode::not_found);
}

TEST_CASE("only one of many who use the same link at the same time gets in") {
    TestHouse house;
    const auto token = house.link_to(house.add("Rut"));
    std::atomic<int> entered{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { entered += house.sign_in.with_link(token).has_value() ? 1 : 0; });
    }
    CHECK(entered == 1);
}

TEST_CASE("a session ends after a week without use and after thirty days at the latest") {
    TestHouse house;
    const auto rut = house.add("Rut");
    const auto token = house.enter(rut).token;
    const auto start = house.moment;
    while (house.moment + 24h * 6 < start + session_longest) {
        house.moment += 24h * 6;
        CHECK(house.sessions.visitor(token).has_value());
    }
    CHECK(house.sessions.sessions_of(rut.id)->size() == 1);
    house.moment = start + session_longest;
    CHECK(house.sessions.visitor(token).error().code == ErrorCode::not_authenticated);
    CHECK(house.sessions.sessions_of(rut.id)->empty());
    const auto idle = house.enter(rut).token;
    house.moment += session_idle;
    CHECK(house.sessions.visitor(idle).error().code == ErrorCode::not_authenticated);
}

TEST_CASE("signing out and disabling end sessions; changes show at once") {
    TestHouse house;
    const auto rut = house.add("Rut");
    const auto first = house.enter(rut).token;
    const auto second = house.enter(rut).token;
    CHECK(house.people.update_user(rut.id, {.roles = std::vector{Role::editor}}).has_value());
    CHECK(house.sessions.visitor(first)->caller.roles == std::vector{Role::editor});
    CHECK(house.sessions.end(first).has_value());
    CHECK_FALSE(house.sessions.visitor(first).has_value());
    CHECK(house.sessions.visitor(second).has_value());
    const auto link = house.link_to(rut);
    CHECK(house.people.update_user(rut.id, {.disabled = true}).has_value());
    CHECK_FALSE(house.sessions.visitor(second).has_value());
    CHECK(house.link_error(link) == ErrorCode::not_authenticated);
    CHECK(house.credentials.issue_link(rut.id).error().code == ErrorCode::conflict);
    CHECK(house.people.caller_of_user(rut.id).error().code == ErrorCode::forbidden);
    CHECK(house.people.update_user(rut.id, {.disabled = false}).has_value());
    CHECK_FALSE(house.sessions.visitor(second).has_value());
    CHECK(house.people.caller_of_user(rut.id).has_value());
    CHECK(house.people.caller_of_user(keeper().id) == keeper());
}

TEST_CASE("signing in gives a new token and ends the session that the browser brought") {
    TestHouse house;
    const auto rut = house.add("Rut");
    const auto eva = house.add("Eva");
    // Somebody has put their own session into the victim's browser; what comes of it is not theirs to use.
    const auto planted = house.enter(eva).token;
    const auto after =
        house.enter(rut, {.origin = {}, .device = {}, .device_token = {}, .earlier_session = planted});
    CHECK(after.token != planted);
    CHECK_FALSE(house.sessions.visitor(planted).has_value());
    CHECK(house.sessions.visitor(after.token)->caller.user_name == "rut");
    const auto made_up =
        house.enter(rut, {.origin = {}, .device = {}, .device_token = {}, .earlier_session = "abc"});
    CHECK_FALSE(house.sessions.visitor("abc").has_value());
    CHECK(house.sessions.visitor(made_up.token).has_value());
}

TEST_CASE(
    "sessions are listed with their device and ended one by one, by their owner or by anybody allowed") {
    TestHouse house;
    const auto rut = house.add("Rut");
    const auto eva = house.add("Eva");
    const auto desk = house.enter(
        rut, {.origin = "10.0.0.1", .device = "Firefox, Windows", .device_token = {}, .earlier_session = {}});
    house.moment += 1min;
    const auto phone = house.enter(rut);
    house.enter(eva);
    const auto own = house.sessions.sessions_of(rut.id).value();
    REQUIRE(own.size() == 2);
    CHECK(own[1].device == "Firefox, Windows");
    CHECK(own[1].user_name == "rut");
    CHECK(house.sessions.all()->size() == 3);
    CHECK(house.sessions.end_one(own[1].id, eva.id).error().code == ErrorCode::not_found);
    CHECK(house.sessions.visitor(desk.token).has_value());
    CHECK(house.sessions.end_one(own[1].id, rut.id).has_value());
    CHECK_FALSE(house.sessions.visitor(desk.token).has_value());
    house.enter(rut);
    CHECK(house.sessions.end_others(rut.id, house.sessions.visitor(phone.token)->session).has_value());
    CHECK(house.sessions.sessions_of(rut.id)->size() == 1);
    CHECK(house.sessions.end_one(house.sessions.sessions_of(rut.id)->front().id, std::nullopt).has_value());
    CHECK(house.sessions.all()->size() == 1);
}

TEST_CASE("neither tokens nor addresses stand in the file") {
    TestHouse house;
    const auto rut = house.add("Rut");
    const auto session =
        house.enter(rut, {.origin = "203.0.113.77", .device = {}, .device_token = {}, .earlier_session = {}});
    const auto link = house.link_to(rut);
    const auto key = house.keys.create({.owner = rut.id, .name = "prov", .scope = {Right::read}}).value();
    std::string everything;
    for (const auto& entry : std::filesystem::directory_iterator(house.folder.path()))
        everything += read_file(entry.path()).value();
    for (const auto& secret :
         {session.token, session.device_token, link, key.token, std::string("203.0.113.77")})
        CHECK(everything.find(secret) == std::string::npos);
    CHECK(everything.find(sha256(link)) != std::string::npos);
}

TEST_CASE("the CSRF token follows from the session and does not show it") {
    CHECK(csrf_token("a") == csrf_token("a"));
    CHECK(csrf_token("a") != csrf_token("b"));
    CHECK(csrf_token("a") != sha256("a"));
}

TEST_CASE("a device is told in words too coarse to follow anybody with") {
    CHECK(device_words("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0") ==
          "Firefox, Windows");
    CHECK(device_words("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 "
                       "Safari/537.36 Edg/126.0") == "Edge, Windows");
    CHECK(
        device_words("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 "
                     "Safari/604.1") == "Safari, iPhone");
    CHECK(device_words("curl/8.1") == "curl");
    CHECK(device_words("<script>alert(1)</script>").empty());
}
