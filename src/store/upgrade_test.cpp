// An upgrade of a data folder: the copy before, kill -9 in the middle, a folder that is too new.
#include "store/upgrade.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/file.hpp"

using namespace kansli;
using namespace kansli::store;

namespace {

using namespace std::chrono_literals;

constexpr Timestamp noon{
    std::chrono::sys_days(Date(std::chrono::year(2026), std::chrono::November, std::chrono::day(22))) + 12h};

constexpr std::array<Migration, 1> old_steps = {
    {{"test", 1, "CREATE TABLE entry (value INTEGER NOT NULL); INSERT INTO entry VALUES (1), (2), (3);"}}};
// Long enough to be killed in, with rows of the old schema changed at the end.
constexpr std::array<Migration, 3> new_steps = {{
    old_steps[0],
    {"test", 2, "ALTER TABLE entry ADD COLUMN note TEXT NOT NULL DEFAULT 'gammal';"},
    {"test", 3,
     "CREATE TABLE filling (x INTEGER);"
     "WITH RECURSIVE count(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM count WHERE x < 100000)"
     " INSERT INTO filling SELECT x FROM count;"
     "UPDATE entry SET note = 'ny';"},
}};
constexpr std::array<Migration, 1> unknown_room = {{{"models", 1, "CREATE TABLE model (x);"}}};

struct Fixture {
    TemporaryFolder parent = TemporaryFolder::create().value();
    DataFolder folder = DataFolder::create(parent.path() / "data").value();

    Fixture() { REQUIRE(upgrade(folder, *open(), {old_steps}, noon).has_value()); }

    std::unique_ptr<Database> open() const { return Database::open(folder.database_file()).value(); }

    std::vector<std::string> copies() const {
        std::vector<std::string> names;
        std::error_code none;
        for (const auto& entry : std::filesystem::directory_iterator(folder.before_upgrade(), none))
            names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        return names;
    }
};

std::string text_of(Database& database, const char* sql) {
    std::string text = "(fel)";
    const auto done = database.read([&](Connection& connection) -> Result<void> {
        auto& row = TRY(connection.prepare(sql)).get();
        row.bind();
        if (TRY(row.step())) text = row.text(0);
        return {};
    });
    return done ? text : "(fel)";
}

}  // namespace

TEST_CASE("a new folder has no copy, and neither has one that lacks nothing") {
    const Fixture fixture;
    CHECK(fixture.copies().empty());
    CHECK_FALSE(upgrade(fixture.folder, *fixture.open(), {old_steps}, noon).value().has_value());
    CHECK(fixture.copies().empty());
}

TEST_CASE("an old folder is upgraded, and the copy of before can be opened by the old program") {
    const Fixture fixture;
    const auto database = fixture.open();
    const auto copy = upgrade(fixture.folder, *database, {new_steps}, noon).value();
    CHECK(text_of(*database, "SELECT group_concat(note) FROM entry") == "ny,ny,ny");
    REQUIRE(copy.has_value());
    CHECK(copy->filename() == "kansli-" KANSLI_VERSION "-2026-11-22T120000.000Z.db");
    const auto before = Database::open(*copy).value();
    CHECK(before->check().has_value());
    CHECK(before->schema_state({old_steps}).value().missing == 0);
    CHECK(text_of(*before, "SELECT sum(value) FROM entry") == "6");
    CHECK(text_of(*before, "SELECT note FROM entry") == "(fel)");
}

TEST_CASE("a step that fails leaves the old schema, with the copy beside it") {
    const Fixture fixture;
    const std::array<Migration, 3> broken = {new_steps[0], new_steps[1], {"test", 3, "FAULT"}};
    const auto database = fixture.open();
    CHECK_FALSE(upgrade(fixture.folder, *database, {broken}, noon).has_value());
    CHECK(database->schema_state({old_steps}).value().run == 1);
    CHECK(fixture.copies().size() == 1);
}

TEST_CASE("the three newest copies stay, and nothing of one that was cut off") {
    const Fixture fixture;
    std::filesystem::create_directories(fixture.folder.before_upgrade());
    for (const auto* name :
         {"kansli-0.9.0-2026-01-01T000000.000Z.db", "kansli-0.1.0-2026-03-01T000000.000Z.db",
          "kansli-0.1.0-2026-02-01T000000.000Z.db", "kansli-0.1.0-2026-04-01T000000.000Z.db.part-0a1b2c3d"}) {
        REQUIRE(write_file(fixture.folder.before_upgrade() / name, "x").has_value());
    }
    REQUIRE(upgrade(fixture.folder, *fixture.open(), {new_steps}, noon).has_value());
    CHECK(fixture.copies() == std::vector<std::string>{"kansli-0.1.0-2026-02-01T000000.000Z.db",
                                                       "kansli-0.1.0-2026-03-01T000000.000Z.db",
                                                       "kansli-" KANSLI_VERSION
                                                       "-2026-11-22T120000.000Z.db"});
}

TEST_CASE("a folder that is newer is refused with nothing written") {
    const Fixture fixture;
    REQUIRE(upgrade(fixture.folder, *fixture.open(), {new_steps, unknown_room}, noon).has_value());
    const auto before = measure_file(fixture.folder.database_file()).value();
    const auto is_refused = [&](const Rooms& rooms) {
        const auto refused = upgrade(fixture.folder, *fixture.open(), rooms, noon + 1h);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::conflict);
        CHECK(refused.error().message.find("uppgraderad av Kansli " KANSLI_VERSION) != std::string::npos);
    };
    is_refused({old_steps, unknown_room});
    is_refused({new_steps});
    CHECK(measure_file(fixture.folder.database_file()).value() == before);
    CHECK(fixture.copies().size() == 1);
}

TEST_CASE("kill -9 at any moment of an upgrade leaves the old folder or the new one") {
    std::mt19937 random(20261122);
    std::size_t old_ones = 0;
    for (int round = 0; round < 15; ++round) {
        const Fixture fixture;
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            const auto database = Database::open(fixture.folder.database_file());
            const bool done = database && upgrade(fixture.folder, **database, {new_steps}, noon);
            ::_exit(done ? 0 : 1);
        }
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 60'000));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        const auto database = fixture.open();
        REQUIRE(database->check().has_value());
        const auto state = database->schema_state({new_steps}).value();
        const bool is_old = state.run == 1;
        if (is_old) ++old_ones;
        CHECK((is_old || state.run == 3));
        CHECK(text_of(*database, "SELECT group_concat(note) FROM entry") == (is_old ? "(fel)" : "ny,ny,ny"));
        // And the next start finishes it.
        CHECK(upgrade(fixture.folder, *database, {new_steps}, noon + 1h).has_value());
        CHECK(text_of(*database, "SELECT group_concat(note) FROM entry") == "ny,ny,ny");
    }
    CHECK(old_ones > 0);
}
