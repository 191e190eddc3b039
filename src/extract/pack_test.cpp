#include "extract/pack.hpp"

#include <doctest/doctest.h>

#include "core/file.hpp"
#include "extract/extract.hpp"

using namespace kansli;

TEST_CASE("a folder comes back out of its ZIP file, and packs to the same bytes again") {
    const auto root = TemporaryFolder::create().value();
    const auto folder = root.path() / "in";
    std::filesystem::create_directories(folder / "under");
    REQUIRE(write_file(folder / "å ä ö.md", "# Rubrik\n\nText.\n").has_value());
    REQUIRE(write_file(folder / "under" / "stor.txt", std::string(1'000'000, 'x') + "\n").has_value());
    const auto moment = parse_timestamp("2026-11-30T12:00:00.000Z").value();
    REQUIRE(extract::pack_zip(folder, root.path() / "a.zip", moment).has_value());
    REQUIRE(extract::pack_zip(folder, root.path() / "b.zip", moment).has_value());
    CHECK(read_file(root.path() / "a.zip").value() == read_file(root.path() / "b.zip").value());
    const auto out = root.path() / "out";
    std::filesystem::create_directories(out);
    const auto unpacked = extract::extract_file(root.path() / "a.zip", "a.zip", out).value();
    REQUIRE(unpacked.files.size() == 2);
    for (const auto& file : unpacked.files)
        CHECK(read_file(file.path).value() == read_file(folder / file.name).value());
    CHECK_FALSE(std::filesystem::exists(root.path() / "a.zip.part"));
}

TEST_CASE("a folder that is not there leaves no ZIP file") {
    const auto root = TemporaryFolder::create().value();
    CHECK_FALSE(extract::pack_zip(root.path() / "saknas", root.path() / "a.zip", now()).has_value());
    CHECK(std::filesystem::is_empty(root.path()));
}
