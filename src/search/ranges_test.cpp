#include "search/detail/ranges.hpp"

#include <map>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "search/detail/layout.hpp"
#include "search/detail/vocabulary.hpp"

using namespace kansli::search::detail;

TEST_CASE("ranges answer as a map of documents does") {
    CHECK(rc::check("append, take and look up", [] {
        VersionRanges ranges;
        std::map<std::uint32_t, std::uint32_t> version_of;  // index document -> version
        std::uint32_t next = 1;
        const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 8));
        std::uint32_t number = 0;
        for (const int step : steps) {
            if (step == 0) {
                (void)ranges.take(number / 2);
                std::erase_if(version_of, [&](const auto& entry) { return entry.second == number / 2; });
            } else {
                ++number;
                next += static_cast<std::uint32_t>(step % 3);
                ranges.append({number, next, static_cast<std::uint32_t>(step)});
                for (int i = 0; i < step; ++i)
                    version_of[next++] = number;
            }
        }
        const auto again = VersionRanges::decode(ranges.encode());
        RC_ASSERT(again.has_value());
        RC_ASSERT(again->all() == ranges.all());
        for (std::uint32_t document = 0; document < next + 2; ++document) {
            const VersionRange* range = again->at_document(document);
            const auto found = version_of.find(document);
            RC_ASSERT((range != nullptr) == (found != version_of.end()));
            if (range != nullptr) RC_ASSERT(range->number == found->second);
        }
    }));
}

TEST_CASE("bytes that are no table of versions are refused") {
    CHECK_FALSE(VersionRanges::decode("abc"));
    VersionRanges overlapping;
    overlapping.append({1, 1, 10});
    overlapping.append({2, 5, 10});
    CHECK_FALSE(VersionRanges::decode(overlapping.encode()));
    CHECK(VersionRanges::decode("")->all().empty());
}

TEST_CASE("runs that touch are one") {
    Runs runs;
    runs.append(1, 3);
    runs.append(4, 2);
    runs.append(10, 1);
    REQUIRE(runs.all().size() == 2);
    CHECK(runs.all()[0].end == 6);
    CHECK(runs.size() == 6);
}

TEST_CASE("a version's words survive being written down") {
    std::string bytes;
    append_word(bytes, "bygglov", 12);
    append_word(bytes, "åtgärd", 1);
    std::map<std::string, std::uint32_t> words;
    for_each_word(bytes,
                  [&](std::string_view word, std::uint32_t count) { words[std::string(word)] = count; });
    CHECK(words == std::map<std::string, std::uint32_t>{{"bygglov", 12}, {"åtgärd", 1}});
    int visits = 0;
    for_each_word("trasig", [&](std::string_view, std::uint32_t) { ++visits; });
    CHECK(visits == 0);
}

TEST_CASE("what the same people read lies in one shard") {
    using kansli::documents::Reach;
    CHECK(shard_name({"intern", Reach::everyone}) == "open");
    CHECK(shard_name({"intern", Reach::few}) == shard_name({"akter", Reach::few}));
    CHECK(shard_name({"intern", Reach::collection}) == collection_shard("intern"));
    CHECK(collection_shard("intern") != collection_shard("akter"));
}
