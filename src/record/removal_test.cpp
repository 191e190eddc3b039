// Gallring: what an entry says goes, that it was made stays, and nothing else can go that way.
#include <string>

#include <doctest/doctest.h>

#include "json/value.hpp"
#include "record/test_folder.hpp"

using namespace kansli;
using namespace kansli::record;
using namespace kansli::record::test;

namespace {

Result<Entry> try_remove(Folder& folder, std::int64_t number) {
    Result<Entry> told = fail(ErrorCode::internal, "");
    (void)folder.database->write([&](store::Connection& connection) -> Result<void> {
        told = folder.record.remove_content(connection, folder.rut, number, "{}", noon);
        if (!told) return Failure(told.error());
        return {};
    });
    return told;
}

}  // namespace

TEST_CASE("a removed content is gone, and the chain still holds and tells so") {
    Folder folder(5);
    const auto before = folder.record.entry(3).value();
    const auto told = folder.remove(3);
    CHECK(told.number == 6);
    CHECK(told.kind == content_removed_kind);
    CHECK(told.subject == "3");
    const auto content = json::parse(told.content).value();
    CHECK(*content.at("/content_hash")->as_string() == before.content_hash);
    CHECK(*content.at("/decision/beslut")->as_string() == "KS 2026/14");

    const auto after = folder.record.entry(3).value();
    CHECK(after.content_removed());
    CHECK(after.salt.empty());
    CHECK(after.hash == before.hash);
    CHECK(after.subject == before.subject);
    CHECK(folder.record.entries({.text = "\"antal\":3"})->empty());
    CHECK(folder.tell() == "hel 6");
    CHECK(folder.record.verify()->removed == 1);
    folder.remove(1);
    CHECK(folder.tell() == "hel 7");
    CHECK(folder.record.verify()->removed == 2);
}

TEST_CASE("the bytes are gone from the file as well") {
    const std::string secret = "tandlakarbesok-hos-doktor-Lindkvist";
    TemporaryFolder place = TemporaryFolder::create().value();
    const auto file = place.path() / "kansli.db";
    const auto bytes_hold_it = [&] { return has(read_file(file).value(), secret); };
    {
        auto database = store::Database::open(file).value();
        REQUIRE(database->migrate({Record::migrations()}).has_value());
        Record record(*database);
        REQUIRE(
            record.append(access::keeper(), "test", "s", R"({"text":")" + secret + "\"}", noon).has_value());
    }
    CHECK(bytes_hold_it());
    {
        auto database = store::Database::open(file).value();
        Record record(*database);
        REQUIRE(database
                    ->write([&](store::Connection& connection) -> Result<void> {
                        TRY(record.remove_content(connection, access::keeper(), 1, "{}", noon));
                        return {};
                    })
                    .has_value());
    }
    CHECK_FALSE(bytes_hold_it());
}

TEST_CASE("what cannot be removed is refused, and nothing is added") {
    Folder folder(2, 1);
    CHECK(try_remove(folder, 1).error().code == ErrorCode::unsupported);
    CHECK(try_remove(folder, 9).error().code == ErrorCode::not_found);
    folder.remove(2);
    CHECK(try_remove(folder, 2).error().code == ErrorCode::conflict);
    CHECK(try_remove(folder, 4).error().code == ErrorCode::conflict);
    CHECK(folder.tell() == "hel 4");
}

