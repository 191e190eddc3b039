// The chain by itself, and against everything that somebody with the file in hand can do to it.
#include "record/detail/chain.hpp"

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/file.hpp"
#include "core/hash.hpp"
#include "record/record.hpp"

using namespace kansli;
using namespace kansli::record;

namespace {

const Timestamp noon = parse_timestamp("2026-06-01T12:00:00.000Z").value();

struct Fixture {
    TemporaryFolder folder = TemporaryFolder::create().value();
    std::filesystem::path file = folder.path() / "kansli.db";
    std::unique_ptr<store::Database> database = store::Database::open(file).value();
    Record record{*database};

    explicit Fixture(int entries = 0) {
        REQUIRE(database->migrate({Record::migrations()}).has_value());
        const auto added = database->write([&](store::Connection& connection) -> Result<void> {
            for (int i = 1; i <= entries; ++i)
                TRY(add(connection, i));
            return {};
        });
        REQUIRE(added.has_value());
    }
    Result<Entry> add(store::Connection& connection, int i) {
        const auto content = R"({"antal":)" + std::to_string(i) + R"(,"text":"åäö"})";
        return record.append(connection, access::keeper(), "test", "ämne-" + std::to_string(i), content,
                             noon);
    }
    void add(int i) {
        const auto added = database->write([&](store::Connection& connection) -> Result<void> {
            TRY(add(connection, i));
            return {};
        });
        REQUIRE(added.has_value());
    }
    Result<void> sql(std::string_view text) {
        return database->write([&](store::Connection& connection) { return connection.execute(text); });
    }
    void drop_triggers() {
        const auto dropped = database->write([](store::Connection& connection) -> Result<void> {
            for (const auto* name : {"record_in_order", "record_not_changed", "record_not_removed",
                                     "record_head_moves_on", "record_head_not_removed"}) {
                TRY(connection.execute(std::string("DROP TRIGGER ") + name));
            }
            return {};
        });
        REQUIRE(dropped.has_value());
    }
    std::string tell() {
        const auto result = record.verify().value();
        if (!result.first_broken) return "hel " + std::to_string(result.entries);
        return std::to_string(*result.first_broken) + ": " + result.reason;
    }
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the hashed bytes are those that the README tells") {
    const Entry entry{.number = 7,
                      .moment = noon,
                      .actor = "Rut \"Å\" Ek",
                      .kind = "answer_proposal",
                      .subject = "q-1",
                      .content = R"({"a":1})",
                      .previous = std::string(64, '0'),
                      .hash = {}};
    CHECK(record::detail::hashed_bytes(entry) ==
          "{\"actor\":\"Rut \\\"Å\\\" Ek\",\"content\":{\"a\":1},\"kind\":\"answer_proposal\","
          "\"moment\":\"2026-06-01T12:00:00.000Z\",\"number\":7,\"previous\":\"" +
              std::string(64, '0') + "\",\"subject\":\"q-1\"}");
}

TEST_CASE("an untouched chain is whole, and its head is the last hash") {
    Fixture fixture;
    CHECK(fixture.tell() == "hel 0");
    CHECK(fixture.record.verify()->head == record::detail::no_previous());
    for (int i = 1; i <= 5; ++i)
        fixture.add(i);
    CHECK(fixture.tell() == "hel 5");
    CHECK(fixture.record.verify()->head == fixture.record.entry(5)->hash);
    CHECK(fixture.record.entry(1)->previous == record::detail::no_previous());
    CHECK(fixture.record.entry(3)->previous == fixture.record.entry(2)->hash);
}

TEST_CASE("the database itself refuses changes, also by replacement") {
    Fixture fixture(3);
    for (const auto* attempt :
         {"UPDATE record SET actor = 'Eva' WHERE number = 2", "DELETE FROM record WHERE number = 3",
          "INSERT OR REPLACE INTO record SELECT number, moment, 'Eva', kind, subject, content, previous, "
          "hash FROM record "
          "WHERE number = 2",
          "INSERT INTO record SELECT 9, moment, actor, kind, subject, content, previous, hash FROM record "
          "WHERE number = 2",
          "INSERT INTO record SELECT NULL, moment, actor, kind, subject, content, previous, hash FROM record "
          "WHERE "
          "number = 2",
          "UPDATE record_head SET number = 1", "DELETE FROM record_head"}) {
        const auto refused = fixture.sql(attempt);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::conflict);
    }
    CHECK(fixture.tell() == "hel 3");
}

