#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "store/database.hpp"

using namespace kansli;
using namespace kansli::store;

namespace {

constexpr std::array<Migration, 1> schema = {
    {{"test", 1,
      "CREATE TABLE entry (key TEXT PRIMARY KEY, value INTEGER NOT NULL);"
      "CREATE TABLE child (key TEXT REFERENCES entry(key));"}}};

struct Fixture {
    TemporaryFolder folder = TemporaryFolder::create().value();
    std::filesystem::path file = folder.path() / "kansli.db";
    std::unique_ptr<Database> database = Database::open(file).value();

    Fixture() { REQUIRE(database->migrate({schema}).has_value()); }

    Result<void> set(const std::string& key, std::int64_t value) const {
        return database->write([&](Connection& connection) {
            return connection.execute("INSERT OR REPLACE INTO entry VALUES (?1, ?2)", key, value);
        });
    }

    std::map<std::string, std::int64_t> all() const {
        std::map<std::string, std::int64_t> found;
        const auto done = database->read([&](Connection& connection) -> Result<void> {
            auto& rows = TRY(connection.prepare("SELECT key, value FROM entry")).get();
            while (TRY(rows.step()))
                found[rows.text(0)] = rows.integer(1);
            return {};
        });
        REQUIRE(done.has_value());
        return found;
    }
};

unsigned mode_of(const std::filesystem::path& path) {
    return static_cast<unsigned>(std::filesystem::status(path).permissions()) & 0777U;
}

}  // namespace

TEST_CASE("values of every kind come back as they were bound") {
    const Fixture fixture;
    const std::string bytes("a\0\xFF å", 6);
    const auto done = fixture.database->write([&](Connection& connection) -> Result<void> {
        auto& row = TRY(connection.prepare("SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8")).get();
        row.bind(std::int64_t{-5}, 2.5, bytes, nullptr, std::string_view(), std::optional<int>(),
                 std::optional<int>(3), true);
        CHECK(TRY(row.step()));
        CHECK(row.integer(0) == -5);
        CHECK(row.real(1) == doctest::Approx(2.5));
        CHECK(row.text(2) == bytes);
        CHECK(row.is_null(3));
        CHECK(row.text(3).empty());
        CHECK_FALSE(row.optional_text(3).has_value());
        CHECK(row.optional_text(4) == "");
        CHECK_FALSE(row.optional_integer(5).has_value());
        CHECK(row.optional_integer(6) == 3);
        CHECK(row.integer(7) == 1);
        CHECK_FALSE(TRY(row.step()));
        CHECK_FALSE(TRY(row.step()));
        return {};
    });
    CHECK(done.has_value());
}

TEST_CASE("a statement at its end does not run again") {
    const Fixture fixture;
    CHECK(fixture.database
              ->write([&](Connection& connection) -> Result<void> {
                  auto& insert = TRY(connection.prepare("INSERT INTO child VALUES (NULL)")).get();
                  for (int i = 0; i < 3; ++i)
                      CHECK_FALSE(TRY(insert.step()));
                  auto& count = TRY(connection.prepare("SELECT count(*) FROM child")).get();
                  CHECK(TRY(count.step()));
                  CHECK(count.integer(0) == 1);
                  return {};
              })
              .has_value());
}

TEST_CASE("a failed or thrown write leaves nothing") {
    const Fixture fixture;
    const auto failed = fixture.database->write([](Connection& connection) -> Result<void> {
        TRY(connection.execute("INSERT INTO entry VALUES ('a', 1)"));
        return fail(ErrorCode::cancelled, "Avbrutet.");
    });
    CHECK(failed.error().code == ErrorCode::cancelled);
    CHECK_THROWS_AS((void)fixture.database->write([](Connection& connection) -> Result<void> {
        TRY(connection.execute("INSERT INTO entry VALUES ('b', 1)"));
        throw std::runtime_error("fault");
    }),
                    std::runtime_error);
    CHECK(fixture.all().empty());
    CHECK(fixture.set("c", 3).has_value());
    CHECK(fixture.all().size() == 1);
}

TEST_CASE("rules of the schema are conflicts, also foreign keys") {
    const Fixture fixture;
    REQUIRE(fixture.set("a", 1).has_value());
    const auto again = fixture.database->write(
        [](Connection& connection) { return connection.execute("INSERT INTO entry VALUES ('a', 2)"); });
    CHECK(again.error().code == ErrorCode::conflict);
    const auto orphan = fixture.database->write(
        [](Connection& connection) { return connection.execute("INSERT INTO child VALUES ('nobody')"); });
    CHECK(orphan.error().code == ErrorCode::conflict);
}

