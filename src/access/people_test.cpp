#include "access/people.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "core/hash.hpp"
#include "json/describe.hpp"

using namespace kansli;
using namespace kansli::access;
using namespace std::chrono_literals;

namespace {

struct Fixture {
    TemporaryFolder folder = TemporaryFolder::create().value();
    std::unique_ptr<store::Database> database = store::Database::open(folder.path() / "kansli.db").value();
    Timestamp moment = parse_timestamp("2026-06-01T08:00:00.000Z").value();
    People people{*database, [this] { return moment; }};

    Fixture() { REQUIRE(database->migrate({People::migrations()}).has_value()); }

    User add(const std::string& name, Role role = Role::reader, std::vector<std::string> groups = {}) {
        return people.create_user({name, {role}, std::move(groups)}).value();
    }
    std::string session_of(const User& user) {
        return people.redeem_link(people.issue_link(user.id).value().token).value().token;
    }
    ErrorCode redeem_error(const std::string& token) {
        const auto outcome = people.redeem_link(token);
        REQUIRE_FALSE(outcome.has_value());
        return outcome.error().code;
    }
};

}  // namespace

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

TEST_CASE("roles and classes have their words in JSON") {
    CHECK(json::enum_name(Role::administrator) == "administrator");
    CHECK(json::enum_value<InformationClass>("confidential") == InformationClass::confidential);
}

TEST_CASE("users are created, changed and listed; names are cleaned and unique") {
    Fixture fixture;
    const auto rut = fixture.add("  Rut Ek ", Role::editor, {"vård", "bygg", "vård"});
    CHECK(rut.name == "Rut Ek");
    CHECK(rut.groups == std::vector<std::string>{"bygg", "vård"});
    const auto ada = fixture.add("Ada Alm", Role::administrator);
    CHECK(fixture.people.users().value() == std::vector<User>{ada, rut});
    CHECK(fixture.people.create_user({"Rut Ek", {Role::reader}, {}}).error().code == ErrorCode::conflict);
    for (const auto& wrong :
         {std::string(), std::string("   "), std::string("a\nb"), std::string(201, 'x')}) {
        CHECK(fixture.people.create_user({wrong, {Role::reader}, {}}).error().code ==
              ErrorCode::invalid_input);
        CHECK(fixture.people.create_user({"Ny", {Role::reader}, {wrong}}).error().code ==
              ErrorCode::invalid_input);
    }
    const auto changed =
        fixture.people.update_user(rut.id, {.name = "Rut Lind", .groups = std::vector<std::string>{}});
    CHECK(changed->name == "Rut Lind");
    CHECK(changed->roles == std::vector{Role::editor});
    CHECK(changed->groups.empty());
    CHECK(fixture.people.user(rut.id) == *changed);
    CHECK(fixture.people.update_user(rut.id, {.name = "Ada Alm"}).error().code == ErrorCode::conflict);
    CHECK(fixture.people.update_user(UserId("none"), {}).error().code == ErrorCode::not_found);
    CHECK(fixture.people.users()->size() == 2);
}

TEST_CASE("the last administrator stays") {
    Fixture fixture;
    const auto ada = fixture.add("Ada", Role::administrator);
    CHECK(fixture.people.update_user(ada.id, {.roles = std::vector{Role::editor}}).error().code ==
          ErrorCode::conflict);
    CHECK(fixture.people.update_user(ada.id, {.disabled = true}).error().code == ErrorCode::conflict);
    CHECK(fixture.people.user(ada.id)->roles == std::vector{Role::administrator});
    fixture.add("Bo", Role::administrator);
    CHECK(fixture.people.update_user(ada.id, {.roles = std::vector{Role::editor}}).has_value());
}

TEST_CASE("a link signs in once and for a day") {
    Fixture fixture;
    const auto rut = fixture.add("Rut", Role::editor, {"bygg"});
    const auto link = fixture.people.issue_link(rut.id).value();
    const auto signed_in = fixture.people.redeem_link(link.token).value();
    CHECK(signed_in.caller == Caller{rut.id, "Rut", {Role::editor}, {"bygg"}});
    CHECK(fixture.redeem_error(link.token) == ErrorCode::not_authenticated);
    CHECK(fixture.people.caller_of_session(signed_in.token).value() == signed_in.caller);
    CHECK(fixture.people.user(rut.id)->last_signed_in == fixture.moment);

    const auto late = fixture.people.issue_link(rut.id).value();
    fixture.moment += link_lifetime - 1ms;
    const auto newer = fixture.people.issue_link(rut.id).value();
    CHECK(fixture.redeem_error(late.token) == ErrorCode::not_authenticated);  // voided by the newer one
    fixture.moment += link_lifetime;
    CHECK(fixture.redeem_error(newer.token) == ErrorCode::not_authenticated);
    CHECK(fixture.redeem_error("") == ErrorCode::not_authenticated);
}

TEST_CASE("two threads with the same link: one gets in") {
    Fixture fixture;
    const auto link = fixture.people.issue_link(fixture.add("Rut").id).value();
    std::atomic<int> inside = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back(
                [&] { inside += fixture.people.redeem_link(link.token).has_value() ? 1 : 0; });
        }
    }
    CHECK(inside == 1);
}

