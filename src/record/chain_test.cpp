// The chain by itself, and against everything that somebody with the file in hand can do to it. What random changes do
// stands in tampering_test.cpp.
#include "record/detail/chain.hpp"

#include <array>
#include <memory>
#include <string>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "record/test_folder.hpp"

using namespace kansli;
using namespace kansli::record;
using namespace kansli::record::test;

namespace {

// The worked example of README.md.
Entry example(int format) {
    return {.number = 7,
            .moment = noon,
            .actor = "Rut \"Å\" Ek",
            .kind = "answer_proposal",
            .subject = "q-1",
            .content = R"({"a":1})",
            .previous = std::string(64, '0'),
            .format = format,
            .salt = format == 1 ? "" : "000102030405060708090a0b0c0d0e0f",
            .content_hash =
                format == 1 ? "" : "aed8a0ebb5f60a8aa06554873318b8e888584ebddf7878258719930ae328cbb2"};
}

std::string bytes_of(const Entry& entry) {
    record::detail::LinkHasher hasher;
    const auto moment = to_string(entry.moment);
    return std::string(hasher.bytes_of(record::detail::row_of(entry, moment)).value());
}

constexpr auto column_list =
    "format, moment, actor, kind, subject, salt, content, content_hash, previous, hash FROM record WHERE "
    "number = 2";

}  // namespace

TEST_CASE("the hashed bytes of format 1 are those that the README tells") {
    CHECK(bytes_of(example(1)) ==
          "{\"actor\":\"Rut \\\"Å\\\" Ek\",\"content\":{\"a\":1},\"kind\":\"answer_proposal\","
          "\"moment\":\"2026-06-01T12:00:00.000Z\",\"number\":7,\"previous\":\"" +
              std::string(64, '0') + "\",\"subject\":\"q-1\"}");
    CHECK(link_hash(example(1)) == "3a39b39aab0d5a83f205cf4f4ec5ed23c47359572397f95d0faa396eefe58dba");
}

TEST_CASE("the hashed bytes of format 2 are those that the README tells") {
    const auto entry = example(2);
    record::detail::LinkHasher hasher;
    CHECK(hex_text(hasher.content_hash(entry.salt, entry.content).value()) == entry.content_hash);
    CHECK(bytes_of(entry) == "{\"actor\":\"Rut \\\"Å\\\" Ek\",\"content\":\"" + entry.content_hash +
                                 "\",\"format\":2,\"kind\":\"answer_proposal\","
                                 "\"moment\":\"2026-06-01T12:00:00.000Z\",\"number\":7,\"previous\":\"" +
                                 std::string(64, '0') + "\",\"subject\":\"q-1\"}");
    CHECK(link_hash(entry) == "b14533ee9bdc6ab41c3f4db0e06a87b3088b6d50627349d419cfe9294184ef79");
}

TEST_CASE("an untouched chain is whole, and its head is the last hash") {
    Folder folder;
    CHECK(folder.tell() == "hel 0");
    CHECK(folder.record.verify()->head == record::detail::no_previous());
    for (int i = 1; i <= 5; ++i)
        folder.add(i);
    CHECK(folder.tell() == "hel 5");
    CHECK(folder.record.verify()->head == folder.record.entry(5)->hash);
    CHECK(folder.record.entry(1)->previous == record::detail::no_previous());
    CHECK(folder.record.entry(3)->previous == folder.record.entry(2)->hash);
}

TEST_CASE("a record of an older version verifies as it is, and goes on after the upgrade") {
    Folder folder(3, 4);
    CHECK(folder.tell() == "hel 7");
    CHECK(folder.record.entry(4)->format == 1);
    CHECK(folder.record.entry(4)->content == Folder::content_of(4));
    CHECK(folder.record.entry(5)->format == 2);
    CHECK(folder.record.entry(5)->previous == folder.record.entry(4)->hash);
}

TEST_CASE("a copy that an older version wrote is verified without being changed") {
    TemporaryFolder place = TemporaryFolder::create().value();
    auto database = store::Database::open(place.path() / "kansli.db").value();
    REQUIRE(database->migrate({Record::migrations().first(1)}).has_value());
    const auto result = record::verify(*database);
    REQUIRE(result.has_value());
    CHECK(result->entries == 0);
    CHECK_FALSE(result->first_broken.has_value());
    auto empty = store::Database::open(place.path() / "annan.db").value();
    CHECK(record::verify(*empty).error().code == ErrorCode::not_found);
}

