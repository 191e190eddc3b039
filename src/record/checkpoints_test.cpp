#include "record/checkpoints.hpp"

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "record/test_folder.hpp"

using namespace kansli;
using namespace kansli::record;
using namespace kansli::record::test;

namespace {

namespace fs = std::filesystem;

// What somebody who owns the machine, but not the key, can do: write the whole chain anew from an entry on.
void rewrite_from(Folder& folder, std::int64_t number) {
    folder.drop_triggers();
    folder.write([&](store::Connection& connection) -> Result<void> {
        const auto head = TRY(record::detail::load_head(connection)).number;
        record::detail::LinkHasher hasher;
        std::string previous = TRY(folder.record.entry(number)).previous;
        for (auto i = number; i <= head; ++i) {
            auto entry = TRY(folder.record.entry(i));
            if (i == number) entry.content = R"({"antal":1000000})";
            entry.previous = previous;
            entry.content_hash = hex_text(hasher.content_hash(entry.salt, entry.content).value());
            previous = link_hash(entry);
            TRY(
                connection.execute("UPDATE record SET content = ?2, content_hash = ?3, previous = ?4, hash = "
                                   "?5 WHERE number = ?1",
                                   i, entry.content, entry.content_hash, entry.previous, previous));
        }
        return connection.execute("UPDATE record_head SET hash = ?1", previous);
    });
}

std::string text_of(const Checkpoints& checkpoints) {
    return read_file(checkpoints.file()).value();
}

VerifyOptions with_key(const PublicKey& key) {
    VerifyOptions options;
    options.keys.push_back(key);
    return options;
}

}  // namespace

TEST_CASE("the signed bytes are those that the README tells") {
    const Checkpoint checkpoint{.first = 8,
                                .head = std::string(64, 'a'),
                                .key = std::string(64, 'b'),
                                .moment = "2026-06-01T12:00:00.000Z",
                                .number = 9,
                                .previous = std::string(64, '0'),
                                .root = std::string(64, 'c'),
                                .signature = "dd"};
    const auto statement = "{\"first\":8,\"format\":\"kansli checkpoint 1\",\"head\":\"" +
                           std::string(64, 'a') + "\",\"key\":\"" + std::string(64, 'b') +
                           "\",\"moment\":\"2026-06-01T12:00:00.000Z\",\"number\":9,\"previous\":\"" +
                           std::string(64, '0') + "\",\"root\":\"" + std::string(64, 'c') + "\"";
    CHECK(statement_of(checkpoint) == statement + "}");
    CHECK(hash_of(checkpoint) == sha256(statement + "}"));
    CHECK(line_of(checkpoint) == statement + ",\"signature\":\"dd\"}\n");
    CHECK(read_line(statement + ",\"signature\":\"dd\"}").value() == checkpoint);
    CHECK_FALSE(read_line(statement + ", \"signature\":\"dd\"}").has_value());
}

