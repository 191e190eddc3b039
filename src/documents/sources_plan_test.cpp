#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.hpp"
#include "documents/detail/source_folder.hpp"
#include "documents/detail/source_plan.hpp"

using namespace kansli;
using namespace kansli::documents::detail;

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

const Timestamp noon = parse_timestamp("2026-06-01T12:00:00.000Z").value();

std::int64_t nanoseconds(Timestamp moment) {
    return std::chrono::nanoseconds(moment.time_since_epoch()).count();
}

// A folder as the world has it, beside what a poller would remember of it.
struct World {
    std::map<std::string, int> files{};  // name to revision
    std::map<std::string, int> held{};   // name to the revision that was read
    std::set<std::string> applies{};     // names whose document applies
    KnownItems known{};
    int revision = 0;

    void poll(const Names& hidden) {
        std::map<std::string, std::string> seen;
        for (const auto& [name, number] : files) {
            const bool is_hidden = std::ranges::any_of(
                hidden, [&](const auto& folder) { return name.starts_with(folder + "/"); });
            if (!is_hidden) seen[name] = std::to_string(number);
        }
        const auto plan = plan_folder(known, seen, hidden);
        for (const auto& name : plan.back) {
            known[name].gone = false;
            applies.insert(name);
        }
        for (const auto& name : plan.read) {
            RC_ASSERT(!held.contains(name) || held[name] != files.at(name));  // nothing is read without need
            held[name] = files.at(name);
            known[name] = {std::to_string(files.at(name)), false};
            applies.insert(name);
        }
        for (const auto& name : plan.vanished) {
            RC_ASSERT(!known.at(name).gone);
            known[name].gone = true;
            applies.erase(name);
        }
        RC_ASSERT(plan.read.size() + static_cast<std::size_t>(plan.unchanged) == seen.size());
    }
};

struct Step {
    int kind = 0;
    std::string name{};
};

rc::Gen<std::vector<Step>> steps() {
    const auto name =
        rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 3), rc::gen::inRange(0, 3)),
                     [](const auto& pair) { return fmt::format("m{}/{}.md", pair.first, pair.second); });
    return rc::gen::container<std::vector<Step>>(rc::gen::build<Step>(
        rc::gen::set(&Step::kind, rc::gen::inRange(0, 6)), rc::gen::set(&Step::name, name)));
}

FolderView look(const fs::path& folder, Timestamp moment = noon) {
    auto view = look_at_folder(folder, moment, {});
    REQUIRE_MESSAGE(view.has_value(), (view ? "" : to_line(view.error())));
    return *std::move(view);
}

Names names_in(const FolderView& view) {
    Names names;
    for (const auto& [name, file] : view.files)
        names.push_back(name);
    return names;
}

void put(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    REQUIRE(write_file(file, text).has_value());
}

}  // namespace

TEST_CASE("whatever happens in a folder, a look brings memory in step with it and reads nothing twice") {
    CHECK(rc::check([] {
        World world;
        const auto all = *steps();
        for (const Step& step : all) {
            if (step.kind < 2) {
                world.files[step.name] = ++world.revision;
            } else if (step.kind == 2) {
                world.files.erase(step.name);
            } else if (step.kind == 3) {
                // One folder cannot be listed: what is in it stays as it was.
                const std::string folder = step.name.substr(0, 2);
                const auto before = world.applies;
                world.poll({folder});
                for (const auto& name : before) {
                    if (name.starts_with(folder + "/")) RC_ASSERT(world.applies.contains(name));
                }
            } else {
                world.poll({});
                std::set<std::string> there;
                for (const auto& [name, revision] : world.files)
                    there.insert(name);
                RC_ASSERT(world.applies == there);
                for (const auto& [name, revision] : world.files)
                    RC_ASSERT(world.held[name] == revision);
            }
        }
    }));
}

