// Data folders of before are brought along.
#include <doctest/doctest.h>

#include "access/test_people.hpp"

using namespace kansli;
using namespace kansli::access;

namespace {

constexpr auto people_of_before = {
    R"(INSERT INTO users VALUES ('1', 'Åsa Öberg', 0, '2026-01-01T08:00:00.000Z', NULL, 'Socialnämnden'))",
    R"(INSERT INTO users VALUES ('2', 'asa.oberg', 0, '2026-01-02T08:00:00.000Z', NULL, ''))",
    R"(INSERT INTO users VALUES ('3', 'Łukasz', 1, '2026-01-03T08:00:00.000Z', NULL, 'Socialnämnden'))",
    R"(INSERT INTO user_roles VALUES ('1', 'administrator'), ('2', 'reader'), ('3', 'reader'))",
    R"(INSERT INTO user_groups VALUES ('1', 'ledning'), ('2', 'ledning'), ('2', 'vård'))",
};

}  // namespace

TEST_CASE("people, groups and departments of an earlier version keep their place, and their sessions") {
    const auto folder = TemporaryFolder::create().value();
    const auto database = store::Database::open(folder.path() / "kansli.db").value();
    REQUIRE(database->migrate({People::migrations().first(2)}).has_value());
    REQUIRE(database
                ->write([](store::Connection& connection) -> Result<void> {
                    for (const auto* sql : people_of_before)
                        TRY(connection.execute(sql));
                    return connection.execute("INSERT INTO sessions VALUES (?1, '1', ?2, ?2)", "0f0f",
                                              "2026-06-01T08:00:00.000Z");
                })
                .has_value());
    REQUIRE(database->migrate({People::migrations()}).has_value());
    const auto moment = parse_timestamp("2026-06-01T09:00:00.000Z").value();
    People people(*database);
    const auto users = people.users().value();
    REQUIRE(users.size() == 3);
    const auto asa = people.user(UserId("1")).value();
    CHECK(asa.user_name == "asa.oberg");
    CHECK(asa.name == "Åsa Öberg");
    CHECK(asa.department == "Socialnämnden");
    CHECK(asa.groups == std::vector<std::string>{"ledning"});
    CHECK(asa.former_principals.empty());
    CHECK(people.user(UserId("2"))->user_name == "person.2");
    CHECK(people.user(UserId("2"))->groups == std::vector<std::string>{"ledning", "vård"});
    CHECK(people.user(UserId("3"))->user_name == "person.3");
    CHECK(people.user(UserId("3"))->disabled);
    Organisation organisation(*database);
    CHECK(organisation.departments()->front().people == 2);
    CHECK(organisation.groups()->size() == 2);
    Sessions sessions(*database, [moment] { return moment; });
    REQUIRE(sessions.all()->size() == 1);
    CHECK(sessions.all()->front().way == SignInWay::link);
    CHECK_FALSE(sessions.all()->front().id.empty());
}
