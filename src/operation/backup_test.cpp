#include "operation/backup.hpp"

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "access/caller.hpp"
#include "core/file.hpp"
#include "documents/library.hpp"
#include "json/binder.hpp"
#include "operation/restore.hpp"
#include "record/checkpoints.hpp"
#include "record/record.hpp"

using namespace kansli;
using namespace kansli::operation;

namespace fs = std::filesystem;

namespace {

constexpr Timestamp noon{
    std::chrono::sys_days(Date(std::chrono::year(2026), std::chrono::November, std::chrono::day(22))) +
    std::chrono::hours(12)};

struct Fixture {
    TemporaryFolder parent = TemporaryFolder::create().value();
    store::DataFolder data =
        store::DataFolder::create(parent.path() / "data", "municipality = \"Sälgvalla\"\n").value();
    std::unique_ptr<store::Database> database = store::Database::open(data.database_file()).value();
    record::Record record{*database};
    documents::Library library{*database, data.files()};
    fs::path place = parent.path() / "copies";
    std::string first = data.store_bytes("första originalet").value().hash;

    Fixture() {
        REQUIRE(
            database->migrate({record::Record::migrations(), documents::Library::migrations()}).has_value());
        note("first");
    }

    void note(const std::string& kind) {
        REQUIRE(record.append(access::keeper(), kind, "", "{}", noon).has_value());
    }

    BackupReport backup(int hours = 0, int keep = 7) {
        auto report = make_backup(data, *database, place, keep, noon + std::chrono::hours(hours));
        INFO((report ? std::string() : to_line(report.error())));
        REQUIRE(report.has_value());
        return *report;
    }

    // What bringing back the newest copy complains of; the error when it cannot be brought back at all.
    std::string complaint() {
        const auto target = TemporaryFolder::create(parent.path()).value();
        const auto found = find_backup(place);
        if (!found) return to_line(found.error());
        const auto complaints = bring_back(*found, target.path() / "data", Originals::copied);
        if (!complaints) return to_line(complaints.error());
        return complaints->empty() ? "" : to_line(complaints->front());
    }
};

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a copy tells what it holds, and a data folder can be made of it") {
    Fixture fixture;
    fs::create_directory(fixture.data.keys());
    REQUIRE(write_file(fixture.data.keys() / "seal", "hemlig").has_value());
    REQUIRE(write_file(fixture.data.path() / record::checkpoints_file, "{}\n").has_value());
    const auto report = fixture.backup();
    CHECK(report.folder.filename() == "2026-11-22T120000.000Z");
    CHECK(report.originals == 1);
    CHECK(report.copied == 1);

    const auto found = find_backup(fixture.place).value();
    CHECK(found.manifest.program == KANSLI_VERSION);
    CHECK(found.manifest.record_entries == 1);
    CHECK(found.manifest.files.size() == 3);  // the keys stay behind
    const auto restored = fixture.parent.path() / "restored";
    CHECK(bring_back(found, restored, Originals::copied).value().empty());
    const auto folder = store::DataFolder::open(restored).value();
    CHECK(folder.verify_file(fixture.first).has_value());
    CHECK(read_file(folder.settings_file()).value() == "municipality = \"Sälgvalla\"\n");
    CHECK(read_file(folder.path() / record::checkpoints_file).value() == "{}\n");
    CHECK_FALSE(fs::exists(folder.keys() / "seal"));
    const auto database = store::Database::open(folder.database_file()).value();
    record::Record record(*database);
    documents::Library library(*database, folder.files());
    CHECK(examine(found.manifest, *database, record, library).value().empty());
}

TEST_CASE("originals are copied once, the newest copies stay, and what none names goes") {
    Fixture fixture;
    fixture.backup(0);
    REQUIRE(fixture.data.remove_file(fixture.first).has_value());
    const auto second = fixture.data.store_bytes("andra originalet").value().hash;
    CHECK(fixture.backup(1).copied == 1);
    CHECK(fs::exists(original_path(fixture.place / "files", fixture.first)));
    const auto report = fixture.backup(2, 2);
    CHECK(report.copied == 0);
    CHECK(report.removed == 1);
    CHECK_FALSE(fs::exists(original_path(fixture.place / "files", fixture.first)));
    CHECK(fs::exists(original_path(fixture.place / "files", second)));
    CHECK(backups_in(fixture.place).size() == 2);
}

TEST_CASE("a manifest that cannot be read keeps every original") {
    Fixture fixture;
    const auto older = fixture.backup(0);
    REQUIRE(fixture.data.remove_file(fixture.first).has_value());
    REQUIRE(write_file(older.folder / manifest_name, "{").has_value());
    fixture.backup(1);
    CHECK(fs::exists(original_path(fixture.place / "files", fixture.first)));
}

TEST_CASE("what a crash left of a copy is no copy, and goes with the next") {
    Fixture fixture;
    fixture.backup(0);
    const auto half = fixture.place / "kansli-0123456789abcdef";
    fs::create_directory(half);
    REQUIRE(write_file(half / "kansli.db", "half").has_value());
    REQUIRE(write_file(half / manifest_name, "{}").has_value());
    CHECK(backups_in(fixture.place).size() == 1);
    CHECK(fixture.complaint().empty());
    fixture.backup(1);
    CHECK_FALSE(fs::exists(half));
}

