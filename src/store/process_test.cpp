// Several processes on one database: killed in the middle of work, and side by side.
#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <random>
#include <string>
#include <thread>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/file.hpp"
#include "store/database.hpp"
#include "store/folder_lock.hpp"

using namespace kansli;
using namespace kansli::store;

namespace {

constexpr std::array<Migration, 1> schema = {{{"test", 1,
                                               "CREATE TABLE pair (number INTEGER PRIMARY KEY, half INTEGER);"
                                               "CREATE TABLE counter (value INTEGER);"
                                               "INSERT INTO counter VALUES (0);"}}};

std::unique_ptr<Database> open_with_schema(const std::filesystem::path& file) {
    auto database = Database::open(file);
    if (!database || !(*database)->migrate({schema})) return nullptr;
    return std::move(*database);
}

// Writes rows ten at a time, each ten in one transaction, as fast as it can. `told` gets one byte a finished
// ten.
[[noreturn]] void write_tens(const std::filesystem::path& file, int told) {
    const auto database = open_with_schema(file);
    while (database) {
        const auto done = database->write([](Connection& connection) -> Result<void> {
            for (int i = 0; i < 10; ++i)
                TRY(connection.execute("INSERT INTO pair (half) VALUES (?1)", i));
            return connection.execute("UPDATE counter SET value = value + 1");
        });
        if (!done || ::write(told, "x", 1) != 1) break;
    }
    ::_exit(1);
}

std::int64_t number_of(Database& database, const char* sql) {
    std::int64_t number = -1;
    const auto done = database.read([&](Connection& connection) -> Result<void> {
        auto& row = TRY(connection.prepare(sql)).get();
        if (TRY(row.step())) number = row.integer(0);
        return {};
    });
    REQUIRE(done.has_value());
    return number;
}

std::int64_t bytes_in(int pipe) {
    std::array<char, 4096> buffer{};
    std::int64_t total = 0;
    for (ssize_t got = 0; (got = ::read(pipe, buffer.data(), buffer.size())) > 0;)
        total += got;
    return total;
}

}  // namespace

TEST_CASE("kill -9 at any moment leaves whole transactions, and all that were reported done") {
    const auto folder = TemporaryFolder::create().value();
    const auto file = folder.path() / "kansli.db";
    std::mt19937 random(20260601);
    std::int64_t reported = 0;
    for (int round = 0; round < 25; ++round) {
        std::array<int, 2> told{};
        REQUIRE(::pipe(told.data()) == 0);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            ::close(told[0]);
            write_tens(file, told[1]);
        }
        ::close(told[1]);
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 60'000));
        ::kill(child, SIGKILL);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(WIFSIGNALED(status));
        reported += bytes_in(told[0]);
        ::close(told[0]);

        const auto database = open_with_schema(file);
        REQUIRE(database);
        CHECK(database->check().has_value());
        const auto tens = number_of(*database, "SELECT value FROM counter");
        CHECK(number_of(*database, "SELECT count(*) FROM pair") == 10 * tens);
        CHECK(number_of(*database, "SELECT coalesce(sum(half), 0) FROM pair") == 45 * tens);
        CHECK(tens >= reported);
        // At most the one that was on disk before its report was sent.
        CHECK(tens <= reported + round + 1);
    }
    CHECK(reported > 0);
}

TEST_CASE("two processes count together without losing a step") {
    const auto folder = TemporaryFolder::create().value();
    const auto file = folder.path() / "kansli.db";
    constexpr int steps = 150;
    // Both open the file at once, while it is new.
    std::array<pid_t, 2> children{};
    for (auto& child : children) {
        child = ::fork();
        REQUIRE(child >= 0);
        if (child != 0) continue;
        const auto database = open_with_schema(file);
        bool ok = database != nullptr;
        for (int i = 0; ok && i < steps; ++i) {
            ok = database
                     ->write([](Connection& connection) -> Result<void> {
                         auto& row = TRY(connection.prepare("SELECT value FROM counter")).get();
                         TRY(row.step());
                         const auto value = row.integer(0);
                         return connection.execute("UPDATE counter SET value = ?1", value + 1);
                     })
                     .has_value();
        }
        ::_exit(ok ? 0 : 1);
    }
    for (const auto child : children) {
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 0);
    }
    const auto database = open_with_schema(file);
    REQUIRE(database);
    CHECK(number_of(*database, "SELECT value FROM counter") == 2 * steps);
}

TEST_CASE("a folder lock keeps another process out and goes with its process") {
    const auto folder = TemporaryFolder::create().value();
    std::array<int, 2> ready{};
    REQUIRE(::pipe(ready.data()) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const auto lock = FolderLock::acquire(folder.path(), "index");
        const bool told = ::write(ready[1], lock ? "y" : "n", 1) == 1;
        while (told)
            ::pause();
        ::_exit(0);
    }
    char answer = 0;
    REQUIRE(::read(ready[0], &answer, 1) == 1);
    CHECK(answer == 'y');
    CHECK(FolderLock::acquire(folder.path(), "index").error().code == ErrorCode::busy);
    CHECK(FolderLock::acquire(folder.path(), "index", std::chrono::milliseconds(40)).error().code ==
          ErrorCode::busy);
    CHECK(FolderLock::acquire(folder.path(), "jobs").has_value());
    ::kill(child, SIGKILL);
    CHECK(FolderLock::acquire(folder.path(), "index", std::chrono::seconds(5)).has_value());
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
}
