#include "search/detail/vectors.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace kansli::search::detail {
namespace {

SmallNumbers some_numbers(std::size_t size) {
    return *rc::gen::container<SmallNumbers>(size, rc::gen::inRange<std::int8_t>(-127, 127));
}

float one_by_one(const SmallNumbers& a, const SmallNumbers& b) {
    std::int64_t sum = 0;
    for (std::size_t at = 0; at < a.size(); ++at)
        sum += std::int64_t{a[at]} * std::int64_t{b[at]};
    return static_cast<float>(sum) / (127.0F * 127.0F);
}

TEST_CASE("vectors are compared in blocks as they are number by number") {
    CHECK(rc::check("of any length", [] {
        const auto size = *rc::gen::inRange<std::size_t>(0, 400);
        const auto a = some_numbers(size);
        const auto b = some_numbers(size);
        RC_ASSERT(nearness(a, b) == one_by_one(a, b));
    }));
    const SmallNumbers least(1024, -127);
    CHECK(nearness(least, least) == 1024.0F);
}

TEST_CASE("a vector of length one is as near itself as whole numbers tell") {
    const std::vector<float> vector = {0.6F, -0.8F};
    CHECK(nearness(to_small(vector), to_small(vector)) == doctest::Approx(1).epsilon(0.01));
    const std::vector<float> beyond = {2.0F, -3.0F};
    CHECK(to_small(beyond) == SmallNumbers{127, -127});
}

}  // namespace
}  // namespace kansli::search::detail
