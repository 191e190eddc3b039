#include "plan/routing/time_segment.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "plan/routing/random_problem.hpp"

using namespace kansli::plan::routing;
using kansli::statistics::Generator;

namespace {

struct Walked {
    Time duration;
    Time time_warp;
};

// The stops one after the other from a given start, going back in time where one comes too late.
Walked walked_from(Time start, const std::vector<TimeSegment>& stops, const std::vector<Time>& travel) {
    Time now = start;
    Walked walked{0, 0};
    for (std::size_t i = 0; i < stops.size(); ++i) {
        if (i > 0) {
            now += travel[i - 1];
            walked.duration += travel[i - 1];
        }
        const Time wait = std::max<Time>(stops[i].earliest - now, 0);
        const Time warp = std::max<Time>(now - stops[i].latest, 0);
        now += wait - warp + stops[i].duration;
        walked.duration += wait + stops[i].duration;
        walked.time_warp += warp;
    }
    return walked;
}

}  // namespace

TEST_CASE("a joined segment has the least time warp, and the least duration with it, of all starts") {
    CHECK(rc::check("segments", [](std::uint64_t seed) {
        Generator generator(seed);
        std::vector<TimeSegment> stops;
        std::vector<Time> travel;
        TimeSegment whole;
        for (std::size_t i = 0; i < 1 + generator.below(5); ++i) {
            const Time opens = drawn(generator, 0, 30);
            stops.push_back({drawn(generator, 0, 5), 0, opens, opens + drawn(generator, 0, 20), 0});
            if (i > 0) travel.push_back(drawn(generator, 0, 10));
            whole = i == 0 ? stops[0] : joined(whole, stops[i], travel.back());
        }
        Time least_warp = never;
        Time least_duration = never;
        for (Time start = stops[0].earliest; start <= stops[0].latest; ++start) {
            const Walked walked = walked_from(start, stops, travel);
            if (std::pair(walked.time_warp, walked.duration) < std::pair(least_warp, least_duration))
                std::tie(least_warp, least_duration) = std::pair(walked.time_warp, walked.duration);
        }
        RC_ASSERT(whole.time_warp == least_warp);
        RC_ASSERT(whole.duration == least_duration);
        const Walked first =
            walked_from(std::clamp(whole.earliest, stops[0].earliest, stops[0].latest), stops, travel);
        RC_ASSERT(first.time_warp == least_warp);
    }));
}

TEST_CASE("joining does not depend on where one begins") {
    CHECK(rc::check("associative", [](std::uint64_t seed) {
        Generator generator(seed);
        const auto stop = [&] {
            const Time opens = drawn(generator, 0, 30);
            return TimeSegment{drawn(generator, 0, 5), 0, opens, opens + drawn(generator, 0, 20),
                               drawn(generator, 0, 9)};
        };
        const TimeSegment a = stop();
        const TimeSegment b = stop();
        const TimeSegment c = stop();
        const Time ab = drawn(generator, 0, 10);
        const Time bc = drawn(generator, 0, 10);
        const TimeSegment left = joined(joined(a, b, ab), c, bc);
        const TimeSegment right = joined(a, joined(b, c, bc), ab);
        RC_ASSERT(left.duration == right.duration);
        RC_ASSERT(left.time_warp == right.time_warp);
        RC_ASSERT(left.earliest == right.earliest);
        RC_ASSERT(left.latest == right.latest);
        RC_ASSERT(left.release == right.release);
    }));
}