TEST_CASE("each kind of break is told apart and placed") {
    const auto after = [](std::string_view sql) {
        Fixture fixture(6);
        fixture.drop_triggers();
        REQUIRE(fixture.sql(sql).has_value());
        return fixture.tell();
    };
    CHECK(has(after("UPDATE record SET content = '{\"antal\":99}' WHERE number = 4"),
              "4: innehållet har ändrats"));
    CHECK(has(after("UPDATE record SET moment = '2026-06-01T12:00:00.001Z' WHERE number = 1"),
              "1: innehållet"));
    CHECK(has(after("UPDATE record SET moment = '2026-06-01 12:00' WHERE number = 2"), "2: innehållet"));
    CHECK(has(after("UPDATE record SET hash = '" + std::string(64, 'a') + "' WHERE number = 5"),
              "5: innehållet"));
    CHECK(has(after("DELETE FROM record WHERE number = 3"),
              "3: anteckningen saknas; nästa som finns är nummer 4"));
    CHECK(has(after("DELETE FROM record WHERE number = 1"), "1: anteckningen saknas"));
    CHECK(has(after("DELETE FROM record WHERE number >= 5"), "5: anteckningar sist i protokollet"));
    CHECK(has(after("DELETE FROM record"), "1: anteckningar sist"));
    CHECK(has(after("DELETE FROM record_head"), "7: anteckningar sist"));
    CHECK(has(after("UPDATE record SET number = 60 WHERE number = 6"), "6: anteckningen saknas"));
    CHECK(has(after("UPDATE record SET previous = '" + std::string(64, '0') + "' WHERE number = 3"),
              "3: en annan"));
    CHECK(has(
        after(
            "INSERT INTO record SELECT 0, moment, actor, kind, subject, content, previous, hash FROM record "
            "WHERE number = 2"),
        "1: anteckningen saknas; nästa som finns är nummer 0"));
    CHECK(has(
        after(
            "INSERT INTO record SELECT 7, moment, actor, kind, subject, content, previous, hash FROM record "
            "WHERE number = 2"),
        "7: en annan"));
}

TEST_CASE("swapped entries are found, and so is a rewritten one with a right hash of its own") {
    Fixture fixture(5);
    fixture.drop_triggers();
    REQUIRE(
        fixture
            .sql("UPDATE record SET number = CASE number WHEN 2 THEN -3 ELSE -2 END WHERE number IN (2, 3)")
            .has_value());
    REQUIRE(fixture.sql("UPDATE record SET number = -number WHERE number < 0").has_value());
    CHECK(has(fixture.tell(), "2: en annan anteckning"));

    Fixture forged(5);
    forged.drop_triggers();
    auto entry = forged.record.entry(3).value();
    entry.content = R"({"antal":1000})";
    const auto hash = sha256(record::detail::hashed_bytes(entry));
    REQUIRE(forged
                .sql("UPDATE record SET content = '" + entry.content + "', hash = '" + hash +
                     "' WHERE number = 3")
                .has_value());
    CHECK(has(forged.tell(), "4: anteckningen före är inte den"));
}

TEST_CASE("content cannot pretend to be other fields") {
    Fixture fixture(2);
    fixture.drop_triggers();
    // The same bytes in all, cut into fields in another way: the kind moves into the content.
    const auto entry = fixture.record.entry(2).value();
    const auto content = entry.content + ",\"kind\":\"test\",\"moment\":\"x\"";
    Entry forged = entry;
    forged.content = content;
    const auto hash = sha256(record::detail::hashed_bytes(forged));
    REQUIRE(
        fixture.sql("UPDATE record SET content = '" + content + "', hash = '" + hash + "' WHERE number = 2")
            .has_value());
    CHECK(has(fixture.tell(), "2: innehållet har ändrats"));
}

