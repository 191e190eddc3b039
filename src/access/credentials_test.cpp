#include "access/credentials.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "access/detail/hex.hpp"
#include "access/one_time_code.hpp"
#include "access/test_people.hpp"
#include "core/hash.hpp"

using namespace kansli;
using namespace kansli::access;
using namespace std::chrono_literals;

namespace {

constexpr auto good_password = "femton gröna kaffekoppar";

// The bytes that a secret in base 32 stands for, as an authenticator reads it.
std::string from_base32(const std::string& text) {
    std::string bytes;
    unsigned waiting = 0;
    unsigned count = 0;
    for (const char c : text) {
        waiting = (waiting << 5U) | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26);
        count += 5;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>((waiting >> count) & 0xFFU);
    }
    return bytes;
}

struct LocalPerson {
    User user{};
    std::string secret{};
    std::vector<std::string> recovery_codes{};

    [[nodiscard]] std::string code_at(Timestamp moment) const {
        return one_time_code(secret, step_at(moment));
    }
};

LocalPerson local_person(TestHouse& house, const std::string& name) {
    LocalPerson person{.user = house.add(name)};
    REQUIRE(
        house.credentials.set_password(person.user.id, {.current = {}, .wanted = good_password}).has_value());
    person.secret = from_base32(house.credentials.begin_second_factor(person.user.id, {}).value());
    person.recovery_codes =
        house.credentials.confirm_second_factor(person.user.id, person.code_at(house.moment)).value();
    house.moment += 1min;
    return person;
}

Visit from(const std::string& origin, const std::string& device = {}) {
    return {.origin = origin, .device = {}, .device_token = device, .earlier_session = {}};
}

}  // namespace

TEST_CASE("a password and a code open, and neither does alone") {
    TestHouse house;
    const auto rut = local_person(house, "Rut");
    const auto code = rut.code_at(house.moment);
    const auto fails = [&](const PasswordAndCode& shown) {
        const auto outcome = house.sign_in.with_password(shown, from(shown.password + shown.code));
        return !outcome.has_value() && outcome.error().code == ErrorCode::not_authenticated;
    };
    CHECK(fails({"rut", good_password, ""}));
    CHECK(fails({"rut", good_password, "000000"}));
    CHECK(fails({"rut", "", code}));
    CHECK(fails({"rut", "fel lösenord som är långt", code}));
    CHECK(fails({"siv", good_password, code}));
    CHECK(fails({"RUT EK", good_password, code}));
    CHECK(house.sign_in.with_password({"Rut", good_password, code})->caller.id == rut.user.id);
    // A code is spent by its use, also within its half minute.
    CHECK(fails({"rut", good_password, code}));
}

TEST_CASE("before the second factor is confirmed a password opens nothing") {
    TestHouse house;
    const auto rut = house.add("Rut");
    CHECK(house.credentials.begin_second_factor(rut.id, {}).error().code == ErrorCode::conflict);
    REQUIRE(house.credentials.set_password(rut.id, {.current = {}, .wanted = good_password}).has_value());
    const auto secret = from_base32(house.credentials.begin_second_factor(rut.id, {}).value());
    const auto code = one_time_code(secret, step_at(house.moment));
    CHECK_FALSE(house.sign_in.with_password({"rut", good_password, code}).has_value());
    CHECK(house.credentials.confirm_second_factor(rut.id, "123").error().code == ErrorCode::invalid_input);
    CHECK(house.credentials.confirm_second_factor(rut.id, code)->size() == 10);
}

TEST_CASE("a recovery code opens once, however it is typed") {
    TestHouse house;
    const auto rut = local_person(house, "Rut");
    REQUIRE(rut.recovery_codes.size() == 10);
    CHECK(rut.recovery_codes[0].size() == 19);
    auto typed = rut.recovery_codes[0];
    typed[4] = ' ';
    CHECK(house.sign_in.with_password({"rut", good_password, typed}).has_value());
    CHECK_FALSE(house.sign_in.with_password({"rut", good_password, rut.recovery_codes[0]}).has_value());
    CHECK(house.credentials.local_account(rut.user.id)->recovery_codes == 9);
    const auto renewed =
        house.credentials.renew_recovery_codes(rut.user.id, rut.code_at(house.moment)).value();
    CHECK_FALSE(house.sign_in.with_password({"rut", good_password, rut.recovery_codes[1]}).has_value());
    CHECK(house.sign_in.with_password({"rut", good_password, renewed[1]}).has_value());
}

