#include "jobs/queue.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/file.hpp"

using namespace kansli;
using namespace kansli::jobs;
using namespace std::chrono_literals;

namespace {

struct House {
    std::unique_ptr<store::Database> database;
    Queue queue;

    explicit House(const std::filesystem::path& folder, RetryPolicy policy = {.first_pause = 10ms})
        : database(store::Database::open(folder / "kansli.db").value()),
          queue(*database, folder, now, policy) {
        REQUIRE(database->migrate({Queue::migrations()}).has_value());
    }
    Job add(const std::string& kind, const std::string& payload = "{}", const std::string& owner = "rut") {
        return queue.add({kind, payload, owner}).value();
    }
    JobState state_of(const JobId& id) { return queue.get(id)->state; }
};

struct Fixture {
    TemporaryFolder folder = TemporaryFolder::create().value();
    House house{folder.path()};
};

template <typename Condition>
bool becomes_true(const Condition& condition) {
    for (int i = 0; i < 1000 && !condition(); ++i)
        std::this_thread::sleep_for(10ms);
    return condition();
}

bool ends_as(House& house, const JobId& id, JobState state) {
    return becomes_true([&] { return house.state_of(id) == state; });
}

// Until it is stopped.
Result<std::string> wait_for_stop(JobContext& context) {
    while (!context.stop().stop_requested())
        std::this_thread::sleep_for(1ms);
    return fail(ErrorCode::cancelled, "Avbrutet.");
}

}  // namespace

TEST_CASE("jobs are kept, listed newest first, and cancelled while they wait") {
    Fixture fixture;
    auto& [folder, house] = fixture;
    const auto first = house.add("import", R"({"a":1})", "rut");
    const auto second = house.add("import", "{}", "eva");
    const auto third = house.add("export", "{}", "rut");
    CHECK(house.queue.get(first.id)->payload == R"({"a":1})");
    CHECK(house.queue.get(JobId("none")).error().code == ErrorCode::not_found);
    const auto ids = [&](const Queue::Filter& filter) {
        std::vector<JobId> found;
        const auto jobs = house.queue.list(filter).value();
        for (const auto& job : jobs)
            found.push_back(job.id);
        return found;
    };
    CHECK(ids({}) == std::vector{third.id, second.id, first.id});
    CHECK(ids({.owner = "rut"}) == std::vector{third.id, first.id});
    CHECK(ids({.kind = "import", .limit = 1}) == std::vector{second.id});
    CHECK(house.queue.cancel(second.id)->state == JobState::cancelled);
    CHECK(house.queue.cancel(second.id).error().code == ErrorCode::conflict);
    CHECK(ids({.unfinished = true}) == std::vector{third.id, first.id});
    CHECK(house.queue.remove_finished(now() + 1h).value() == 1);
    CHECK(ids({}).size() == 2);
}

TEST_CASE("a job that is added in a transaction goes with it") {
    Fixture fixture;
    auto& house = fixture.house;
    JobId id;
    const auto undone = house.database->write([&](store::Connection& connection) -> Result<void> {
        id = TRY(house.queue.add(connection, {"import", "{}", "rut"})).id;
        return fail(ErrorCode::cancelled, "Ångrat.");
    });
    CHECK_FALSE(undone.has_value());
    CHECK(house.queue.get(id).error().code == ErrorCode::not_found);
}

TEST_CASE("a job runs, tells its progress, and keeps its result; listeners see it in order") {
    Fixture fixture;
    auto& house = fixture.house;
    std::mutex mutex;
    std::vector<std::string> seen;
    const auto listening = house.queue.on_change([&](const Job& job) {
        const std::scoped_lock lock(mutex);
        seen.push_back(std::string(json::enum_name(job.state)) + job.progress);
    });
    std::atomic<bool> go_on = false;
    house.queue.register_handler("count", [&](JobContext& context) -> Result<std::string> {
        for (int i = 0; i < 1000; ++i)
            context.progress(std::to_string(i));
        while (!go_on)
            std::this_thread::sleep_for(1ms);
        context.progress("1000");
        return context.job().payload + "!";
    });
    REQUIRE(house.queue.start(2).has_value());
    const auto job = house.add("count", "7");
    CHECK(becomes_true([&] { return house.queue.get(job.id)->progress == "999"; }));
    go_on = true;
    CHECK(ends_as(house, job.id, JobState::done));
    house.queue.stop();
    const auto ended = house.queue.get(job.id).value();
    CHECK(ended.result == "7!");
    CHECK(ended.progress == "1000");
    CHECK(ended.attempts == 1);
    CHECK(ended.started.has_value());
    CHECK(ended.finished.has_value());
    const std::scoped_lock lock(mutex);
    REQUIRE(seen.size() >= 4);
    CHECK(seen.size() <= 6);  // not one for each of a thousand
    CHECK(seen[0] == "waiting");
    CHECK(seen[1] == "running");
    CHECK(seen.back() == "done1000");
}