TEST_CASE("a session lasts a week idle and thirty days in all") {
    Fixture fixture;
    const auto rut = fixture.add("Rut");
    const auto token = fixture.session_of(rut);
    const auto start = fixture.moment;
    while (fixture.moment + 24h * 6 < start + session_longest) {
        fixture.moment += 24h * 6;
        CHECK(fixture.people.caller_of_session(token).has_value());
    }
    CHECK(fixture.people.sessions_of(rut.id)->size() == 1);
    fixture.moment = start + session_longest;
    CHECK(fixture.people.caller_of_session(token).error().code == ErrorCode::not_authenticated);
    CHECK(fixture.people.sessions_of(rut.id)->empty());

    const auto idle = fixture.session_of(rut);
    fixture.moment += session_idle;
    CHECK(fixture.people.caller_of_session(idle).error().code == ErrorCode::not_authenticated);
}

TEST_CASE("signing out and disabling end sessions; changes show at once") {
    Fixture fixture;
    const auto rut = fixture.add("Rut");
    const auto first = fixture.session_of(rut);
    const auto second = fixture.session_of(rut);
    CHECK(fixture.people.update_user(rut.id, {.roles = std::vector{Role::editor}}).has_value());
    CHECK(fixture.people.caller_of_session(first)->roles == std::vector{Role::editor});
    CHECK(fixture.people.end_session(first).has_value());
    CHECK_FALSE(fixture.people.caller_of_session(first).has_value());
    CHECK(fixture.people.caller_of_session(second).has_value());
    const auto link = fixture.people.issue_link(rut.id).value();
    CHECK(fixture.people.update_user(rut.id, {.disabled = true}).has_value());
    CHECK_FALSE(fixture.people.caller_of_session(second).has_value());
    CHECK(fixture.redeem_error(link.token) == ErrorCode::not_authenticated);
    CHECK(fixture.people.issue_link(rut.id).error().code == ErrorCode::conflict);
    CHECK(fixture.people.caller_of_user(rut.id).error().code == ErrorCode::forbidden);
    CHECK(fixture.people.update_user(rut.id, {.disabled = false}).has_value());
    CHECK_FALSE(fixture.people.caller_of_session(second).has_value());
    CHECK(fixture.people.caller_of_user(rut.id).has_value());
    CHECK(fixture.people.caller_of_user(keeper().id) == keeper());
}

TEST_CASE("no token stands in the file") {
    Fixture fixture;
    const auto rut = fixture.add("Rut");
    const auto session = fixture.session_of(rut);
    const auto link = fixture.people.issue_link(rut.id).value();
    std::string everything;
    for (const auto& entry : std::filesystem::directory_iterator(fixture.folder.path())) {
        everything += read_file(entry.path()).value();
    }
    CHECK(everything.find(session) == std::string::npos);
    CHECK(everything.find(link.token) == std::string::npos);
    CHECK(everything.find(sha256(link.token)) != std::string::npos);
}

TEST_CASE("guessing is slowed down for the one who guesses, and only for a while") {
    Fixture fixture;
    const auto link = fixture.people.issue_link(fixture.add("Rut").id).value();
    for (int i = 0; i < 20; ++i) {
        CHECK(fixture.people.redeem_link("gissning", "10.0.0.1").error().code ==
              ErrorCode::not_authenticated);
    }
    CHECK(fixture.people.redeem_link(link.token, "10.0.0.1").error().code == ErrorCode::busy);
    CHECK_FALSE(fixture.people.redeem_link("gissning", "10.0.0.2").error().code == ErrorCode::busy);
    fixture.moment += 1min;
    CHECK(fixture.people.redeem_link(link.token, "10.0.0.1").has_value());
}

TEST_CASE("the first administrator gets links until one has signed in") {
    Fixture fixture;
    fixture.add("Rut");
    const auto first = fixture.people.first_administrator_link().value();
    REQUIRE(first.has_value());
    const auto again = fixture.people.first_administrator_link().value();
    REQUIRE(again.has_value());
    CHECK(again->user == first->user);
    CHECK(fixture.redeem_error(first->token) == ErrorCode::not_authenticated);
    CHECK(fixture.people.redeem_link(again->token)->caller.roles.size() == 4);
    CHECK_FALSE(fixture.people.first_administrator_link().value().has_value());
    CHECK(fixture.people.users()->size() == 2);
}

TEST_CASE("what runs alongside can undo the change") {
    Fixture fixture;
    const auto refuse = [](store::Connection&, const User&) -> Result<void> {
        return fail(ErrorCode::unavailable, "Protokollet kan inte skrivas.");
    };
    CHECK_FALSE(fixture.people.create_user({"Rut", {Role::reader}, {}}, refuse).has_value());
    CHECK(fixture.people.users()->empty());
    const auto rut = fixture.add("Rut");
    const auto link = fixture.people.issue_link(rut.id).value();
    CHECK_FALSE(fixture.people.redeem_link(link.token, {}, refuse).has_value());
    CHECK(fixture.people.redeem_link(link.token).has_value());
    CHECK_FALSE(fixture.people.update_user(rut.id, {.disabled = true}, refuse).has_value());
    CHECK_FALSE(fixture.people.user(rut.id)->disabled);
}

TEST_CASE("the CSRF token follows from the session and does not show it") {
    CHECK(csrf_token("a") == csrf_token("a"));
    CHECK(csrf_token("a") != csrf_token("b"));
    CHECK(csrf_token("a") != sha256("a"));
}
