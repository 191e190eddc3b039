#include "endpoints/pool.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using namespace kansli;
using namespace kansli::endpoints;
using access::InformationClass;

namespace {

// Answers or fails as it is told; counts.
struct Told {
    std::vector<ErrorCode> failures{};  // in order; then it answers
    std::atomic<int> calls = 0;
};

class Double final : public ChatEndpoint {
  public:
    explicit Double(Told& told) : told_(told) {}
    Result<ChatReply> chat(const ChatRequest& /*request*/) override {
        const auto call = static_cast<std::size_t>(told_.calls++);
        if (call < told_.failures.size()) return fail(told_.failures[call], "fel");
        return ChatReply{"ja", "m", 900, 100, false};
    }

  private:
    Told& told_;
};

EndpointSettings settings(std::string name, std::string model, Label approved = {}) {
    EndpointSettings settings;
    settings.name = std::move(name);
    settings.model = std::move(model);
    settings.approved = approved;
    settings.kronor_per_1000_tokens = 0.5;
    settings.watt_hours_per_1000_tokens = 2;
    return settings;
}

struct Fixture {
    Told first{};
    Told second{};
    std::chrono::steady_clock::time_point moment{std::chrono::hours(1)};
    std::unique_ptr<Pool> pool;

    explicit Fixture(Label first_approved = {}, Label second_approved = {}) {
        std::vector<Pool::Member> members;
        members.push_back({settings("a", "m", first_approved), std::make_unique<Double>(first)});
        members.push_back({settings("b", "m", second_approved), std::make_unique<Double>(second)});
        pool = std::make_unique<Pool>(
            std::move(members), [this] { return moment; }, std::chrono::milliseconds(1));
    }
};

ChatRequest saying(std::string text) {
    ChatRequest request;
    request.messages = {{Speaker::user, std::move(text)}};
    return request;
}

constexpr Label personal{InformationClass::open, true, false};
constexpr Label internal{InformationClass::internal, false, false};

}  // namespace

TEST_CASE("an answer tells who was asked and what it cost") {
    Fixture fixture;
    const auto asked = fixture.pool->chat({}, saying("Hur hög?")).value();
    CHECK(asked.endpoint == "a");
    CHECK(asked.attempts == 1);
    CHECK(asked.kronor == doctest::Approx(0.5));
    CHECK(asked.watt_hours == doctest::Approx(2));
}

TEST_CASE("what fails is tried with another, and left alone for a while") {
    Fixture fixture;
    fixture.first.failures = {ErrorCode::unavailable, ErrorCode::unavailable};
    CHECK(fixture.pool->chat({}, saying("x")).value().endpoint == "b");
    CHECK(fixture.pool->chat({}, saying("x")).value().endpoint == "b");
    CHECK(fixture.first.calls == 1);
    CHECK(fixture.pool->health()[0].failures == 1);
    fixture.moment += std::chrono::seconds(11);
    CHECK(fixture.pool->chat({}, saying("x")).value().attempts ==
          2);  // fails again, rests for twenty seconds
    fixture.moment += std::chrono::seconds(11);
    CHECK(fixture.pool->chat({}, saying("x")).value().endpoint == "b");
    fixture.moment += std::chrono::seconds(11);
    CHECK(fixture.pool->chat({}, saying("x")).value().endpoint == "a");
    CHECK(fixture.pool->health()[0].failures == 0);
}

TEST_CASE("the only one that is approved is tried again, and never one that is not") {
    Fixture fixture({}, internal);
    fixture.second.failures = {ErrorCode::busy};
    const auto asked = fixture.pool->chat(internal, saying("x")).value();
    CHECK(asked.endpoint == "b");
    CHECK(asked.attempts == 2);
    fixture.second.calls = 0;
    fixture.second.failures = std::vector<ErrorCode>(9, ErrorCode::corrupt);
    CHECK(fixture.pool->chat(internal, saying("x")).error().code == ErrorCode::corrupt);
    CHECK(fixture.second.calls == 3);
    CHECK(fixture.first.calls == 0);
}

TEST_CASE("the words of a message count, whatever its sources are said to be") {
    Fixture fixture({}, personal);
    CHECK(fixture.pool->chat({}, saying("Sökande är Rut Andersson, 850312-2387.")).value().endpoint == "b");
    CHECK(fixture.first.calls == 0);
    CHECK(fixture.pool->chat(internal, saying("x")).error().code == ErrorCode::forbidden);
}

TEST_CASE("tries again have a budget") {
    Fixture fixture;
    fixture.first.failures = std::vector<ErrorCode>(1000, ErrorCode::corrupt);
    fixture.second.failures = std::vector<ErrorCode>(1000, ErrorCode::corrupt);
    for (int question = 0; question < 50; ++question)
        CHECK_FALSE(fixture.pool->chat({}, saying("x")).has_value());
    CHECK(fixture.first.calls + fixture.second.calls < 50 + 15);
}

TEST_CASE("a named model or place is the only one that is asked") {
    Fixture fixture;
    CHECK(fixture.pool->knows("b"));
    CHECK(fixture.pool->knows("m"));
    CHECK_FALSE(fixture.pool->knows("c"));
    CHECK(fixture.pool->chat({}, saying("x"), "b").value().endpoint == "b");
    CHECK(fixture.pool->chat({}, saying("x"), "c").error().code == ErrorCode::not_found);
}

TEST_CASE("a cancelled call is neither repeated nor held against the endpoint") {
    Fixture fixture;
    fixture.first.failures = {ErrorCode::cancelled};
    CHECK(fixture.pool->chat({}, saying("x")).error().code == ErrorCode::cancelled);
    CHECK(fixture.pool->chat({}, saying("x")).value().endpoint == "a");
    CHECK(fixture.second.calls == 0);
}

TEST_CASE("many threads ask at once") {
    Fixture fixture;
    std::atomic<int> answered = 0;
    {
        std::vector<std::jthread> threads;
        for (int at = 0; at < 8; ++at)
            threads.emplace_back([&] {
                for (int call = 0; call < 50; ++call)
                    answered += fixture.pool->chat({}, saying("x")).has_value() ? 1 : 0;
            });
    }
    // Each waits its turn.
    CHECK(answered == 400);
    for (const auto& health : fixture.pool->health())
        CHECK(health.running == 0);
}
