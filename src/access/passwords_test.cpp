#include "access/passwords.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace kansli;
using namespace kansli::access;

namespace {

constexpr PasswordCost least{.passes = 1, .bytes = 8192};

bool is_accepted(const std::string& password) {
    return check_new_password(password, "rut.ek.i.kommunen", "Rut Ek i kommunen").has_value();
}

}  // namespace

TEST_CASE("a hash fits its password alone, and is salted") {
    const auto hash = hash_password("femton gröna kaffekoppar", least).value();
    CHECK(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    CHECK(hash != hash_password("femton gröna kaffekoppar", least).value());
    CHECK(verify_password("femton gröna kaffekoppar", hash));
    CHECK_FALSE(verify_password("femton gröna kaffekopp", hash));
    CHECK_FALSE(verify_password("", hash));
    CHECK_FALSE(verify_password("femton gröna kaffekoppar", "skräp"));
    CHECK_FALSE(verify_password("femton gröna kaffekoppar", std::string(1000, '$')));
}

TEST_CASE("the decoy is as much work as a real hash, and nothing fits it") {
    // Everything before the salt says how much work it is.
    const auto real = hash_password("femton gröna kaffekoppar", least).value();
    const auto decoy = decoy_hash(least);
    const auto cost_of = [](const std::string& hash) { return hash.substr(0, hash.find("p=1$")); };
    CHECK(cost_of(decoy) == cost_of(real));
    CHECK(decoy.size() == real.size());
    CHECK_FALSE(verify_password("", decoy));
    CHECK_FALSE(verify_password("femton gröna kaffekoppar", decoy));
    CHECK(cost_of(decoy_hash({})) == "$argon2id$v=19$m=65536,t=2,");
}

TEST_CASE("twelve characters are asked for, counted as people count them, and no kinds of characters") {
    CHECK(is_accepted("ååååååååååkå"));
    CHECK_FALSE(is_accepted("ååååååååååk"));
    CHECK(is_accepted("fyra små ord"));
    CHECK_FALSE(is_accepted(std::string(1025, 'x')));
}

TEST_CASE("what everybody tries first is refused, with whatever behind it") {
    for (const auto* common :
         {"lösenord1234", "LÖSENORD!!!!", "Sommaren2026!", "password12345", "123456789012", "Välkommen2026",
          "qwertyuiop12", "rut.ek.i.kommunen", "Rut Ek i kommunen 1"})
        CHECK_FALSE(is_accepted(common));
}
