#include "record/record.hpp"

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/file.hpp"
#include "json/value.hpp"

using namespace kansli;
using namespace kansli::record;

namespace {

const Timestamp noon = parse_timestamp("2026-06-01T12:00:00.000Z").value();

struct Fixture {
    TemporaryFolder folder = TemporaryFolder::create().value();
    std::unique_ptr<store::Database> database = store::Database::open(folder.path() / "kansli.db").value();
    Record record{*database};
    access::Caller rut{access::UserId("u1"), "Rut", {access::Role::editor}, {}};

    Fixture() { REQUIRE(database->migrate({Record::migrations()}).has_value()); }

    std::vector<std::int64_t> numbers(const Record::Filter& filter) {
        std::vector<std::int64_t> found;
        const auto entries = record.entries(filter).value();
        for (const auto& entry : entries)
            found.push_back(entry.number);
        return found;
    }
};

using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("an entry comes back as it was appended, with its content in canonical form") {
    Fixture fixture;
    const auto made =
        fixture.record.append(fixture.rut, "document_imported", "d1", "{ \"b\": 1.0, \"a\": [] }", noon)
            .value();
    CHECK(made.number == 1);
    CHECK(made.actor == "Rut");
    CHECK(made.content == R"({"a":[],"b":1})");
    CHECK(made.moment == noon);
    const auto found = fixture.record.entry(1).value();
    CHECK(found.hash == made.hash);
    CHECK(found.content == made.content);
    CHECK(found.moment == noon);
    CHECK(fixture.record.entry(2).error().code == ErrorCode::not_found);
}

TEST_CASE("what is not JSON or not text is refused, and leaves no gap") {
    Fixture fixture;
    CHECK(fixture.record.append(fixture.rut, "k", "s", "{", noon).error().code == ErrorCode::invalid_input);
    CHECK(fixture.record.append(fixture.rut, "k", "\xff", "{}", noon).error().code ==
          ErrorCode::invalid_input);
    CHECK(fixture.record.append(fixture.rut, "k", "s", "{}", noon)->number == 1);
}

TEST_CASE("an entry goes when the transaction around it fails") {
    Fixture fixture;
    const auto undone = fixture.database->write([&](store::Connection& connection) -> Result<void> {
        TRY(fixture.record.append(connection, fixture.rut, "k", "s", "{}", noon));
        return fail(ErrorCode::cancelled, "Avbrutet.");
    });
    CHECK_FALSE(undone.has_value());
    CHECK(fixture.record.append(fixture.rut, "k", "s", "{}", noon)->number == 1);
    CHECK_FALSE(fixture.record.verify()->first_broken.has_value());
}

TEST_CASE("entries are found by kind, actor and text, newest first, page by page") {
    Fixture fixture;
    const auto add = [&](const access::Caller& caller, const char* kind, const char* subject,
                         const char* content) {
        REQUIRE(fixture.record.append(caller, kind, subject, content, noon).has_value());
    };
    add(fixture.rut, "signed_in", "u1", "{}");
    add(fixture.rut, "answer_proposal", "q1", R"({"fråga":"Vad kostar bygglov?"})");
    add(access::keeper(), "document_imported", "d1", R"({"titel":"100 % förnybart"})");
    add(access::keeper(), "answer_proposal", "q2", R"({"fråga":"Får jag elda?"})");
    CHECK(fixture.numbers({}) == Numbers{4, 3, 2, 1});
    CHECK(fixture.numbers({.kind = "answer_proposal"}) == Numbers{4, 2});
    CHECK(fixture.numbers({.actor = "kansli"}) == Numbers{4, 3});
    CHECK(fixture.numbers({.kind = "answer_proposal", .actor = "Rut"}) == Numbers{2});
    CHECK(fixture.numbers({.text = "Bygglov"}) == Numbers{2});
    CHECK(fixture.numbers({.text = "d1"}) == Numbers{3});
    CHECK(fixture.numbers({.text = "100 %"}) == Numbers{3});
    CHECK(fixture.numbers({.text = "1_0"}).empty());
    CHECK(fixture.numbers({.limit = 2}) == Numbers{4, 3});
    CHECK(fixture.numbers({.before = 3, .limit = 2}) == Numbers{2, 1});
}