TEST_CASE("the log of removals lies beside the copies and comes along with an older one") {
    Fixture fixture;
    const auto log = fixture.data.removal_log();
    REQUIRE(write_file(log, "första\n").has_value());
    const auto older = fixture.backup().folder;
    const auto beside = fixture.place / store::removal_log_name;
    CHECK(read_file(beside).value() == "första\n");
    // A folder that was made anew knows less than what lies there.
    REQUIRE(write_file(log, "andra\n").has_value());
    const auto cut_off = fixture.place / "removals.jsonl.part-0a1b2c3d";
    REQUIRE(write_file(cut_off, "halv").has_value());
    fixture.backup(1);
    CHECK_FALSE(fs::exists(cut_off));
    CHECK(read_file(beside).value() == "första\nandra\n");

    const auto target = fixture.parent.path() / "restored";
    REQUIRE(bring_back(find_backup(older).value(), target, Originals::copied).value().empty());
    CHECK(read_file(target / store::removal_log_name).value() == "första\nandra\n");
}

TEST_CASE("an original that has changed in the data folder is told and left out") {
    Fixture fixture;
    REQUIRE(write_file(fixture.data.file_path(fixture.first).value(), "något annat").has_value());
    const auto report = fixture.backup();
    CHECK(report.damaged == std::vector{fixture.first});
    CHECK(report.originals == 0);
    CHECK(fixture.complaint().empty());
}

TEST_CASE("every kind of damage to a copy is told with its place") {
    Fixture fixture;
    const auto report = fixture.backup();
    const auto original = original_path(fixture.place / "files", fixture.first);
    SUBCASE("a missing original") {
        fs::remove(original);
        CHECK(contains(fixture.complaint(), fixture.first + ": Filen saknas"));
    }
    SUBCASE("a changed original") {
        REQUIRE(write_file(original, "första originalex").has_value());
        CHECK(contains(fixture.complaint(), "har ändrats"));
    }
    SUBCASE("a shorter original") {
        REQUIRE(write_file(original, "första").has_value());
        CHECK(contains(fixture.complaint(), "byte i stället för"));
    }
    SUBCASE("a byte of the database") {
        auto bytes = read_file(report.folder / "kansli.db").value();
        bytes[bytes.size() / 2] ^= 1;
        REQUIRE(write_file(report.folder / "kansli.db", bytes).has_value());
        CHECK(contains(fixture.complaint(), "kansli.db: Filens innehåll har ändrats"));
    }
    SUBCASE("no manifest") {
        fs::remove(report.folder / manifest_name);
        CHECK(contains(fixture.complaint(), "saknar sin förteckning backup.json"));
    }
    SUBCASE("a manifest cut off") {
        const auto text = read_file(report.folder / manifest_name).value();
        REQUIRE(write_file(report.folder / manifest_name, text.substr(0, text.size() / 2)).has_value());
        CHECK(contains(fixture.complaint(), "Förteckningen kan inte läsas"));
    }
    SUBCASE("a manifest of a later program") {
        REQUIRE(write_file(report.folder / manifest_name, R"({"format": 2, "news": true})").has_value());
        CHECK(contains(fixture.complaint(), "nyare version av Kansli"));
    }
    SUBCASE("nothing at all") {
        fs::remove_all(fixture.place);
        CHECK(contains(fixture.complaint(), "Här finns ingen säkerhetskopia"));
    }
}

TEST_CASE("a forged manifest cannot make us write elsewhere") {
    Fixture fixture;
    const auto report = fixture.backup();
    for (const auto* path :
         {"../evil", "/tmp/evil", "keys/../../evil", "keys/", "keys/record.pem", "uploads/x"}) {
        auto manifest = read_manifest(report.folder).value();
        manifest.files.push_back({path, 0, std::string(64, '0')});
        REQUIRE(write_file(report.folder / manifest_name, json::write(manifest)).has_value());
        CHECK(contains(fixture.complaint(), "inte hör hemma"));
        manifest.files.pop_back();
        REQUIRE(write_file(report.folder / manifest_name, json::write(manifest)).has_value());
    }
    auto manifest = read_manifest(report.folder).value();
    manifest.originals.push_back({"../../evil", 0});
    REQUIRE(write_file(report.folder / manifest_name, json::write(manifest)).has_value());
    CHECK(contains(fixture.complaint(), "inte hör hemma"));
}

TEST_CASE("a record that does not end as the manifest says is told") {
    Fixture fixture;
    auto manifest = read_manifest(fixture.backup().folder).value();
    manifest.record_head[0] = manifest.record_head[0] == '0' ? '1' : '0';
    const auto complaints = examine(manifest, *fixture.database, fixture.record, fixture.library).value();
    REQUIRE(complaints.size() == 1);
    CHECK(contains(complaints.front().message, "anteckning 1"));
}

TEST_CASE("copies are not mixed with other things, and do not lie in what they copy") {
    Fixture fixture;
    const auto refused = [&](const fs::path& to) {
        const auto report = make_backup(fixture.data, *fixture.database, to, 7, noon);
        return !report && report.error().code == ErrorCode::conflict;
    };
    CHECK(refused(fixture.data.path()));
    CHECK(refused(fixture.data.path() / "copies"));
    fs::create_directory(fixture.place);
    REQUIRE(write_file(fixture.place / "brev.txt", "x").has_value());
    CHECK(refused(fixture.place));
    CHECK(read_file(fixture.place / "brev.txt").value() == "x");
}
