#include "store/data_folder.hpp"

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "core/hash.hpp"

using namespace kansli;
using namespace kansli::store;

namespace {

namespace fs = std::filesystem;

std::size_t files_under(const fs::path& folder) {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        count += entry.is_regular_file() ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("a data folder is made once, private, and opened") {
    const auto folder = TemporaryFolder::create().value();
    const auto path = folder.path() / "ny" / "kansli";
    const auto missing = DataFolder::open(path);
    CHECK(missing.error().code == ErrorCode::not_found);
    CHECK(missing.error().advice.find("kansli init") != std::string::npos);
    const auto made = DataFolder::create(path);
    REQUIRE(made.has_value());
    CHECK(fs::status(path).permissions() == fs::perms::owner_all);
    CHECK(read_file(made->settings_file()) == DataFolder::default_settings());
    CHECK(DataFolder::open(path).has_value());
    CHECK(DataFolder::create(path).error().code == ErrorCode::conflict);
}

TEST_CASE("a folder with anything foreign is refused and left alone; a half-made one is completed") {
    const auto folder = TemporaryFolder::create().value();
    REQUIRE(write_file(folder.path() / "brev.txt", "hej").has_value());
    CHECK(DataFolder::create(folder.path()).error().code == ErrorCode::invalid_input);
    CHECK(files_under(folder.path()) == 1);
    CHECK(DataFolder::create(folder.path() / "brev.txt").error().code == ErrorCode::invalid_input);

    fs::create_directories(folder.path() / "half" / "files");
    CHECK(DataFolder::create(folder.path() / "half").has_value());
    fs::create_directories(folder.path() / "foreign" / "files" / "aa");
    CHECK(DataFolder::create(folder.path() / "foreign").error().code == ErrorCode::invalid_input);
}

TEST_CASE("originals lie under their hash, once, and come back") {
    const auto folder = TemporaryFolder::create().value();
    const auto data = DataFolder::create(folder.path() / "data").value();
    CHECK(rc::check([&](const std::string& bytes) {
        const auto stored = data.store_bytes(bytes).value();
        RC_ASSERT(stored.hash == sha256(bytes));
        RC_ASSERT(stored.size == bytes.size());
        RC_ASSERT(data.store_bytes(bytes).value() == stored);
        RC_ASSERT(read_file(data.file_path(stored.hash).value()).value() == bytes);
        RC_ASSERT(data.verify_file(stored.hash).has_value());
    }));
    CHECK(files_under(data.uploads()) == 0);
    const auto before = files_under(data.files());
    const std::string large(1'000'000, 'k');
    REQUIRE(write_file(folder.path() / "large", large).has_value());
    const auto stored = data.store_file(folder.path() / "large").value();
    CHECK(stored == StoredFile{sha256(large), large.size()});
    CHECK(data.store_bytes(large).value() == stored);
    CHECK(files_under(data.files()) == before + 1);
    CHECK(data.file_path(stored.hash).value() ==
          data.files() / stored.hash.substr(0, 2) / stored.hash.substr(2, 2) / stored.hash);
    CHECK(data.remove_file(stored.hash).has_value());
    CHECK(data.remove_file(stored.hash).has_value());
    CHECK(data.file_path(stored.hash).error().code == ErrorCode::not_found);
}

TEST_CASE("names that are not hashes never become paths") {
    const auto folder = TemporaryFolder::create().value();
    const auto data = DataFolder::create(folder.path() / "data").value();
    for (const auto& name : {std::string("../../etc/passwd"), std::string(64, 'G'), std::string(63, 'a'),
                             std::string(), std::string(64, 'A'), "../" + std::string(61, 'a')}) {
        CHECK(data.file_path(name).error().code == ErrorCode::invalid_input);
        CHECK(data.verify_file(name).error().code == ErrorCode::invalid_input);
        CHECK(data.remove_file(name).error().code == ErrorCode::invalid_input);
    }
}

TEST_CASE("a limit, a missing file and a changed original are told, and leave nothing behind") {
    const auto folder = TemporaryFolder::create().value();
    const auto data = DataFolder::create(folder.path() / "data").value();
    REQUIRE(write_file(folder.path() / "a", std::string(100, 'a')).has_value());
    CHECK(data.store_file(folder.path() / "a", 99).error().code == ErrorCode::too_large);
    CHECK(data.store_file(folder.path() / "none").error().code == ErrorCode::not_found);
    CHECK(data.store_file(folder.path()).error().code == ErrorCode::not_found);
    CHECK(files_under(data.path()) == 1);  // the settings
    const auto stored = data.store_file(folder.path() / "a", 100).value();
    REQUIRE(write_file(data.file_path(stored.hash).value(), std::string(100, 'b')).has_value());
    CHECK(data.verify_file(stored.hash).error().code == ErrorCode::corrupt);
    // A shorter file, as a power failure can leave it, is put right when the bytes come again.
    REQUIRE(write_file(data.file_path(stored.hash).value(), "aa").has_value());
    CHECK(data.store_file(folder.path() / "a").has_value());
    CHECK(data.verify_file(stored.hash).has_value());
}

TEST_CASE("threads that keep the same bytes at once all succeed") {
    const auto folder = TemporaryFolder::create().value();
    const auto data = DataFolder::create(folder.path() / "data").value();
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                for (int j = 0; j < 10; ++j) {
                    if (!data.store_bytes("samma " + std::to_string(j))) ++wrong;
                }
            });
        }
    }
    CHECK(wrong == 0);
    CHECK(files_under(data.files()) == 10);
}
