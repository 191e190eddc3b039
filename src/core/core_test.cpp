#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "core/hash.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "core/toml.hpp"

using namespace kansli;

namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return fail(ErrorCode::invalid_input, "Talet är udda.");
    return number / 2;
}

Result<int> quarter(int number) {
    return half(TRY(half(number)));
}

Result<void> only_even(int number) {
    TRY(half(number));
    return {};
}

}  // namespace

TEST_CASE("TRY hands on the value or the error") {
    CHECK(quarter(8) == 2);
    CHECK(quarter(6).error().message == "Talet är udda.");
    CHECK(only_even(2).has_value());
    CHECK_FALSE(only_even(3).has_value());
}

TEST_CASE("an error is one line: where, what, what to do") {
    CHECK(to_line({ErrorCode::corrupt, "Filen är avbruten.", "a.pdf", "Ladda upp den igen."}) ==
          "a.pdf: Filen är avbruten. Ladda upp den igen.");
    CHECK(to_line({ErrorCode::busy, "Upptaget.", "", ""}) == "Upptaget.");
}

TEST_CASE("dates are days that exist") {
    CHECK(to_string(parse_date("2024-02-29").value()) == "2024-02-29");
    for (const auto* wrong :
         {"2025-02-29", "2025-13-01", "25-01-01", "2025/01/01", "", "2025-1-1", "-025-01-01"}) {
        CHECK_FALSE(parse_date(wrong).has_value());
    }
}

TEST_CASE("a moment parses to itself after print") {
    CHECK(rc::check([] {
        const auto ms = *rc::gen::inRange<std::int64_t>(0, 4'102'444'800'000);
        const Timestamp moment{std::chrono::milliseconds{ms}};
        RC_ASSERT(parse_timestamp(to_string(moment)).value() == moment);
    }));
    CHECK_FALSE(parse_timestamp("2026-01-01T25:00:00.000Z").has_value());
    CHECK_FALSE(parse_timestamp("2026-01-01 08:00:00.000Z").has_value());
}

TEST_CASE("the Swedish day changes at Swedish midnight, summer and winter") {
    CHECK(to_string(day_in_sweden(parse_timestamp("2026-01-31T23:30:00.000Z").value())) == "2026-02-01");
    CHECK(to_string(day_in_sweden(parse_timestamp("2026-07-01T21:59:59.999Z").value())) == "2026-07-01");
    CHECK(to_string(day_in_sweden(parse_timestamp("2026-07-01T22:00:00.000Z").value())) == "2026-07-02");
    CHECK(hour_in_sweden(parse_timestamp("2026-07-01T22:30:00.000Z").value()) == 0);
    CHECK(hour_in_sweden(parse_timestamp("2026-01-31T05:59:59.999Z").value()) == 6);
}

TEST_CASE("SHA-256 gives the digests of FIPS 180-4") {
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(rc::check([](const std::string& a, const std::string& b) {
        Sha256 hash;
        hash.update(a);
        hash.update(b);
        RC_ASSERT(hash.finish() == sha256(a + b));
    }));
}

TEST_CASE("tokens are long and different; secrets compare whole") {
    CHECK(random_token(16).size() == 32);
    CHECK(random_token() != random_token());
    CHECK(equal_secrets("abc", "abc"));
    CHECK_FALSE(equal_secrets("abc", "abd"));
    CHECK_FALSE(equal_secrets("abc", "ab"));
}

TEST_CASE("a file is replaced as a whole and read back") {
    const auto folder = TemporaryFolder::create().value();
    const auto path = folder.path() / "å.txt";
    CHECK(read_file(path).error().code == ErrorCode::not_found);
    CHECK(write_file(path, "första").has_value());
    CHECK(write_file(path, "andra").has_value());
    CHECK(read_file(path) == "andra");
    CHECK(read_file(path, 3).error().code == ErrorCode::too_large);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("lines are added once, whatever the file ended with") {
    const auto folder = TemporaryFolder::create().value();
    const auto path = folder.path() / "log";
    REQUIRE(add_missing_lines(path, "").has_value());
    CHECK_FALSE(std::filesystem::exists(path));
    REQUIRE(add_missing_lines(path, "a\nb\n").has_value());
    REQUIRE(add_missing_lines(path, "b\nc").has_value());
    CHECK(read_file(path).value() == "a\nb\nc\n");
    REQUIRE(write_file(path, "a").has_value());
    REQUIRE(add_missing_lines(path, "b\n").has_value());
    CHECK(read_file(path).value() == "a\nb\n");
    CHECK(add_missing_lines(folder.path() / "finns inte" / "log", "a").error().code == ErrorCode::not_found);
}

TEST_CASE("a settings file gives its values as text, and its mistakes by line") {
    const auto values = parse_toml("titel = \"Taxa\"\ngäller_från = 2026-01-01\n", "x.toml");
    CHECK_FALSE(values.has_value());  // bare keys are ASCII in TOML 1.0
    const auto good =
        parse_toml(
            "title = \"Taxa\"\nvalid_from = 2026-01-01\n[web]\nhosts = [\"a.example\", \"b.example\"]\n", "x")
            .value();
    CHECK(good.at("title") == std::vector<std::string>{"Taxa"});
    CHECK(good.at("valid_from") == std::vector<std::string>{"2026-01-01"});
    CHECK(good.at("web.hosts") == std::vector<std::string>{"a.example", "b.example"});
    CHECK(to_line(parse_toml("a = 1\nb = \n", "x.toml").error()) ==
          "x.toml: Rad 2 går inte att läsa. Kontrollera citattecken och likhetstecken där; formatet beskrivs "
          "på toml.io.");
}

TEST_CASE("a copy takes the place of what was there, is private, and is measured on the way") {
    const auto folder = TemporaryFolder::create().value();
    const auto source = folder.path() / "source";
    const auto target = folder.path() / "target";
    const std::string bytes(1'000'000, 'x');
    REQUIRE(write_file(source, bytes).has_value());
    REQUIRE(write_file(target, "old").has_value());
    const auto facts = copy_and_measure(source, target).value();
    CHECK(facts == FileFacts{bytes.size(), sha256(bytes)});
    CHECK(measure_file(target).value() == facts);
    CHECK((std::filesystem::status(target).permissions() & std::filesystem::perms(0077)) ==
          std::filesystem::perms::none);
    CHECK(copy_and_measure(folder.path() / "none", target).error().code == ErrorCode::not_found);
    CHECK(read_file(target).value() == bytes);
    CHECK(measure_file(folder.path() / "none").error().code == ErrorCode::not_found);
    CHECK_FALSE(copy_and_measure(source, folder.path() / "no" / "folder").has_value());
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
}
