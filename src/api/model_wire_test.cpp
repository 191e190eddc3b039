#include "api/model_wire.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "endpoints/openai.hpp"
#include "http/server.hpp"

using namespace kansli;
using access::InformationClass;
using endpoints::Label;

namespace {

enum class Mood : std::uint8_t { streams, whole, busy, broken, garbage, halts, sends_on };

// A model server of its own on a free port, which speaks the protocol and remembers every byte that it gets.
class ModelServer {
  public:
    ModelServer() : server_({.port = 0}) {
        server_.route(http::Method::post, "/v1/chat/completions",
                      [this](http::Request& request) { return answer(request); });
        REQUIRE(server_.start().has_value());
    }

    void begin(Mood mood) {
        const std::scoped_lock lock(mutex_);
        mood_ = mood;
        got_.clear();
        keys_.clear();
    }
    [[nodiscard]] std::string got() const {
        const std::scoped_lock lock(mutex_);
        return got_;
    }
    [[nodiscard]] std::string keys() const {
        const std::scoped_lock lock(mutex_);
        return keys_;
    }
    [[nodiscard]] std::string url() const { return fmt::format("http://127.0.0.1:{}/v1", server_.port()); }

  private:
    static constexpr auto whole =
        R"({"model":"m","choices":[{"message":{"content":"Ja."},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2}})";

    http::Response answer(const http::Request& request) {
        const std::scoped_lock lock(mutex_);
        got_ += request.body;
        for (const auto& [name, value] : request.headers)
            got_ += name + value;
        keys_ += request.header("authorization").value_or("-");
        switch (mood_) {
            case Mood::whole:
                return http::Response::json(whole);
            case Mood::busy:
                return http::Response::json("{}", 429);
            case Mood::broken:
                return http::Response::json("{}", 500);
            case Mood::garbage:
                return http::Response::text("<html>hej</html>");
            case Mood::sends_on:
                return http::Response::redirect("/elsewhere");
            case Mood::streams:
            case Mood::halts:
                break;
        }
        return http::Response::events(
            [halts = mood_ == Mood::halts](http::EventSink& sink, const std::stop_token&) {
                sink.send({"", R"({"model":"m","choices":[{"delta":{"content":"J"}}]})", ""});
                if (halts) return;
                sink.send({"", R"({"choices":[{"delta":{"content":"a."},"finish_reason":"stop"}]})", ""});
                sink.send({"", "[DONE]", ""});
            });
    }

    http::Server server_;
    mutable std::mutex mutex_{};
    Mood mood_ = Mood::streams;
    std::string got_{};
    std::string keys_{};
};

endpoints::EndpointSettings endpoint_at(const ModelServer& server, std::string name, Label approved = {}) {
    endpoints::EndpointSettings settings;
    settings.name = std::move(name);
    settings.url = server.url();
    settings.host = "127.0.0.1";
    settings.internal = true;
    settings.model = "m";
    settings.approved = approved;
    return settings;
}

endpoints::ChatRequest saying(std::string text) {
    endpoints::ChatRequest request;
    request.messages = {{endpoints::Speaker::user, std::move(text)}};
    request.patience = std::chrono::seconds(20);
    return request;
}

// As api::model_pool makes it, but without waiting before another try.
std::unique_ptr<endpoints::Pool> pool_of(const endpoints::ModelSettings& settings) {
    std::vector<endpoints::Pool::Member> members;
    for (const auto& endpoint : settings.endpoints) {
        members.push_back(
            {endpoint, std::make_unique<endpoints::OpenAiEndpoint>(endpoint, api::model_wire(endpoint),
                                                                   [] { return Result<std::string>(); })});
    }
    return std::make_unique<endpoints::Pool>(std::move(members), std::chrono::steady_clock::now,
                                             std::chrono::milliseconds(0));
}

Label any_label() {
    return {static_cast<InformationClass>(*rc::gen::inRange(0, 4)), *rc::gen::arbitrary<bool>(),
            *rc::gen::arbitrary<bool>()};
}

}  // namespace

TEST_CASE("for any classes, endpoints and failures no byte reaches an endpoint below its class") {
    std::array<ModelServer, 4> servers;
    CHECK(rc::check([&] {
        endpoints::ModelSettings settings;
        for (auto& server : servers) {
            server.begin(*rc::gen::element(Mood::streams, Mood::whole, Mood::busy, Mood::broken,
                                           Mood::garbage, Mood::halts, Mood::sends_on));
            settings.endpoints.push_back(
                endpoint_at(server, fmt::format("e{}", settings.endpoints.size()), any_label()));
            settings.endpoints.back().model = *rc::gen::element<std::string>("a", "b");
        }
        const auto pool = pool_of(settings);
        const auto sources = any_label();
        const std::string text = *rc::gen::element<std::string>("Avgiften är 1 240 kronor.",
                                                                "Sökande är Rut Andersson, 850312-2387.",
                                                                "Uppgiften är sekretessbelagd.");
        const auto needed = highest(sources, endpoints::label_of_text(text));
        const auto asked = pool->chat(sources, saying(text));
        for (std::size_t at = 0; at < servers.size(); ++at) {
            if (!covers(settings.endpoints[at].approved, needed)) RC_ASSERT(servers[at].got().empty());
        }
        if (asked) RC_ASSERT(asked->reply.text == "Ja.");
    }));
}

TEST_CASE("both forms of an answer come over the real protocol") {
    ModelServer server;
    const auto pool = api::model_pool({{endpoint_at(server, "a")}, {}}, "");
    for (const auto mood : {Mood::streams, Mood::whole}) {
        server.begin(mood);
        const auto asked = pool->chat({}, saying("Hur hög?")).value();
        CHECK(asked.reply.text == "Ja.");
        CHECK(asked.reply.model == "m");
        CHECK(server.got().find("Hur hög?") != std::string::npos);
    }
}

TEST_CASE("the key of the file is sent as it is at the moment") {
    const auto folder = TemporaryFolder::create().value();
    ModelServer server;
    auto settings = endpoint_at(server, "a");
    settings.key_file = "a.key";
    const auto pool = api::model_pool({{settings}, {}}, folder.path());
    server.begin(Mood::whole);
    CHECK_FALSE(pool->chat({}, saying("x")).has_value());
    CHECK(server.got().empty());
    REQUIRE(write_file(folder.path() / "a.key", "hemlig-1\n").has_value());
    const auto again = api::model_pool({{settings}, {}}, folder.path());
    CHECK(again->chat({}, saying("x")).has_value());
    REQUIRE(write_file(folder.path() / "a.key", "hemlig-2\n").has_value());
    CHECK(again->chat({}, saying("x")).has_value());
    CHECK(server.keys() == "Bearer hemlig-1Bearer hemlig-2");
}

TEST_CASE("an address inside the organisation is called only where the settings say so") {
    ModelServer server;
    server.begin(Mood::whole);
    auto settings = endpoint_at(server, "a");
    settings.internal = false;
    const auto pool = api::model_pool({{settings}, {}}, "");
    const auto refused = pool->chat({}, saying("x"));
    CHECK(refused.error().code == ErrorCode::forbidden);
    CHECK(refused.error().advice.find("internal") != std::string::npos);
    CHECK(server.got().empty());
}