TEST_CASE("wrong SQL and wrong numbers of values are faults of ours, and told") {
    const Fixture fixture;
    const auto run = [&](const char* sql, int value) {
        return fixture.database->write(
            [&](Connection& connection) { return connection.execute(sql, value); });
    };
    CHECK(run("SELECT wrong syntax FROM", 1).error().code == ErrorCode::internal);
    CHECK(run("SELECT 1", 1).error().code == ErrorCode::internal);
}

TEST_CASE("a reader cannot write and sees one snapshot") {
    const Fixture fixture;
    REQUIRE(fixture.set("a", 1).has_value());
    const auto written = fixture.database->read(
        [](Connection& connection) { return connection.execute("DELETE FROM entry"); });
    CHECK_FALSE(written.has_value());
    const auto seen = fixture.database->read([&](Connection& connection) -> Result<void> {
        const auto count = [&]() -> Result<std::int64_t> {
            auto& rows = TRY(connection.prepare("SELECT count(*) FROM entry")).get();
            TRY(rows.step());
            return rows.integer(0);
        };
        CHECK(TRY(count()) == 1);
        TRY(fixture.set("b", 2));
        CHECK(TRY(count()) == 1);
        CHECK(fixture.all().size() == 2);  // a read inside a read has a snapshot of its own
        return {};
    });
    CHECK(seen.has_value());
}

TEST_CASE("inside a write a read sees the state before, and a write is refused") {
    const Fixture fixture;
    const auto done = fixture.database->write([&](Connection& connection) -> Result<void> {
        TRY(connection.execute("INSERT INTO entry VALUES ('a', 1)"));
        CHECK(fixture.all().empty());
        CHECK(fixture.set("b", 2).error().code == ErrorCode::internal);
        return {};
    });
    CHECK(done.has_value());
    CHECK(fixture.all().size() == 1);
}

TEST_CASE("the store is a map: random work against std::map") {
    CHECK(rc::check([] {
        const Fixture fixture;
        std::map<std::string, std::int64_t> model;
        const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
            rc::gen::tuple(rc::gen::inRange(0, 4), rc::gen::inRange(0, 6), rc::gen::arbitrary<int>()));
        for (const auto& [kind, which, value] : steps) {
            const auto key = std::to_string(which);
            const bool keep = kind != 2;  // kind 2 changes and is undone
            auto next = model;
            if (kind == 3)
                next.erase(key);
            else
                next[key] = value;
            const auto outcome = fixture.database->write([&](Connection& connection) -> Result<void> {
                if (kind == 3)
                    TRY(connection.execute("DELETE FROM entry WHERE key = ?1", key));
                else
                    TRY(connection.execute("INSERT OR REPLACE INTO entry VALUES (?1, ?2)", key, value));
                if (!keep) return fail(ErrorCode::cancelled, "ångrat");
                return {};
            });
            RC_ASSERT(outcome.has_value() == keep);
            if (keep) model = next;
            RC_ASSERT(fixture.all() == model);
        }
    }));
}

TEST_CASE("many threads write and read at once") {
    const Fixture fixture;
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 6; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 20; ++i) {
                // Two rows that always change together.
                const auto done = fixture.database->write([&](Connection& connection) -> Result<void> {
                    const auto value = thread * 100 + i;
                    TRY(connection.execute("INSERT OR REPLACE INTO entry VALUES ('x', ?1)", value));
                    return connection.execute("INSERT OR REPLACE INTO entry VALUES ('y', ?1)", value);
                });
                if (!done) ++wrong;
                auto found = std::map<std::string, std::int64_t>{};
                const auto read = fixture.database->read([&](Connection& connection) -> Result<void> {
                    auto& rows = TRY(connection.prepare("SELECT key, value FROM entry")).get();
                    while (TRY(rows.step()))
                        found[rows.text(0)] = rows.integer(1);
                    return {};
                });
                if (!read || found["x"] != found["y"]) ++wrong;
            }
        });
    }
    threads.clear();
    CHECK(wrong == 0);
}

TEST_CASE("the data version changes with every change, also another program's") {
    const Fixture fixture;
    const auto version = [&] { return fixture.database->data_version().value(); };
    const auto before = version();
    CHECK(version() == before);
    REQUIRE(fixture.set("a", 1).has_value());
    const auto after = version();
    CHECK(after != before);
    const auto other = Database::open(fixture.file).value();
    CHECK(version() == after);
    REQUIRE(other->write([](Connection& connection) { return connection.execute("DELETE FROM entry"); })
                .has_value());
    CHECK(version() != after);
}