TEST_CASE("the database itself refuses changes, also by replacement") {
    Folder folder(3);
    for (const auto& attempt :
         {std::string("UPDATE record SET actor = 'Eva' WHERE number = 2"),
          std::string("UPDATE record SET salt = NULL, content = NULL WHERE number = 2"),
          std::string("DELETE FROM record WHERE number = 3"),
          std::string("INSERT OR REPLACE INTO record SELECT number, ") + column_list,
          std::string("INSERT INTO record SELECT 9, ") + column_list,
          std::string("INSERT INTO record SELECT NULL, ") + column_list,
          std::string("UPDATE record_head SET number = 1"), std::string("DELETE FROM record_head")}) {
        const auto refused = folder.sql(attempt);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::conflict);
    }
    CHECK(folder.tell() == "hel 3");
}

TEST_CASE("each kind of break is told apart and placed") {
    const auto after = [](const std::string& sql) {
        Folder folder(4, 2);
        folder.drop_triggers();
        REQUIRE(folder.sql(sql).has_value());
        return folder.tell();
    };
    const std::string copied = column_list;
    CHECK(has(after("UPDATE record SET content = '{\"antal\":99}' WHERE number = 4"),
              "4: innehållet har ändrats"));
    CHECK(has(after("UPDATE record SET content = '{\"antal\":99}' WHERE number = 1"),
              "1: innehållet har ändrats"));
    CHECK(has(after("UPDATE record SET moment = '2026-06-01T12:00:00.001Z' WHERE number = 1"),
              "1: innehållet"));
    CHECK(has(after("UPDATE record SET moment = '2026-06-01 12:00' WHERE number = 3"), "3: innehållet"));
    CHECK(has(after("UPDATE record SET format = 1 WHERE number = 3"), "3: innehållet"));
    CHECK(has(after("UPDATE record SET format = 3 WHERE number = 3"), "3: innehållet"));
    CHECK(has(after("UPDATE record SET format = 2 WHERE number = 2"), "2: innehållet"));
    CHECK(has(after("UPDATE record SET salt = '00' WHERE number = 2"), "2: innehållet"));
    CHECK(has(after("UPDATE record SET salt = upper(salt) WHERE number = 3"), "3: innehållet"));
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
    CHECK(has(after("INSERT INTO record SELECT 0, " + copied),
              "1: anteckningen saknas; nästa som finns är nummer 0"));
    CHECK(has(after("INSERT INTO record SELECT 7, " + copied), "7: en annan"));
}

TEST_CASE("swapped entries are found, and so is a rewritten one with right hashes of its own") {
    Folder folder(5);
    folder.drop_triggers();
    REQUIRE(
        folder.sql("UPDATE record SET number = CASE number WHEN 2 THEN -3 ELSE -2 END WHERE number IN (2, 3)")
            .has_value());
    REQUIRE(folder.sql("UPDATE record SET number = -number WHERE number < 0").has_value());
    CHECK(has(folder.tell(), "2: en annan anteckning"));

    Folder forged(5);
    forged.drop_triggers();
    auto entry = forged.record.entry(3).value();
    entry.content = R"({"antal":1000})";
    record::detail::LinkHasher hasher;
    entry.content_hash = hex_text(hasher.content_hash(entry.salt, entry.content).value());
    REQUIRE(forged
                .sql("UPDATE record SET content = '" + entry.content + "', content_hash = '" +
                     entry.content_hash + "', hash = '" + link_hash(entry) + "' WHERE number = 3")
                .has_value());
    CHECK(has(forged.tell(), "4: anteckningen före är inte den"));
}

TEST_CASE("content of format 1 cannot pretend to be other fields") {
    Folder folder(0, 2);
    folder.drop_triggers();
    // The same bytes in all, cut into fields in another way: the kind moves into the content.
    const auto content = Folder::content_of(2) + R"(,"kind":"test","moment":"x")";
    Entry forged = folder.record.entry(2).value();
    forged.content = content;
    record::detail::LinkHasher hasher;
    CHECK_FALSE(hasher.bytes_of(record::detail::row_of(forged, to_string(noon))).has_value());
    REQUIRE(folder.sql("UPDATE record SET content = '" + content + "' WHERE number = 2").has_value());
    CHECK(has(folder.tell(), "2: innehållet har ändrats"));
}

TEST_CASE("a cut that is followed by new entries still shows") {
    Folder folder(5);
    folder.drop_triggers();
    REQUIRE(folder.sql("DELETE FROM record WHERE number = 5").has_value());
    folder.add(6);
    CHECK(has(folder.tell(), "5: anteckningen saknas"));
}

TEST_CASE("two processes append at once and make one chain") {
    const Folder folder;
    std::array<pid_t, 2> children{};
    for (auto& child : children) {
        child = ::fork();
        REQUIRE(child >= 0);
        if (child != 0) continue;
        auto database = store::Database::open(folder.file);
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
    auto database = store::Database::open(folder.file).value();
    const auto result = Record(*database).verify().value();
    CHECK(result.entries == 120);
    CHECK_FALSE(result.first_broken.has_value());
}