TEST_CASE("a new password takes the old one, and ends the other sessions") {
    TestHouse house;
    const auto rut = local_person(house, "Rut");
    const auto here = house.enter(rut.user);
    const auto there = house.enter(rut.user);
    const auto session = house.sessions.visitor(here.token)->session;
    const auto change = [&](const char* current, const char* wanted) {
        return house.credentials.set_password(rut.user.id, {current, wanted, session});
    };
    CHECK(change("", "helt andra kaffekoppar").error().code == ErrorCode::invalid_input);
    CHECK(change(good_password, "kort").error().code == ErrorCode::invalid_input);
    CHECK(house.sessions.visitor(there.token).has_value());
    CHECK(change(good_password, "helt andra kaffekoppar").has_value());
    CHECK(house.sessions.visitor(here.token).has_value());
    CHECK_FALSE(house.sessions.visitor(there.token).has_value());
    const auto code = rut.code_at(house.moment);
    CHECK_FALSE(house.sign_in.with_password({"rut", good_password, code}).has_value());
    CHECK(house.sign_in.with_password({"rut", "helt andra kaffekoppar", code}).has_value());
}

TEST_CASE("a new telephone takes a code of the old one, which works until the new one is confirmed") {
    TestHouse house;
    const auto rut = local_person(house, "Rut");
    CHECK(house.credentials.begin_second_factor(rut.user.id, "000000").error().code ==
          ErrorCode::invalid_input);
    const auto secret =
        from_base32(house.credentials.begin_second_factor(rut.user.id, rut.code_at(house.moment)).value());
    house.moment += 1min;
    CHECK(house.sign_in.with_password({"rut", good_password, rut.code_at(house.moment)}).has_value());
    house.moment += 1min;
    const auto code = one_time_code(secret, step_at(house.moment));
    REQUIRE(house.credentials.confirm_second_factor(rut.user.id, code).has_value());
    house.moment += 1min;
    CHECK_FALSE(house.sign_in.with_password({"rut", good_password, rut.code_at(house.moment)}).has_value());
    CHECK(house.sign_in.with_password({"rut", good_password, one_time_code(secret, step_at(house.moment))})
              .has_value());
}

TEST_CASE("guessing codes with a session that was left open is slowed down") {
    TestHouse house;
    const auto rut = local_person(house, "Rut");
    for (int i = 0; i < 10; ++i)
        CHECK(house.credentials.renew_recovery_codes(rut.user.id, "000000").error().code ==
              ErrorCode::invalid_input);
    CHECK(house.credentials.renew_recovery_codes(rut.user.id, rut.code_at(house.moment)).error().code ==
          ErrorCode::busy);
    house.moment += 15min;
    CHECK(house.credentials.renew_recovery_codes(rut.user.id, rut.code_at(house.moment)).has_value());
}

TEST_CASE("nobody's guesses lock out a person at another address, or on a device that is known") {
    TestHouse house;
    const auto rut = local_person(house, "Rut");
    const auto device = house.enter(rut.user, from("10.0.0.1")).device_token;
    // The one who guesses sits at the same address, and at many others.
    for (int i = 0; i < 40; ++i) {
        (void)house.sign_in.with_password({"rut", "en gissning till", "000000"}, from("10.0.0.1"));
        (void)house.sign_in.with_password({"rut", "en gissning till", "000000"},
                                          from("10.1.0." + std::to_string(i)));
        (void)house.sign_in.with_link("gissning", from("10.0.0.1"));
    }
    const PasswordAndCode right{"rut", good_password, rut.code_at(house.moment)};
    CHECK(house.sign_in.with_password(right, from("10.0.0.1")).error().code == ErrorCode::busy);
    CHECK(house.sign_in.with_password(right, from("10.0.0.1", std::string(64, 'a'))).error().code ==
          ErrorCode::busy);
    CHECK(house.sign_in.with_password(right, from("10.0.0.1", device)).has_value());
    CHECK(house.sign_in.with_link(house.link_to(rut.user), from("10.0.0.1", device)).has_value());
    house.moment += 30s;
    CHECK(house.sign_in.with_password({"rut", good_password, rut.code_at(house.moment)}, from("10.9.9.9"))
              .has_value());
}

