#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "search/test_documents.hpp"

using namespace kansli;
using namespace kansli::search;
using test::TestHouse;
using test::text_document;

namespace {

constexpr std::uint32_t versions = 400;

documents::ReadDocument version_of(std::uint32_t number) {
    std::vector<test::Part> parts;
    for (std::uint32_t i = 0; i <= number % 7; ++i)
        parts.push_back(
            {std::to_string(i), "Gemensamt ord i version nummer " + std::to_string(number) + "."});
    return text_document("Version", parts);
}

// Adds versions until it is killed.
[[noreturn]] void write_until_killed(const std::filesystem::path& folder, MemoryMaterial& material,
                                     std::uint32_t next) {
    auto index = LexicalIndex::open({.folder = folder}, material);
    while (index && next < versions) {
        ++next;
        if (!(*index)->add(next, version_of(next), {}) || !(*index)->commit()) break;
    }
    for (;;)
        ::pause();
}

}  // namespace

TEST_CASE("kill -9 while writing leaves whole versions, and writing goes on") {
    const auto folder = test::quick_folder();
    MemoryMaterial material;
    for (std::uint32_t number = 1; number <= versions; ++number)
        (void)material.put({}, version_of(number));
    std::mt19937 random(11);
    std::int64_t before = 0;
    for (int round = 0; round < 12; ++round) {
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0)
            write_until_killed(folder.path() / "index", material, static_cast<std::uint32_t>(before));
        std::this_thread::sleep_for(std::chrono::milliseconds(100 + random() % 300));
        ::kill(child, SIGKILL);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);

        auto index = LexicalIndex::open({.folder = folder.path() / "index"}, material);
        REQUIRE_MESSAGE(index, to_line(index.error()));
        const auto statistics = (*index)->statistics();
        REQUIRE_MESSAGE(statistics, to_line(statistics.error()));
        CHECK(statistics->versions >= before);
        before = statistics->versions;
        std::int64_t sections = 0;  // those with the word: all but the document itself
        for (std::uint32_t number = 1; number <= before; ++number)
            sections += number % 7 + 1;
        CHECK(statistics->sections == sections + before);
        Query query = TestHouse::query("gemensamt");
        const auto found = (*index)->search({}, query);
        REQUIRE_MESSAGE(found, to_line(found.error()));
        CHECK(found->total == std::min<std::int64_t>(sections, found->total_is_exact ? sections : 1000));
    }
    auto index = LexicalIndex::open({.folder = folder.path() / "index"}, material);
    REQUIRE(index);
    REQUIRE((*index)->sync());
    CHECK((*index)->statistics()->versions == versions);
}

TEST_CASE("kill -9 while rebuilding leaves the old generation answering") {
    const auto folder = test::quick_folder();
    MemoryMaterial material;
    for (std::uint32_t number = 1; number <= versions; ++number)
        (void)material.put({}, version_of(number));
    {
        auto index = LexicalIndex::open({.folder = folder.path() / "index"}, material);
        REQUIRE(index);
        REQUIRE((*index)->sync());
    }
    std::mt19937 random(12);
    for (int round = 0; round < 6; ++round) {
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            auto index = LexicalIndex::open({.folder = folder.path() / "index"}, material);
            while (index && (*index)->rebuild()) {
            }
            for (;;)
                ::pause();
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100 + random() % 500));
        ::kill(child, SIGKILL);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        auto index = LexicalIndex::open({.folder = folder.path() / "index"}, material);
        REQUIRE_MESSAGE(index, to_line(index.error()));
        CHECK_FALSE((*index)->is_out_of_step().value());
        int generations = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "index"))
            generations += entry.is_directory() ? 1 : 0;
        CHECK(generations == 1);
    }
}