TEST_CASE("migrations run once, in order, and a newer or changed file is refused") {
    const Fixture fixture;
    const std::array<Migration, 2> longer = {
        {schema[0], {"test", 2, "ALTER TABLE entry ADD COLUMN note TEXT"}}};
    const std::array<Migration, 1> changed = {{{"test", 1, "CREATE TABLE other (x)"}}};
    const std::array<Migration, 3> broken = {
        {longer[0], longer[1], {"test", 3, "CREATE TABLE half (x); FAULT"}}};
    CHECK(fixture.database->migrate({schema}).has_value());
    CHECK(fixture.database->migrate({changed}).error().code == ErrorCode::corrupt);
    CHECK(fixture.database->migrate({longer}).has_value());
    CHECK(fixture.database->migrate({longer}).has_value());
    CHECK_FALSE(fixture.database->migrate({broken}).has_value());
    const auto newer = fixture.database->migrate({schema});
    CHECK(newer.error().code == ErrorCode::conflict);
    CHECK(newer.error().message.find("uppgraderad av Kansli " KANSLI_VERSION) != std::string::npos);
    const auto half = fixture.database->read(
        [](Connection& connection) { return connection.execute("SELECT * FROM half"); });
    CHECK_FALSE(half.has_value());
}

TEST_CASE("the file can be read by its owner only") {
    const Fixture fixture;
    REQUIRE(fixture.set("a", 1).has_value());
    for (const auto& entry : std::filesystem::directory_iterator(fixture.folder.path())) {
        CHECK(mode_of(entry.path()) == 0600U);
    }
}

TEST_CASE("a backup is whole, private, and never replaces a file") {
    const Fixture fixture;
    REQUIRE(fixture.set("a", 1).has_value());
    const auto target = fixture.folder.path() / "copy" / "kansli.db";
    std::filesystem::create_directory(target.parent_path());
    REQUIRE(fixture.database->backup_to(target).has_value());
    CHECK(std::distance(std::filesystem::directory_iterator(target.parent_path()), {}) == 1);
    CHECK(mode_of(target) == 0600U);
    CHECK(fixture.database->backup_to(target).error().code == ErrorCode::conflict);
    const auto copy = Database::open(target).value();
    CHECK(copy->check().has_value());
    CHECK(copy->migrate({schema}).has_value());
    const auto rows = copy->read([](Connection& connection) -> Result<void> {
        auto& row = TRY(connection.prepare("SELECT value FROM entry WHERE key = 'a'")).get();
        CHECK(TRY(row.step()));
        CHECK(row.integer(0) == 1);
        return {};
    });
    CHECK(rows.has_value());
}

TEST_CASE("what has been removed is in no byte of the files after wiping") {
    const Fixture fixture;
    const std::string secret = "HEMLIGT-" + std::string(300, 'h');
    REQUIRE(fixture.set(secret, 1).has_value());
    REQUIRE(fixture.set("kvar", 2).has_value());
    const auto on_disk = [&] {
        std::string bytes;
        for (const auto& entry : std::filesystem::directory_iterator(fixture.folder.path()))
            bytes += read_file(entry.path()).value();
        return bytes.find("HEMLIGT-") != std::string::npos;
    };
    const auto removed = fixture.database->write([&](Connection& connection) {
        return connection.execute("DELETE FROM entry WHERE key = ?1", secret);
    });
    REQUIRE(removed.has_value());
    CHECK(on_disk());
    REQUIRE(fixture.database->wipe_removed().has_value());
    CHECK_FALSE(on_disk());
    CHECK(fixture.all() == std::map<std::string, std::int64_t>{{"kvar", 2}});
    CHECK(fixture.set("nytt", 3).has_value());
}

TEST_CASE("foreign and damaged files are corrupt, with the way out") {
    const auto folder = TemporaryFolder::create().value();
    const auto foreign = folder.path() / "foreign.db";
    REQUIRE(write_file(foreign, std::string(8192, 'x')).has_value());
    const auto opened = Database::open(foreign);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::corrupt);
    CHECK(opened.error().where == foreign.string());
    CHECK(opened.error().advice.find("säkerhetskopian") != std::string::npos);
    CHECK(Database::open(folder.path() / "missing" / "x.db").error().code == ErrorCode::unavailable);
}

TEST_CASE("check() finds a page that has been overwritten") {
    const auto folder = TemporaryFolder::create().value();
    const auto file = folder.path() / "kansli.db";
    {
        const auto database = Database::open(file).value();
        REQUIRE(database->migrate({schema}).has_value());
        REQUIRE(database
                    ->write([](Connection& connection) -> Result<void> {
                        for (int i = 0; i < 2000; ++i) {
                            TRY(connection.execute("INSERT INTO entry VALUES (?1, ?2)",
                                                   "key-" + std::to_string(i), i));
                        }
                        return {};
                    })
                    .has_value());
        CHECK(database->check().has_value());
    }
    {
        std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
        out.seekp(5 * 4096);
        out << std::string(4096, '\x5a');
    }
    const auto database = Database::open(file);
    const auto checked = database ? (*database)->check() : Result<void>(Failure(database.error()));
    REQUIRE_FALSE(checked.has_value());
    CHECK(checked.error().code == ErrorCode::corrupt);
}