TEST_CASE("a device that is known is no way to guess without end, nor to another's account") {
    TestHouse house;
    const auto rut = local_person(house, "Rut");
    const auto siv = local_person(house, "Siv");
    const auto device = house.enter(siv.user, from("10.0.0.1")).device_token;
    ErrorCode last = ErrorCode::internal;
    for (int i = 0; i < 11; ++i)
        last =
            house.sign_in.with_password({"siv", "gissning", "000000"}, from("10.0.0.1", device)).error().code;
    CHECK(last == ErrorCode::busy);
    for (int i = 0; i < 6; ++i)
        last =
            house.sign_in.with_password({"rut", "gissning", "000000"}, from("10.0.0.1", device)).error().code;
    CHECK(last == ErrorCode::busy);
}

TEST_CASE("resetting takes everything away but the account") {
    TestHouse house;
    const auto rut = local_person(house, "Rut");
    const auto session = house.enter(rut.user);
    const auto link = house.link_to(rut.user);
    REQUIRE(house.credentials.reset(rut.user.id).has_value());
    CHECK_FALSE(house.sessions.visitor(session.token).has_value());
    CHECK(house.link_error(link) == ErrorCode::not_authenticated);
    CHECK_FALSE(house.sign_in.with_password({"rut", good_password, rut.code_at(house.moment)}).has_value());
    const auto account = house.credentials.local_account(rut.user.id).value();
    CHECK_FALSE(account.password_changed.has_value());
    CHECK_FALSE(account.second_factor_since.has_value());
    CHECK(account.recovery_codes == 0);
    CHECK(house.credentials.set_password(rut.user.id, {.current = {}, .wanted = good_password}).has_value());
}

TEST_CASE("disabled people and service accounts come in by no door") {
    TestHouse house;
    const auto rut = local_person(house, "Rut");
    const auto robot = house.add("Robot", Role::service);
    CHECK(house.credentials.issue_link(robot.id).error().code == ErrorCode::conflict);
    CHECK_FALSE(house.sign_in.by_proxy("robot").has_value());
    CHECK(house.sign_in.by_proxy("Rut")->caller.user_name == "rut");
    REQUIRE(house.people.update_user(rut.user.id, {.disabled = true}).has_value());
    CHECK_FALSE(house.sign_in.by_proxy("rut").has_value());
    CHECK_FALSE(house.sign_in.with_password({"rut", good_password, rut.code_at(house.moment)}).has_value());
}

TEST_CASE("the first administrator gets links until one has signed in") {
    TestHouse house;
    house.add("Rut");
    const auto first = house.credentials.first_administrator_link().value();
    REQUIRE(first.has_value());
    const auto again = house.credentials.first_administrator_link().value();
    REQUIRE(again.has_value());
    CHECK(again->user == first->user);
    CHECK(house.link_error(first->token) == ErrorCode::not_authenticated);
    CHECK(house.sign_in.with_link(again->token)->caller.roles.size() == 4);
    CHECK_FALSE(house.credentials.first_administrator_link().value().has_value());
    CHECK(house.people.users()->size() == 2);
}

