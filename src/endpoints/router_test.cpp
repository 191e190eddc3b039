#include "endpoints/router.hpp"

#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli;
using namespace kansli::endpoints;
using access::InformationClass;

namespace {

Label any_label() {
    return {static_cast<InformationClass>(*rc::gen::inRange(0, 4)), *rc::gen::arbitrary<bool>(),
            *rc::gen::arbitrary<bool>()};
}

constexpr Label open{};
constexpr Label internal{InformationClass::internal, false, false};

}  // namespace

TEST_CASE("whatever the endpoints, none is chosen below the label, and one is when one can be") {
    CHECK(rc::check([] {
        const auto needed = any_label();
        std::vector<Standing> endpoints;
        bool possible = false;
        for (int left = *rc::gen::inRange(0, 6); left > 0; --left) {
            Standing endpoint;
            endpoint.approved = any_label();
            endpoint.model = *rc::gen::element<std::string>("a", "b");
            endpoint.healthy = *rc::gen::arbitrary<bool>();
            endpoint.wanted = *rc::gen::arbitrary<bool>();
            endpoint.running = *rc::gen::inRange(0, 4);
            endpoint.parallel = *rc::gen::inRange(1, 4);
            possible = possible || (covers(endpoint.approved, needed) && endpoint.healthy &&
                                    endpoint.wanted && endpoint.running < endpoint.parallel);
            endpoints.push_back(endpoint);
        }
        const auto chosen = choose(needed, endpoints);
        RC_ASSERT(chosen.has_value() == possible);
        if (!chosen) return;
        RC_ASSERT(covers(endpoints[*chosen].approved, needed));
        RC_ASSERT(endpoints[*chosen].healthy && endpoints[*chosen].wanted);
    }));
}

TEST_CASE("the first model before the next, and of one model the least loaded") {
    const std::vector<Standing> endpoints{
        {open, "a", true, true, 2, 4}, {open, "b", true, true, 0, 4}, {open, "a", true, true, 1, 4}};
    CHECK(choose(open, endpoints) == 2);
    auto down = endpoints;
    down[0].healthy = false;
    down[2].healthy = false;
    CHECK(choose(open, down) == 1);
}

TEST_CASE("a refusal says why") {
    CHECK(choose(open, {}).error().code == ErrorCode::not_found);
    const std::vector<Standing> endpoints{{open, "a", false, true, 0, 4}};
    CHECK(choose(open, endpoints).error().code == ErrorCode::busy);
    const auto refused = choose(internal, endpoints);
    CHECK(refused.error().code == ErrorCode::forbidden);
    CHECK(refused.error().message.find("intern") != std::string::npos);
}
