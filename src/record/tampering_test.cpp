// Random changes to any byte, row or line of a record that has all it can have: entries of both formats, removed contents,
// checkpoints and their file. Each is found, and at its place.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "record/test_folder.hpp"

using namespace kansli;
using namespace kansli::record;
using namespace kansli::record::test;

namespace {

constexpr int old_entries = 2;

// 2 old entries; 3–8; 9 tells of a new key; checkpoint 1–9; 10 tells that 4 is emptied; 11, 12; checkpoint 10–12; 13, 14.
struct Rich : Folder {
    std::string file_text;

    Rich() : Folder(6, old_entries) {
        checkpoint();
        remove(4);
        add(11, 12);
        checkpoint();
        add(13, 14);
        file_text = read_file(checkpoints.file()).value();
        drop_triggers();
    }

    static constexpr int count = 14;
    static constexpr int emptied = 4;

    std::int64_t first_broken() { return checkpoints.verify().value().first_broken.value_or(0); }
};

// Somebody's hand slips: one byte goes, comes or becomes another.
std::string slip(std::string text) {
    const auto byte = *rc::gen::suchThat(rc::gen::arbitrary<char>(), [](char c) { return c != '\0'; });
    const auto how = *rc::gen::inRange(0, 3);
    if (how == 1 || text.empty())
        return text.insert(*rc::gen::inRange<std::size_t>(0, text.size() + 1), 1, byte);
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    if (how == 0) return text.erase(at, 1);
    text[at] = byte;
    return text;
}

// Changes a value of a row; false when the change is none. An integer becomes another integer.
bool change(Folder& folder, const std::string& table, const std::string& column, const std::string& where) {
    const bool is_number = column == "format" || column == "first";
    const auto select = "SELECT " + column + " FROM " + table + where;
    const auto before = folder.text(select);
    const auto after = is_number && table == "record"
                           ? std::to_string(*rc::gen::inRange(-1, 4))
                           : (column == "first" ? std::to_string(*rc::gen::inRange(-1, 16)) : slip(before));
    if (after == before) return false;
    folder.write([&](store::Connection& connection) {
        return connection.execute("UPDATE " + table + " SET " + column + " = ?1" + where, after);
    });
    return true;
}

}  // namespace

TEST_CASE("any changed byte of any column of any entry is found, and at its place") {
    const std::vector<std::string> columns = {"format", "moment",  "actor",        "kind",     "subject",
                                              "salt",   "content", "content_hash", "previous", "hash"};
    CHECK(rc::check([&] {
        Rich folder;
        RC_ASSERT(folder.first_broken() == 0);
        const int number = *rc::gen::inRange(1, Rich::count + 1);
        const auto column = *rc::gen::elementOf(columns);
        RC_PRE(change(folder, "record", column, " WHERE number = " + std::to_string(number)));
        const auto result = folder.checkpoints.verify().value();
        // When the entry that tells of a removal no longer does, the emptied entry is the first without an explanation, or
        // one before it, which is told of now but was not emptied.
        const bool untold = number == 10 && (column == "kind" || column == "subject");
        RC_ASSERT((untold ? result.first_broken <= Rich::emptied : result.first_broken == number));
        RC_ASSERT(result.entries == *result.first_broken - 1);
    }));
}

TEST_CASE("any column that becomes empty is found, and at its place") {
    CHECK(rc::check([&] {
        Rich folder;
        const int number = *rc::gen::inRange(old_entries + 1, Rich::count + 1);
        const auto column = *rc::gen::element<std::string>("salt", "content", "content_hash");
        RC_PRE(number != Rich::emptied || column == "content_hash");
        RC_ASSERT(
            folder.sql("UPDATE record SET " + column + " = NULL WHERE number = " + std::to_string(number))
                .has_value());
        RC_ASSERT(folder.first_broken() == number);
    }));
}

