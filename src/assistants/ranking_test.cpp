#include "assistants/ranking.hpp"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "assistants/detail/forest.hpp"

using namespace kansli;
using namespace kansli::assistants;

namespace {

// The measures that a ranking is free to read either way; of the others more is never worse.
bool says_what_case_it_is(std::string_view name) {
    return name == "length" || name == "statute" || name == "terms";
}

RankingFeatures of_values(const std::vector<double>& v) {
    return {v[0],  v[1],  v[2],  v[3],  v[4],  v[5],  v[6],  v[7],  v[8],  v[9],  v[10], v[11],
            v[12], v[13], v[14], v[15], v[16], v[17], v[18], v[19], v[20], v[21], v[22]};
}

rc::Gen<double> share() {
    return rc::gen::map(rc::gen::inRange(0, 1001), [](int thousandths) { return thousandths / 1000.0; });
}

}  // namespace

TEST_CASE("trees are followed to their leaves, and the leaves added up") {
    namespace trees = assistants::detail;
    using trees::TreeNode;
    constexpr std::array<TreeNode, 4> nodes = {
        {{0, 1, 2, 0.5F}, {-1, 0, 0, 1.0F}, {-1, 0, 0, 2.0F}, {-1, 0, 0, 10.0F}}};
    constexpr std::array<std::uint16_t, 2> roots = {0, 3};
    constexpr std::array<float, 1> below = {0.4F};
    constexpr std::array<float, 1> at = {0.5F};
    CHECK(trees::sum_of_leaves(roots, nodes, below) == doctest::Approx(11));
    CHECK(trees::sum_of_leaves(roots, nodes, at) == doctest::Approx(12));
    CHECK(trees::sum_of_leaves({}, {}, {}) == 0);
}

TEST_CASE("more of what speaks for a section never ranks it lower") {
    CHECK(rc::check([] {
        auto values = *rc::gen::container<std::vector<double>>(ranking_feature_count, share());
        const auto at = *rc::gen::inRange<std::size_t>(0, ranking_feature_count);
        const auto before = of_values(values);
        RC_PRE(!says_what_case_it_is(named(before)[at].name));
        values[at] += (1 - values[at]) * *share();
        RC_ASSERT(ranking_score(of_values(values)) >= ranking_score(before) - 1e-9);
    }));
}

TEST_CASE("the best section has the whole rank, and what the question points at comes before it") {
    std::vector<Candidate> candidates(3);
    Evidence evidence;
    evidence.candidates.resize(3);
    std::vector<RankingFeatures> features(3);
    features[1].words = features[1].nearness = features[1].known = features[1].coverage = 1;
    rank(evidence, candidates, features);
    CHECK(evidence.candidates[1].rank == doctest::Approx(1));
    CHECK(evidence.candidates[0].rank < 1);
    CHECK(order_of(evidence).front() == 1);
    candidates[2].pointed_at = true;
    rank(evidence, candidates, features);
    CHECK(order_of(evidence).front() == 2);
}
