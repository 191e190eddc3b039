#include "operation/checks.hpp"

#include <chrono>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "access/caller.hpp"
#include "core/file.hpp"

using namespace kansli;
using namespace kansli::operation;

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

struct Fixture {
    TemporaryFolder parent = TemporaryFolder::create().value();
    store::DataFolder data = store::DataFolder::create(parent.path() / "data").value();
    std::unique_ptr<store::Database> database = store::Database::open(data.database_file()).value();
    record::Record record{*database};
    documents::Library library{*database, data.files()};

    Fixture() {
        REQUIRE(
            database->migrate({record::Record::migrations(), documents::Library::migrations()}).has_value());
    }
    void run(const char* sql) const {
        REQUIRE(database->write([&](store::Connection& connection) { return connection.execute(sql); })
                    .has_value());
    }
};

bool has_cure(const Finding& finding) {
    return finding.state == State::fine ? finding.cure.empty()
                                        : !finding.cure.empty() && !finding.message.empty();
}

}  // namespace

TEST_CASE("a new folder is well") {
    Fixture fixture;
    for (const auto& finding :
         {check_permissions(fixture.data), check_uploads(fixture.data, now()), check_keys(fixture.data),
          check_hosts({}), check_database(*fixture.database, Depth::deep),
          check_record(fixture.record, Depth::quick),
          check_originals(fixture.data, fixture.library, Depth::deep), check_clock({}, now())}) {
        INFO(finding.check);
        CHECK(finding.state != State::wrong);
        CHECK(has_cure(finding));
    }
}

TEST_CASE("a folder and keys that others can read are wrong") {
    const Fixture fixture;
    fs::create_directory(fixture.data.keys());
    REQUIRE(write_file(fixture.data.keys() / "seal", "hemlig").has_value());
    CHECK(check_keys(fixture.data).message == "1 nycklar, bara för ägaren");
    fs::permissions(fixture.data.keys() / "seal", fs::perms::group_read, fs::perm_options::add);
    CHECK(check_keys(fixture.data).state == State::wrong);
    CHECK(check_keys(fixture.data).cure.find("chmod 600") != std::string::npos);
    fs::permissions(fixture.data.path(), fs::perms::others_exec, fs::perm_options::add);
    CHECK(check_permissions(fixture.data).state == State::wrong);
    CHECK(check_permissions(fixture.data).message.find("701") != std::string::npos);
}

TEST_CASE("what was left in uploads a day ago is doubtful, what is on its way is not") {
    const Fixture fixture;
    REQUIRE(write_file(fixture.data.uploads() / "upload-1", "x").has_value());
    CHECK(check_uploads(fixture.data, now()).state == State::fine);
    CHECK(check_uploads(fixture.data, now() + 25h).state == State::doubtful);
}

TEST_CASE("a host is a name and nothing else") {
    CHECK(check_hosts({"www.riksdagen.se", "10.0.0.5", "fd00::1"}).state == State::fine);
    for (const auto* odd :
         {"https://www.riksdagen.se", "www.riksdagen.se/", "*.kommunen.se", "Kommunen.se", "a:80", ""})
        CHECK(check_hosts({odd}).state == State::wrong);
}

TEST_CASE("a clock before the record's last entry is wrong") {
    CHECK(check_clock(now() + 1h, now()).state == State::wrong);
    CHECK(check_clock(now() - 1h, now()).state != State::wrong);
}

TEST_CASE("a broken chain is found") {
    Fixture fixture;
    for (int i = 0; i < 5; ++i)
        REQUIRE(fixture.record.append(access::keeper(), "test", "", "{}", now()).has_value());
    CHECK(check_record(fixture.record, Depth::quick).message == "kedjan är hel: 5 anteckningar");
    fixture.run("DROP TRIGGER record_only_content_removed");
    fixture.run("UPDATE record SET subject = 'x' WHERE number = 3");
    CHECK(check_record(fixture.record, Depth::quick).state == State::wrong);
    CHECK(check_record(fixture.record, Depth::quick).message.find("anteckning 3") != std::string::npos);
}

TEST_CASE("the kernel that runs the tests can read files confined") {
    CHECK(check_sandbox().state != State::wrong);
}
