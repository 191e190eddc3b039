#include "access/attempts.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace kansli;
using namespace kansli::access;
using namespace std::chrono_literals;

namespace {

struct Counted {
    Timestamp moment = parse_timestamp("2026-06-01T08:00:00.000Z").value();
    Attempts attempts{[this] { return moment; }};

    bool allowed(const std::string& origin, const std::string& account = {}, const std::string& device = {}) {
        return attempts.begin({origin, account, device}).has_value();
    }
};

}  // namespace

TEST_CASE("guessing is slowed down for the one who guesses, and only for a while") {
    Counted counted;
    for (std::size_t i = 0; i < Attempts::from_one_address; ++i)
        CHECK(counted.allowed("10.0.0.1"));
    CHECK_FALSE(counted.allowed("10.0.0.1"));
    CHECK(counted.allowed("10.0.0.2"));
    counted.moment += 1min;
    CHECK(counted.allowed("10.0.0.1"));
}

TEST_CASE("one account is guarded longer, from the address that tried") {
    Counted counted;
    for (std::size_t i = 0; i < Attempts::on_one_account; ++i)
        CHECK(counted.allowed("10.0.0.1", "rut"));
    counted.moment += 1min;
    CHECK_FALSE(counted.allowed("10.0.0.1", "rut"));
    CHECK(counted.allowed("10.0.0.1", "eva"));
    CHECK(counted.allowed("10.0.0.2", "rut"));
    counted.moment += 14min;
    CHECK(counted.allowed("10.0.0.1", "rut"));
}

TEST_CASE("success forgives the account's mistakes, but not what others at the address did") {
    Counted counted;
    for (int round = 0; round < 10; ++round) {
        CHECK(counted.allowed("10.0.0.1", "rut"));
        counted.attempts.succeeded({"10.0.0.1", "rut", {}});
    }
    for (std::size_t i = 0; i < Attempts::from_one_address; ++i)
        CHECK(counted.allowed("10.0.0.1", "gissning " + std::to_string(i)));
    CHECK_FALSE(counted.allowed("10.0.0.1", "eva"));
    counted.attempts.succeeded({"10.0.0.1", "gissning 1", {}});
    CHECK(counted.allowed("10.0.0.1", "eva"));
    CHECK_FALSE(counted.allowed("10.0.0.1", "siv"));
}

TEST_CASE("an IPv6 network is one address, and so is an IPv4 address in both its forms") {
    CHECK(origin_of("2001:db8:1:2::1") == origin_of("2001:db8:1:2:ffff::9"));
    CHECK(origin_of("2001:db8:1:2::1") != origin_of("2001:db8:1:3::1"));
    CHECK(origin_of("::ffff:192.0.2.1") == origin_of("192.0.2.1"));
    CHECK(origin_of("192.0.2.1") != origin_of("192.0.2.2"));
}

TEST_CASE("somebody with very many addresses does not fill the memory, nor wash their own failures away") {
    Counted counted;
    for (std::size_t i = 0; i < Attempts::marks_kept + 50; ++i) {
        counted.moment += 1ms;
        CHECK(counted.allowed("host " + std::to_string(i)));
        if (i % 700 == 0) (void)counted.allowed("10.0.0.1");
        if (i >= Attempts::marks_kept - 30) (void)counted.allowed("10.0.0.1");
    }
    CHECK_FALSE(counted.allowed("10.0.0.1"));
}