TEST_CASE("any removed, repeated or moved row is found, and at its place") {
    CHECK(rc::check([] {
        Rich folder;
        const int from = *rc::gen::inRange(1, Rich::count + 1);
        const int to = *rc::gen::inRange(1, Rich::count + 2);
        if (*rc::gen::arbitrary<bool>()) {
            RC_ASSERT(folder.sql("DELETE FROM record WHERE number = " + std::to_string(from)).has_value());
            RC_ASSERT(folder.first_broken() == (from == 10 ? Rich::emptied : from));
            return;
        }
        // A copy of one entry is put in at another place, and the rest makes room.
        const auto at = std::to_string(to);
        RC_ASSERT(folder.sql("UPDATE record SET number = -number WHERE number >= " + at).has_value());
        RC_ASSERT(folder.sql("UPDATE record SET number = 1 - number WHERE number < 0").has_value());
        const auto source = std::to_string(from >= to ? from + 1 : from);
        RC_ASSERT(folder
                      .sql("INSERT INTO record SELECT " + at +
                           ", format, moment, actor, kind, subject, salt, content, content_hash, previous, "
                           "hash FROM "
                           "record WHERE number = " +
                           source)
                      .has_value());
        // A copy put right before the entry itself is that entry, and the break is at the next. What tells of the emptied entry
        // no longer names it by its place when rows before it have moved.
        const int expected = from == to ? to + 1 : to;
        RC_ASSERT(folder.first_broken() == expected);
    }));
}

TEST_CASE("any changed byte of any checkpoint is found, and placed at what it vouched for") {
    const std::vector<std::string> columns = {"first", "format",   "moment", "head",
                                              "root",  "previous", "key",    "signature"};
    CHECK(rc::check([&] {
        Rich folder;
        const bool second = *rc::gen::arbitrary<bool>();
        const auto column = *rc::gen::elementOf(columns);
        RC_PRE(
            change(folder, "record_checkpoint", column, second ? " WHERE number = 12" : " WHERE number = 9"));
        RC_ASSERT(folder.first_broken() == (second ? 10 : 1));
    }));
    CHECK(rc::check([&] {
        Rich folder;
        const bool second = *rc::gen::arbitrary<bool>();
        const auto number = *rc::gen::inRange(-1, 17);
        RC_PRE(number != 9 && number != 12);
        RC_ASSERT(folder
                      .sql("UPDATE record_checkpoint SET number = " + std::to_string(number) +
                           (second ? " WHERE number = 12" : " WHERE number = 9"))
                      .has_value());
        RC_ASSERT(folder.first_broken() == (second && number > 9 ? 10 : 1));
    }));
}

TEST_CASE("any removed, repeated or swapped checkpoint is found") {
    const auto after = [](const std::vector<std::string>& statements) {
        Rich folder;
        for (const auto& sql : statements)
            REQUIRE(folder.sql(sql).has_value());
        return folder.first_broken();
    };
    CHECK(after({"DELETE FROM record_checkpoint WHERE number = 9"}) == 1);
    CHECK(after({"DELETE FROM record_checkpoint WHERE number = 12"}) == 10);
    CHECK(after({"DELETE FROM record_checkpoint"}) == 1);
    CHECK(after({"DELETE FROM record_checkpoint_head"}) == 13);
    CHECK(after({"UPDATE record_checkpoint_head SET hash = 'x'"}) == 13);
    CHECK(after({"INSERT INTO record_checkpoint SELECT 13, first, format, moment, head, root, previous, key, "
                 "signature "
                 "FROM record_checkpoint WHERE number = 12"}) == 13);
    CHECK(after({"UPDATE record_checkpoint SET number = 100 WHERE number = 9",
                 "UPDATE record_checkpoint SET number = 9 WHERE number = 12",
                 "UPDATE record_checkpoint SET number = 12 WHERE number = 100"}) == 1);
}

TEST_CASE("any changed byte or line of the checkpoint file is found, and its line named") {
    Rich folder;
    const auto verify = [&](const std::string& text) {
        VerifyOptions options;
        options.checkpoint_file = text;
        return folder.checkpoints.verify(std::move(options)).value();
    };
    const auto first_line = folder.file_text.find('\n') + 1;
    CHECK(rc::check([&] {
        const auto text = slip(folder.file_text);
        RC_PRE(text != folder.file_text);
        const auto result = verify(text);
        const auto same =
            static_cast<std::size_t>(std::ranges::mismatch(text, folder.file_text).in1 - text.begin());
        const bool second = same >= first_line;
        RC_ASSERT(result.first_broken == (second ? (same >= folder.file_text.size() ? 13 : 10) : 1));
        RC_ASSERT(
            has(result.reason, second ? (same >= folder.file_text.size() ? "rad 3" : "rad 2") : "rad 1"));
    }));
    const auto one = folder.file_text.substr(0, first_line);
    const auto two = folder.file_text.substr(first_line);
    CHECK_FALSE(verify(one).first_broken.has_value());  // copied when it was shorter
    CHECK(verify(two).first_broken == 1);
    CHECK(verify(two + one).first_broken == 1);
    CHECK(verify(one + one + two).first_broken == 10);
    CHECK(verify(one + two + two).first_broken == 13);
}