TEST_CASE("what runs alongside a sign-in can undo it, and the link or code is unspent") {
    TestHouse house;
    const auto refuse = [](store::Connection&, const User&) -> Result<void> {
        return fail(ErrorCode::unavailable, "Protokollet kan inte skrivas.");
    };
    const auto rut = local_person(house, "Rut");
    const auto link = house.link_to(rut.user);
    CHECK_FALSE(house.sign_in.with_link(link, {}, refuse).has_value());
    CHECK(house.sign_in.with_link(link).has_value());
    const PasswordAndCode right{"rut", good_password, rut.code_at(house.moment)};
    CHECK_FALSE(house.sign_in.with_password(right, {}, refuse).has_value());
    CHECK(house.sign_in.with_password(right).has_value());
}

TEST_CASE("the database alone does not give away the secret of a second factor") {
    TestHouse house;
    const auto rut = local_person(house, "Rut");
    std::string stored;
    REQUIRE(house.database
                ->read([&](store::Connection& connection) -> Result<void> {
                    auto& row = TRY(connection.prepare("SELECT secret FROM second_factors")).get();
                    row.bind();
                    TRY(row.step());
                    stored = row.text(0);
                    return {};
                })
                .has_value());
    CHECK(SecretBox::is_sealed(stored));
    CHECK(house.box.open(stored, rut.user.id.str()).value() == rut.secret);
    CHECK_FALSE(house.box.open(stored, "någon annan").value().has_value());
    stored.back() = stored.back() == '0' ? '1' : '0';
    CHECK_FALSE(house.box.open(stored, rut.user.id.str()).value().has_value());
    CHECK_FALSE(house.box.open("box1:00", rut.user.id.str()).value().has_value());
    const auto permissions =
        std::filesystem::status(house.folder.path() / "keys" / "second-factors.key").permissions();
    CHECK((permissions & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
          std::filesystem::perms::none);
}

TEST_CASE("secrets that an earlier version stored as they were are sealed, and go on working") {
    TestHouse house;
    const auto rut = local_person(house, "Rut");
    const auto hex = access::detail::hex_of(rut.secret);
    REQUIRE(house.database
                ->write([&](store::Connection& connection) -> Result<void> {
                    return connection.execute("UPDATE second_factors SET secret = ?1", hex);
                })
                .has_value());
    CHECK(house.credentials.seal_secrets().value() == 1);
    CHECK(house.credentials.seal_secrets().value() == 0);
    CHECK(house.sign_in.with_password({"rut", good_password, rut.code_at(house.moment)}).has_value());
    for (const auto* name : {"kansli.db", "kansli.db-wal"}) {
        const auto bytes = read_file(house.folder.path() / name);
        if (bytes) CHECK(bytes->find(hex) == std::string::npos);
    }
}

TEST_CASE("without the key a recovery code lets its owner in, and the telephone is enrolled again") {
    TestHouse house;
    const auto rut = local_person(house, "Rut");
    CHECK(house.credentials.lost_second_factors().value() == 0);
    std::filesystem::remove_all(house.folder.path() / "keys");
    CHECK(house.credentials.lost_second_factors().value() == 1);
    CHECK(house.credentials.local_account(rut.user.id)->second_factor_lost);
    CHECK(house.sign_in.with_password({"rut", good_password, rut.code_at(house.moment)}).error().code ==
          ErrorCode::not_authenticated);
    CHECK(house.sign_in.with_password({"rut", good_password, {}}).error().code ==
          ErrorCode::not_authenticated);
    CHECK(house.sign_in.with_password({"rut", good_password, rut.recovery_codes[0]}).has_value());
    // A second factor that cannot be read is no open door to a new one.
    CHECK_FALSE(house.credentials.begin_second_factor(rut.user.id, {}).has_value());
    const auto secret =
        from_base32(house.credentials.begin_second_factor(rut.user.id, rut.recovery_codes[1]).value());
    const auto code = one_time_code(secret, step_at(house.moment));
    REQUIRE(house.credentials.confirm_second_factor(rut.user.id, code).has_value());
    CHECK(house.credentials.lost_second_factors().value() == 0);
    house.moment += 1min;
    CHECK(house.sign_in.with_password({"rut", good_password, one_time_code(secret, step_at(house.moment))})
              .has_value());
}