TEST_CASE("the key is made once, for its owner alone") {
    Folder folder;
    const auto key = folder.checkpoints.public_key().value();
    CHECK(folder.checkpoints.public_key()->hex() == key.hex());
    const auto keys = folder.folder.path() / "keys";
    CHECK(fs::status(keys).permissions() == fs::perms::owner_all);
    CHECK(fs::status(keys / "record.pem").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    REQUIRE(write_file(keys / "record.pem", "trasig").has_value());
    CHECK(folder.checkpoints.public_key().error().code == ErrorCode::invalid_input);
}

TEST_CASE("checkpoints cover all entries, each its own, and one after the other") {
    Folder folder(4, 2);
    const auto first = folder.checkpoint();
    // The key that is taken in use is an entry of its own.
    CHECK(folder.record.entry(7)->kind == "record_key_taken_in_use");
    CHECK(folder.record.entry(7)->subject == folder.checkpoints.public_key()->hex());
    CHECK(first.first == 1);
    CHECK(first.number == 7);
    CHECK(first.head == folder.record.entry(7)->hash);
    CHECK(is_signed(first));
    CHECK_FALSE(folder.checkpoints.make(noon)->has_value());

    folder.add(8, 9);
    const auto second = folder.checkpoint();
    CHECK(second.first == 8);
    CHECK(second.number == 9);
    CHECK(second.previous == hash_of(first));
    CHECK(text_of(folder.checkpoints) == line_of(first) + line_of(second));

    folder.add(10);
    const auto result = folder.checkpoints.verify().value();
    CHECK(result.entries == 10);
    CHECK(result.checkpoints == 2);
    CHECK(result.last_checkpoint == second);
    CHECK(result.keys == std::vector{first.key});
    CHECK_FALSE(result.first_broken.has_value());
    CHECK(folder.tell(with_key(*folder.checkpoints.public_key())) == "hel 10");
}

TEST_CASE("removing contents changes no checkpoint") {
    Folder folder(5);
    folder.checkpoint();
    folder.remove(2);
    folder.checkpoint();
    CHECK(folder.tell() == "hel 7");
}

TEST_CASE("checkpoints fall due by time and by number, and only when there is something new") {
    Folder folder(3);
    const CheckpointInterval interval{std::chrono::minutes(60), 5};
    const auto due = [&](std::chrono::minutes later) {
        return *folder.checkpoints.due(interval, noon + later);
    };
    CHECK(due(std::chrono::minutes(0)));
    folder.checkpoint();
    CHECK_FALSE(due(std::chrono::minutes(100)));
    folder.add(5, 8);
    CHECK_FALSE(due(std::chrono::minutes(59)));
    CHECK(due(std::chrono::minutes(60)));
    CHECK(due(std::chrono::minutes(-1)));
    folder.add(9);
    CHECK(due(std::chrono::minutes(1)));
}

TEST_CASE("a chain that was written anew holds in itself, but not against its checkpoints") {
    Folder folder(6);
    folder.checkpoint();
    folder.add(8, 10);
    folder.checkpoint();
    rewrite_from(folder, 9);
    CHECK(has(folder.tell(), "8: kontrollpunkten för anteckningarna 8–10 intygar andra"));
    const auto result = folder.checkpoints.verify().value();
    CHECK(result.entries == 7);
    CHECK(result.head == folder.record.entry(7)->hash);
    CHECK(result.checkpoints == 1);
}

TEST_CASE("a record whose end is gone shows against a file that was kept elsewhere") {
    Folder folder(6);
    folder.checkpoint();
    folder.add(8, 10);
    folder.checkpoint();
    VerifyOptions options;
    options.checkpoint_file = text_of(folder.checkpoints);
    folder.drop_triggers();
    for (const auto* sql :
         {"DELETE FROM record WHERE number > 7", "DELETE FROM record_checkpoint WHERE number > 7"})
        REQUIRE(folder.sql(sql).has_value());
    folder.write([&](store::Connection& connection) -> Result<void> {
        TRY(connection.execute(
            "UPDATE record_head SET number = 7, hash = (SELECT hash FROM record WHERE number = 7)"));
        const auto last = TRY(record::detail::last_checkpoint(connection));
        return connection.execute("UPDATE record_checkpoint_head SET number = 7, hash = ?1", hash_of(*last));
    });
    CHECK(has(folder.tell(options), "8: rad 2 i filen med kontrollpunkter säger att det har funnits fler"));
    REQUIRE(fs::remove(folder.checkpoints.file()));
    CHECK(folder.tell() == "hel 7");
}

TEST_CASE("somebody who signs anew with another key is found by whoever kept the right one") {
    Folder folder(6);
    folder.checkpoint();
    const auto right = folder.checkpoints.public_key().value();
    rewrite_from(folder, 3);
    REQUIRE(folder.sql("DELETE FROM record_checkpoint").has_value());
    REQUIRE(folder.sql("UPDATE record_checkpoint_head SET number = 0, hash = '" + std::string(64, '0') + "'")
                .has_value());
    fs::remove(folder.checkpoints.file());
    fs::remove(folder.folder.path() / "keys" / "record.pem");
    folder.checkpoint();
    CHECK(folder.tell() == "hel 8");
    CHECK(has(folder.tell(with_key(right)),
              "1: kontrollpunkten för anteckningarna 1–8 är underskriven med en annan"));
}

TEST_CASE("nothing is signed that does not hold") {
    Folder folder(6);
    folder.drop_triggers();
    REQUIRE(folder.sql("UPDATE record SET actor = 'Eva' WHERE number = 4").has_value());
    const auto refused = folder.checkpoints.make(noon);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::corrupt);
    CHECK(has(refused.error().message, "anteckning 4"));
    CHECK(folder.record.verify()->checkpoints == 0);
}

TEST_CASE("what a crash kept out of the file comes in with the next checkpoint") {
    Folder folder(2);
    const auto first = folder.checkpoint();
    folder.add(4);
    const auto second = folder.checkpoint();
    const auto whole = text_of(folder.checkpoints);
    for (const auto& left : {std::string(), line_of(first), line_of(first) + line_of(second).substr(0, 30)}) {
        REQUIRE(write_file(folder.checkpoints.file(), left).has_value());
        CHECK_FALSE(folder.checkpoints.make(noon)->has_value());
        CHECK(text_of(folder.checkpoints) == whole);
    }
    REQUIRE(write_file(folder.checkpoints.file(), "något annat\n").has_value());
    CHECK(folder.checkpoints.make(noon).error().code == ErrorCode::corrupt);
    CHECK(text_of(folder.checkpoints) == "något annat\n");
}

TEST_CASE("the database refuses to change checkpoints") {
    Folder folder(2);
    folder.checkpoint();
    folder.add(4);
    for (const auto* attempt :
         {"UPDATE record_checkpoint SET moment = 'x'", "DELETE FROM record_checkpoint",
          "DELETE FROM record_checkpoint_head", "UPDATE record_checkpoint_head SET number = 9",
          "INSERT INTO record_checkpoint SELECT 4, 3, format, moment, head, root, previous, key, signature "
          "FROM record_checkpoint",
          "INSERT INTO record_checkpoint SELECT 5, 4, format, moment, head, root, previous, key, signature "
          "FROM record_checkpoint"}) {
        const auto refused = folder.sql(attempt);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::conflict);
    }
    CHECK(folder.tell() == "hel 4");
}