TEST_CASE("triggers let through nothing but a removal that has just been told") {
    Folder folder(4);
    folder.remove(2);
    for (const auto* attempt : {"UPDATE record SET salt = NULL, content = NULL WHERE number = 3",
                                "UPDATE record SET content = NULL WHERE number = 5",
                                "UPDATE record SET content = '{}' WHERE number = 2",
                                "UPDATE record SET salt = 'x', content = '{}' WHERE number = 2",
                                "UPDATE record SET content_hash = NULL WHERE number = 2",
                                "UPDATE record SET salt = NULL, content = NULL WHERE number = 5"}) {
        const auto refused = folder.sql(attempt);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::conflict);
    }
    // Also while the last entry tells of a removal, only that one's content and salt may go, both at once.
    for (const auto* attempt :
         {"UPDATE record SET content = NULL WHERE number = 3",
          "UPDATE record SET salt = NULL WHERE number = 3",
          "UPDATE record SET salt = NULL, content = NULL, actor = 'x' WHERE number = 3",
          "UPDATE record SET salt = NULL, content = NULL, content_hash = NULL WHERE number = 3",
          "UPDATE record SET salt = NULL, content = NULL WHERE number = 4"}) {
        const auto refused = folder.database->write([&](store::Connection& connection) -> Result<void> {
            TRY(connection.execute(
                "INSERT INTO record SELECT number + 1, 2, moment, actor, 'content_removed', '3', salt, "
                "content, content_hash, hash, hash FROM record ORDER BY number DESC LIMIT 1"));
            TRY(connection.execute("UPDATE record_head SET number = number + 1"));
            return connection.execute(attempt);
        });
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::conflict);
    }
    CHECK(folder.tell() == "hel 5");
}

TEST_CASE("a content that is missing without being told of, or back again, is a break") {
    Folder folder(5);
    const auto kept = folder.record.entry(3).value();
    folder.remove(3);
    folder.drop_triggers();
    REQUIRE(folder.sql("UPDATE record SET salt = NULL, content = NULL WHERE number = 2").has_value());
    CHECK(has(folder.tell(), "2: innehållet saknas"));

    Folder back(5);
    const auto entry = back.record.entry(3).value();
    back.remove(3);
    back.drop_triggers();
    REQUIRE(back.sql("UPDATE record SET salt = '" + entry.salt + "', content = '" + entry.content +
                     "' WHERE number = 3")
                .has_value());
    CHECK(has(back.tell(), "3: innehållet finns kvar"));

    Folder half(5);
    half.remove(3);
    half.drop_triggers();
    REQUIRE(half.sql("UPDATE record SET content = '{}' WHERE number = 3").has_value());
    CHECK(has(half.tell(), "3: innehållet har ändrats"));
}

TEST_CASE("entries that tell of removals which cannot be are breaks") {
    const auto after_telling = [](const std::string& subject) {
        Folder folder(3);
        auto last = folder.record.entry(3).value();
        Entry told = last;
        told.number = 4;
        told.kind = content_removed_kind;
        told.subject = subject;
        told.previous = last.hash;
        told.hash = link_hash(told);
        REQUIRE(folder
                    .sql("INSERT INTO record SELECT 4, 2, moment, actor, '" + told.kind + "', '" + subject +
                         "', salt, content, content_hash, hash, '" + told.hash +
                         "' FROM record WHERE number = 3")
                    .has_value());
        REQUIRE(folder.sql("UPDATE record_head SET number = 4, hash = '" + told.hash + "'").has_value());
        return folder.tell();
    };
    CHECK(has(after_telling("2"), "2: innehållet finns kvar"));
    CHECK(has(after_telling("4"), "4: anteckningen säger"));
    CHECK(has(after_telling("9"), "4: anteckningen säger"));
    CHECK(has(after_telling("02"), "4: anteckningen säger"));
    CHECK(has(after_telling("allt"), "4: anteckningen säger"));
}

TEST_CASE("a removal goes when the transaction around it fails") {
    Folder folder(2);
    const auto undone = folder.database->write([&](store::Connection& connection) -> Result<void> {
        TRY(folder.record.remove_content(connection, folder.rut, 1, "{}", noon));
        return fail(ErrorCode::cancelled, "Avbrutet.");
    });
    CHECK_FALSE(undone.has_value());
    CHECK_FALSE(folder.record.entry(1)->content_removed());
    CHECK(folder.tell() == "hel 2");
}