TEST_CASE("failures are kept: errors, exceptions, and errors that pass are tried three times") {
    Fixture fixture;
    auto& house = fixture.house;
    std::atomic<int> tries = 0;
    house.queue.register_handler("wrong", [](JobContext&) -> Result<std::string> {
        return fail(ErrorCode::corrupt, "Filen är trasig.", "a.pdf", "Byt fil.");
    });
    house.queue.register_handler(
        "throws", [](JobContext&) -> Result<std::string> { throw std::runtime_error("fault"); });
    house.queue.register_handler("busy", [&](JobContext&) -> Result<std::string> {
        ++tries;
        return fail(ErrorCode::busy, "Upptaget.");
    });
    house.queue.register_handler("second time", [](JobContext& context) -> Result<std::string> {
        if (context.job().attempts < 2) return fail(ErrorCode::unavailable, "Borta.");
        return "ok";
    });
    REQUIRE(house.queue.start(2).has_value());
    const auto wrong = house.add("wrong");
    const auto throws = house.add("throws");
    const auto busy = house.add("busy");
    const auto second = house.add("second time");
    CHECK(ends_as(house, wrong.id, JobState::failed));
    CHECK(ends_as(house, throws.id, JobState::failed));
    CHECK(ends_as(house, busy.id, JobState::failed));
    CHECK(ends_as(house, second.id, JobState::done));
    CHECK(house.queue.get(wrong.id)->error ==
          Error{ErrorCode::corrupt, "Filen är trasig.", "a.pdf", "Byt fil."});
    CHECK(house.queue.get(wrong.id)->attempts == 1);
    CHECK(house.queue.get(throws.id)->error->code == ErrorCode::internal);
    CHECK(tries == 3);
    CHECK(house.queue.get(busy.id)->attempts == 3);
    CHECK(house.queue.get(busy.id)->error->code == ErrorCode::busy);
    CHECK_FALSE(house.queue.get(second.id)->error.has_value());
}

TEST_CASE("a kind without a handler waits for a process that has one") {
    Fixture fixture;
    auto& house = fixture.house;
    house.queue.register_handler("known", [](JobContext&) -> Result<std::string> { return "ok"; });
    const auto unknown = house.add("unknown");
    const auto known = house.add("known");
    REQUIRE(house.queue.start(1).has_value());
    CHECK(ends_as(house, known.id, JobState::done));
    CHECK(house.state_of(unknown.id) == JobState::waiting);
}

TEST_CASE("a running job is cancelled, from here and from another process's queue") {
    Fixture fixture;
    auto& house = fixture.house;
    house.queue.register_handler("long", wait_for_stop);
    REQUIRE(house.queue.start(2).has_value());
    const auto here = house.add("long");
    const auto there = house.add("long");
    CHECK(ends_as(house, here.id, JobState::running));
    CHECK(ends_as(house, there.id, JobState::running));
    CHECK(house.queue.cancel(here.id).has_value());
    CHECK(ends_as(house, here.id, JobState::cancelled));
    CHECK(house.state_of(there.id) == JobState::running);
    House other(fixture.folder.path());
    CHECK(other.queue.cancel(there.id).has_value());
    CHECK(ends_as(house, there.id, JobState::cancelled));
    CHECK_FALSE(house.queue.get(there.id)->error.has_value());
}

