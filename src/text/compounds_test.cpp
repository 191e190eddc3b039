#include "text/compounds.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "text/language.hpp"

using namespace kansli;

namespace {

constexpr const char* word_list = "/usr/share/hunspell/sv_SE.dic";

struct Example {
    std::string word{};
    std::vector<std::string> parts{};
};

std::vector<Example> examples() {
    std::vector<Example> out;
    std::ifstream file(KANSLI_SOURCE_DIR "/tests/golden/text/compounds.txt");
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.starts_with('#')) continue;
        std::istringstream fields(line);
        Example example;
        std::string equals;
        fields >> example.word >> equals;
        for (std::string part; fields >> part;)
            example.parts.push_back(part);
        out.push_back(std::move(example));
    }
    return out;
}

// How many letters two words have in common from the beginning.
std::size_t shared(std::string_view a, std::string_view b) {
    std::size_t at = 0;
    while (at < a.size() && at < b.size() && a[at] == b[at])
        ++at;
    return at;
}

using Parts = std::vector<std::string>;

}  // namespace

TEST_CASE("compounds of the golden list are split at the right joint, and traps are left whole") {
    const auto splitter = text::CompoundSplitter::create(word_list).value();
    int compounds = 0;
    int traps = 0;
    int exact = 0;
    int left_whole = 0;
    int joints_found = 0;
    int joints_right = 0;
    for (const auto& example : examples()) {
        const auto parts = splitter.split(example.word);
        (example.parts.empty() ? traps : compounds) += 1;
        if (example.parts.empty() && parts.empty()) ++left_whole;
        if (!example.parts.empty() && parts == example.parts) ++exact;
        if (parts.empty()) continue;
        ++joints_found;
        if (!example.parts.empty() && parts.back() == example.parts.back()) ++joints_right;
    }
    const auto share = [](int part, int whole) { return static_cast<double>(part) / whole; };
    MESSAGE(
        fmt::format("compounds: {} of {} split into exactly the listed parts ({:.3f}); joints: precision "
                    "{:.3f}, recall {:.3f}; "
                    "{} of {} traps left whole",
                    exact, compounds, share(exact, compounds), share(joints_right, joints_found),
                    share(joints_right, compounds), left_whole, traps));
    CHECK(compounds >= 300);
    CHECK(traps >= 60);
    CHECK(share(exact, compounds) >= 0.90);
    CHECK(share(joints_right, joints_found) >= 0.97);
    CHECK(share(joints_right, compounds) >= 0.93);
    CHECK(share(left_whole, traps) >= 0.97);
}

TEST_CASE("a part that is a compound can be split again") {
    const auto splitter = text::CompoundSplitter::create(word_list).value();
    CHECK(splitter.split("strandskyddsdispens") == Parts{"strandskydd", "dispens"});
    CHECK(splitter.split("strandskydd") == Parts{"strand", "skydd"});
    CHECK(splitter.split("strand").empty());
}

TEST_CASE("the documents teach names and words that the list does not have") {
    auto splitter = text::CompoundSplitter::create(word_list).value();
    CHECK(splitter.split("almsjöfyrarna").empty());
    splitter.learn("almsjö", 40);
    splitter.learn("fyrarna", 12);
    CHECK(splitter.split("almsjöfyrarna") == Parts{"almsjö", "fyrarna"});
    splitter.learn("sällsynt", 1);
}

TEST_CASE("parts are the letters of the word, but for linking letters") {
    const auto splitter = text::CompoundSplitter::create(word_list).value();
    const auto holds = [&](const std::string& word) {
        const auto parts = splitter.split(word);
        if (parts.empty()) return;
        RC_ASSERT(parts.size() == 2U);
        RC_ASSERT(word.ends_with(parts[1]));
        // The first part differs from its place in the word in at most two letters at its end (gata – gatu, läkare – läkar).
        const auto before = word.size() - parts[1].size();
        const auto same = shared(word, parts[0]);
        RC_ASSERT(same + 3 >= before);
        RC_ASSERT(same + 3 >= parts[0].size());
    };
    for (const auto& example : examples())
        holds(example.word);
    CHECK(rc::check("words put together at random", [&] {
        const auto all = examples();
        const auto first = *rc::gen::elementOf(all);
        const auto last = *rc::gen::elementOf(all);
        holds(first.word + *rc::gen::element<std::string>("", "s", "e") + last.word);
    }));
    CHECK(rc::check("bytes", [&](const std::string& bytes) { holds(bytes); }));
}

TEST_CASE("what is no word is left alone") {
    const auto splitter = text::CompoundSplitter::create(word_list).value();
    for (const auto* word : {"", "a", "2010:900", "ks2026", "\xFF\xFE\xFF\xFE\xFF\xFE", "§", "30,0"})
        CHECK(splitter.split(word).empty());
    CHECK(splitter.split(std::string(100'000, 'a')).empty());
}

TEST_CASE("a missing or damaged word list is told plainly") {
    const auto missing = text::CompoundSplitter::create("/finns/inte.dic");
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().code == ErrorCode::unavailable);
    const auto folder = TemporaryFolder::create().value();
    REQUIRE(write_file(folder.path() / "x.aff", "SET UTF-8\n").has_value());
    REQUIRE(write_file(folder.path() / "x.dic", "2\nhus/Y\n\xFF\xFF\n").has_value());
    CHECK(text::CompoundSplitter::create(folder.path() / "x.dic").error().code == ErrorCode::corrupt);
    REQUIRE(write_file(folder.path() / "x.dic", "2\nhus/Y\nbåt\n").has_value());
    CHECK(text::CompoundSplitter::create(folder.path() / "x.dic").value().split("husbåt").empty());
}

TEST_CASE("words of the list are known in their inflections") {
    const auto splitter = text::CompoundSplitter::create(word_list).value();
    CHECK(splitter.knows("hund"));
    CHECK(splitter.knows("hundarna"));
    CHECK_FALSE(splitter.knows("byglov"));
}
