#include "text/edit_distance.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli::text;

namespace {

// The table as every textbook fills it.
std::size_t by_the_table(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0)
                table[i][j] = i + j;
            else
                table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1,
                                        table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
        }
    }
    return table[a.size()][b.size()];
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text += word + " ";
    return text;
}

std::vector<std::string> some_words(int most) {
    static const std::vector<std::string> known{"altan", "bygglov", "meter", "å", "krävs", "inte"};
    return *rc::gen::resize(most, rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(known)));
}

}  // namespace

TEST_CASE("the distance is that of the table, for texts of one block and of several") {
    CHECK(rc::check("short texts", [] {
        const auto a = some_words(40);
        const auto b = some_words(40);
        RC_ASSERT(word_distance(joined(a), joined(b)) == by_the_table(a, b));
    }));
    CHECK(rc::check("long texts", [] {
        const auto a = some_words(300);
        const auto b = some_words(300);
        RC_ASSERT(word_distance(joined(a), joined(b)) == by_the_table(a, b));
    }));
    CHECK(rc::check("a long text and what somebody has made of it", [] {
        auto a = some_words(400);
        const auto b = a;
        for (int changes = *rc::gen::inRange(0, 6); changes > 0 && !a.empty(); --changes)
            a.erase(a.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(a.size())));
        RC_ASSERT(word_distance(joined(a), joined(b)) == by_the_table(a, b));
    }));
}

TEST_CASE("it is a distance, and a share when normalised") {
    CHECK(normalised_distance("", "") == 0);
    CHECK(normalised_distance("En altan.", "En  altan.\n") == 0);
    CHECK(normalised_distance("", "nytt svar") == 1);
    CHECK(word_distance("Högst 1,8 meter.", "Högst 2,0 meter.") == 2);
    CHECK(rc::check("for any texts", [] {
        const auto a = joined(some_words(30));
        const auto b = joined(some_words(30));
        const auto c = joined(some_words(30));
        RC_ASSERT(word_distance(a, b) == word_distance(b, a));
        RC_ASSERT(word_distance(a, c) <= word_distance(a, b) + word_distance(b, c));
        RC_ASSERT(normalised_distance(a, b) >= 0 && normalised_distance(a, b) <= 1);
        RC_ASSERT((normalised_distance(a, b) == 0) == (a == b));
    }));
}