TEST_CASE("a cut that is followed by new entries still shows") {
    Fixture fixture(5);
    fixture.drop_triggers();
    REQUIRE(fixture.sql("DELETE FROM record WHERE number = 5").has_value());
    fixture.add(6);
    CHECK(has(fixture.tell(), "5: anteckningen saknas"));
}

TEST_CASE("any changed byte of any field of any entry is found, and at its place") {
    const std::array<const char*, 7> fields = {"moment",  "actor",    "kind", "subject",
                                               "content", "previous", "hash"};
    CHECK(rc::check([&] {
        const int count = *rc::gen::inRange(1, 6);
        Fixture fixture(count);
        fixture.drop_triggers();
        const int number = *rc::gen::inRange(1, count + 1);
        const std::string field = *rc::gen::elementOf(fields);
        const auto value = [&] {
            std::string text;
            (void)fixture.database->read([&](store::Connection& connection) -> Result<void> {
                auto& row =
                    TRY(connection.prepare("SELECT " + field + " FROM record WHERE number = ?1")).get();
                if (TRY(row.bind(number).step())) text = row.text(0);
                return {};
            });
            return text;
        };
        auto text = value();
        const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
        const int how = *rc::gen::inRange(0, 3);
        const auto byte = *rc::gen::suchThat(rc::gen::arbitrary<char>(), [](char c) { return c != '\0'; });
        if (how == 0)
            text.erase(at, 1);
        else if (how == 1)
            text.insert(at, 1, byte);
        else
            text[at] = byte;
        RC_PRE(text != value());
        RC_ASSERT(fixture.database
                      ->write([&](store::Connection& connection) {
                          return connection.execute("UPDATE record SET " + field + " = ?2 WHERE number = ?1",
                                                    number, text);
                      })
                      .has_value());
        RC_ASSERT(fixture.record.verify()->first_broken == number);
        RC_ASSERT(fixture.record.verify()->entries == number - 1);
    }));
}

TEST_CASE("any removed, repeated or moved row is found, and at its place") {
    CHECK(rc::check([] {
        const int count = *rc::gen::inRange(2, 7);
        Fixture fixture(count);
        fixture.drop_triggers();
        const int from = *rc::gen::inRange(1, count + 1);
        const int to = *rc::gen::inRange(1, count + 2);
        const auto number = std::to_string(from);
        const auto shift = [&](int first) {
            RC_ASSERT(
                fixture.sql("UPDATE record SET number = -number WHERE number >= " + std::to_string(first))
                    .has_value());
            RC_ASSERT(fixture.sql("UPDATE record SET number = 1 - number WHERE number < 0").has_value());
        };
        if (*rc::gen::arbitrary<bool>()) {
            RC_ASSERT(fixture.sql("DELETE FROM record WHERE number = " + number).has_value());
            RC_ASSERT(fixture.record.verify()->first_broken == from);
            return;
        }
        // A copy of one entry is put in at another place, and the rest makes room.
        shift(to);
        const auto source = std::to_string(from >= to ? from + 1 : from);
        RC_ASSERT(
            fixture
                .sql("INSERT INTO record SELECT " + std::to_string(to) +
                     ", moment, actor, kind, subject, content, previous, hash FROM record WHERE number = " +
                     source)
                .has_value());
        // A copy put right before the entry itself is that entry, and the break is at the next.
        RC_ASSERT(fixture.record.verify()->first_broken == (from == to ? to + 1 : to));
    }));
}

TEST_CASE("two processes append at once and make one chain") {
    const Fixture fixture;
    std::array<pid_t, 2> children{};
    for (auto& child : children) {
        child = ::fork();
        REQUIRE(child >= 0);
        if (child != 0) continue;
        auto database = store::Database::open(fixture.file);
        bool ok = database.has_value();
        if (ok) {
            Record record(**database);
            for (int i = 0; ok && i < 60; ++i) {
                ok = record.append(access::keeper(), "test", std::to_string(::getpid()), "{}", noon)
                         .has_value();
            }
        }
        ::_exit(ok ? 0 : 1);
    }
    for (const auto child : children) {
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(status == 0);
    }
    auto database = store::Database::open(fixture.file).value();
    const auto result = Record(*database).verify().value();
    CHECK(result.entries == 120);
    CHECK_FALSE(result.first_broken.has_value());
}