TEST_CASE("a stop puts jobs back, and the next start finishes them") {
    const auto folder = TemporaryFolder::create().value();
    JobId id;
    {
        House house(folder.path());
        house.queue.register_handler("long", wait_for_stop);
        REQUIRE(house.queue.start(1).has_value());
        id = house.add("long").id;
        CHECK(ends_as(house, id, JobState::running));
        house.queue.stop();
        CHECK(house.state_of(id) == JobState::waiting);
        CHECK(house.queue.get(id)->attempts == 0);
    }
    House house(folder.path());
    house.queue.register_handler("long", [](JobContext&) -> Result<std::string> { return "ok"; });
    REQUIRE(house.queue.start(1).has_value());
    CHECK(ends_as(house, id, JobState::done));
    house.queue.stop();
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        CHECK(entry.path().filename().string().find("lock-") == std::string::npos);
    }
}

TEST_CASE("a listener hears nothing after its subscription has ended") {
    Fixture fixture;
    std::atomic<int> heard = 0;
    auto listening = fixture.house.queue.on_change([&](const Job&) { ++heard; });
    fixture.house.add("a");
    CHECK(heard == 1);
    listening.reset();
    fixture.house.add("b");
    CHECK(heard == 1);
}

namespace {

// A process that runs jobs until it is killed. Each job takes its own file lock, so that two runs at once show, and
// leaves a line when it is done.
[[noreturn]] void serve(const std::filesystem::path& folder, int delay_us) {
    House house(folder);
    house.queue.register_handler("work", [&](JobContext& context) -> Result<std::string> {
        const auto own = folder / ("run-" + context.job().id.str());
        const int file = ::open(own.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
            (void)write_file(folder / "overlap", context.job().id.str());
        }
        ::usleep(static_cast<useconds_t>(delay_us));
        ::close(file);
        return "ok";
    });
    if (!house.queue.start(2)) ::_exit(1);
    while (true)
        ::pause();
}

pid_t start_server(const std::filesystem::path& folder, int delay_us) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) serve(folder, delay_us);
    return child;
}

void kill_and_wait(pid_t child) {
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
}

}  // namespace

TEST_CASE("two processes that are killed again and again run every job to its end, and none twice at once") {
    const auto folder = TemporaryFolder::create().value();
    House house(folder.path());
    for (int i = 0; i < 40; ++i)
        house.add("work");
    std::mt19937 random(7);
    std::array<pid_t, 2> servers{start_server(folder.path(), 20'000), start_server(folder.path(), 20'000)};
    for (int round = 0; round < 8; ++round) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 80));
        auto& victim = servers[static_cast<std::size_t>(round % 2)];
        kill_and_wait(victim);
        victim = start_server(folder.path(), 20'000);
    }
    const auto all_done = [&] {
        const auto jobs = house.queue.list({.limit = 1000}).value();
        return std::all_of(jobs.begin(), jobs.end(),
                           [](const Job& job) { return job.state == JobState::done; });
    };
    CHECK(becomes_true(all_done));
    for (const auto server : servers)
        kill_and_wait(server);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "overlap"));
}

TEST_CASE("a job that brings its process down every time fails in the end") {
    const auto folder = TemporaryFolder::create().value();
    const RetryPolicy policy{.first_pause = 10ms, .interruptions = 2};
    House house(folder.path(), policy);
    const auto job = house.add("crash");
    for (int round = 0; round < 3; ++round) {
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            House crashing(folder.path(), policy);
            crashing.queue.register_handler("crash", [](JobContext&) -> Result<std::string> { ::_exit(7); });
            if (!crashing.queue.start(1)) ::_exit(1);
            std::this_thread::sleep_for(10s);
            ::_exit(2);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        CHECK(WEXITSTATUS(status) == 7);
    }
    house.queue.register_handler("crash", [](JobContext&) -> Result<std::string> { return "ok"; });
    REQUIRE(house.queue.start(1).has_value());
    CHECK(ends_as(house, job.id, JobState::failed));
    CHECK(house.queue.get(job.id)->error->message.find("gång på gång") != std::string::npos);
}

TEST_CASE("jobs are counted by state, and states without jobs are there") {
    Fixture fixture;
    fixture.house.add("import");
    const auto cancelled = fixture.house.add("import");
    REQUIRE(fixture.house.queue.cancel(cancelled.id).has_value());
    const auto counts = fixture.house.queue.counts().value();
    CHECK(counts.size() == 5);
    CHECK(counts.at(JobState::waiting) == 1);
    CHECK(counts.at(JobState::cancelled) == 1);
    CHECK(counts.at(JobState::done) == 0);
}