TEST_CASE("a stamp follows size, time, inode and sidecar") {
    const FileMark file{.size = 10, .modified = nanoseconds(noon) - 3600'000'000'000, .inode = 7};
    const auto stamp = stamp_of(file, std::nullopt, noon);
    CHECK_FALSE(stamp.empty());
    CHECK(stamp_of(file, std::nullopt, noon + std::chrono::hours(1)) == stamp);
    for (const auto& other : {FileMark{11, file.modified, 7}, FileMark{10, file.modified + 1, 7},
                              FileMark{10, file.modified, 8}}) {
        CHECK(stamp_of(other, std::nullopt, noon) != stamp);
        CHECK(stamp_of(file, other, noon) != stamp);
        CHECK(stamp_of(file, other, noon) != stamp_of(file, file, noon));
    }
}

TEST_CASE("a file that was just written is read once more, since its time may not tell the next write") {
    FileMark file{.size = 10, .modified = nanoseconds(noon) - 1'000'000'000, .inode = 7};
    CHECK(stamp_of(file, std::nullopt, noon).empty());
    const auto plan = plan_folder({{"a", {"", false}}}, {{"a", ""}}, {});
    CHECK(plan.read == Names{"a"});
    file.modified = nanoseconds(noon) + 3600'000'000'000;
    CHECK_FALSE(stamp_of(file, std::nullopt, noon).empty());
}

TEST_CASE("what cannot be seen has not vanished") {
    const KnownItems known{{"a.md", {"1", false}}, {"b/c.md", {"1", false}}, {"bc/d.md", {"1", false}}};
    CHECK(plan_folder(known, {}, {}).vanished == Names{"a.md", "b/c.md", "bc/d.md"});
    CHECK(plan_folder(known, {}, {"b"}).vanished == Names{"a.md", "bc/d.md"});
    CHECK(plan_folder(known, {}, {"b/c.md", "a.md"}).vanished == Names{"bc/d.md"});
}

TEST_CASE("web addresses have one form, and what is none is refused") {
    CHECK(clean_address("HTTPS://Kommun.Example/Taxa?År=1#avgift") == "https://kommun.example/Taxa?År=1");
    CHECK(clean_address("http://kommun.example") == "http://kommun.example/");
    CHECK(clean_address("http://kommun.example?a=b") == "http://kommun.example/?a=b");
    CHECK(clean_address("http://[::1]:8080/x") == "http://[::1]:8080/x");
    for (const auto* wrong :
         {"", "kommun.example", "ftp://kommun.example/", "file:///etc/passwd", "http://", "https:///x",
          "http://eva:hemligt@kommun.example/", "http://kommun.example/a b", "http://kom\tmun.example/",
          "http://kommun.example\\@annan.example/", "http://:80/"}) {
        CHECK_MESSAGE(!clean_address(wrong), wrong);
    }
    CHECK(host_of("https://kommun.example:8080/a?b") == "kommun.example:8080");
}

TEST_CASE("a look finds the files, with their sidecars, and nothing that is none") {
    const auto folder = TemporaryFolder::create().value();
    put(folder.path() / "a.md", "A");
    put(folder.path() / "under/djupt/b.md", "B");
    put(folder.path() / "a.md.toml", "titel = \"A\"");
    put(folder.path() / "ensam.toml", "x = 1");
    put(folder.path() / ".dold", "x");
    put(folder.path() / ".git/c.md", "x");
    put(folder.path() / "~$a.docx", "x");
    put(folder.path() / "data/kansli.toml", "");
    put(folder.path() / "data/kansli.db", "");
    put(folder.path() / "data/files/d.md", "x");
    REQUIRE(::mkfifo((folder.path() / "rör").c_str(), 0600) == 0);
    const Timestamp later = now() + std::chrono::hours(1);
    const auto view = look(folder.path(), later);
    CHECK(names_in(view) == Names{"a.md", "under/djupt/b.md"});
    CHECK(view.obstacles.empty());

    const auto stamp = view.files.at("a.md").stamp;
    CHECK(look(folder.path(), later).files.at("a.md").stamp == stamp);
    put(folder.path() / "a.md.toml", "titel = \"B\"");
    CHECK(look(folder.path(), later).files.at("a.md").stamp != stamp);
    CHECK(look(folder.path(), later).files.at("under/djupt/b.md").stamp ==
          view.files.at("under/djupt/b.md").stamp);
}

TEST_CASE("names that are not UTF-8 come as text") {
    const auto folder = TemporaryFolder::create().value();
    put(folder.path() / "avg\xE5ngar.md", "A");
    CHECK(names_in(look(folder.path())) == Names{"avgångar.md"});
}

TEST_CASE("links lead to files inside the folder and nowhere else") {
    const auto outside = TemporaryFolder::create().value();
    const auto folder = TemporaryFolder::create().value();
    put(outside.path() / "hemligt.md", "H");
    put(folder.path() / "a.md", "A");
    put(folder.path() / "med.md", "M");
    put(folder.path() / "mapp/b.md", "B");
    fs::create_symlink("a.md", folder.path() / "aktuell.md");
    fs::create_symlink(outside.path() / "hemligt.md", folder.path() / "ut.md");
    fs::create_symlink(outside.path(), folder.path() / "utmapp");
    fs::create_symlink("..", folder.path() / "mapp" / "runt");
    fs::create_symlink("saknas", folder.path() / "trasig.md");
    fs::create_symlink(outside.path() / "hemligt.md", folder.path() / "med.md.toml");
    const auto view = look(folder.path());
    CHECK(names_in(view) == Names{"a.md", "aktuell.md", "mapp/b.md"});
    REQUIRE(view.obstacles.size() == 1);
    CHECK(view.obstacles.front().name == "med.md");
    // The folder itself may be reached by a link.
    fs::create_symlink(folder.path(), outside.path() / "ingång");
    CHECK(names_in(look(outside.path() / "ingång")) == names_in(view));
}

TEST_CASE("a folder that is not there is unreachable, one below it that may not be listed is an obstacle") {
    const auto folder = TemporaryFolder::create().value();
    CHECK(look_at_folder(folder.path() / "saknas", noon, {}).error().code == ErrorCode::unavailable);
    put(folder.path() / "fil", "x");
    CHECK(look_at_folder(folder.path() / "fil", noon, {}).error().code == ErrorCode::unavailable);
    if (::geteuid() == 0) {
        MESSAGE("skipped: root may list every folder");
        return;
    }
    put(folder.path() / "stängd/a.md", "A");
    fs::permissions(folder.path() / "stängd", fs::perms::none);
    const auto view = look(folder.path());
    fs::permissions(folder.path() / "stängd", fs::perms::owner_all);
    CHECK(names_in(view) == Names{"fil"});
    REQUIRE(view.obstacles.size() == 1);
    CHECK(view.obstacles.front().name == "stängd");
}
