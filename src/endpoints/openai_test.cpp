#include "endpoints/openai.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "endpoints/detail/reply_reader.hpp"
#include "json/value.hpp"

using namespace kansli;
using namespace kansli::endpoints;

namespace {

constexpr std::string_view streamed =
    ": hej\r\n\r\n"
    "data: {\"model\":\"m-1\",\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\r\n\r\n"
    "data: {\"choices\":[{\"delta\":{\"content\":\"Höjden \"}}]}\n\n"
    "data: {\"choices\":[{\"delta\":{\"content\":\"räknas.\"},\"finish_reason\":\"stop\"}]}\n\n"
    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3}}\n\n"
    "data: [DONE]\n\n";
constexpr std::string_view whole =
    "{\"model\":\"m-1\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Höjden räknas.\"},"
    "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3}}";

Result<ChatReply> read(std::string_view bytes, std::size_t piece = 7) {
    const std::function<void(std::string_view)> nobody;
    endpoints::detail::ReplyReader reader(nobody);
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        if (!reader.feed(bytes.substr(at, piece))) break;
    }
    return reader.finish();
}

// A server that answers each call with the next of what it has; remembers what it got.
struct Server {
    struct Said {
        int status = 200;
        std::string body{};
    };
    std::vector<Said> answers{};
    std::vector<WireCall> calls{};

    Wire wire() {
        return [this](const WireCall& call) -> Result<WireAnswer> {
            const auto& answer = answers[std::min(calls.size(), answers.size() - 1)];
            calls.push_back(call);
            if (answer.status == 0) return fail(ErrorCode::unavailable, "curl: could not connect");
            if (answer.status != 200) return WireAnswer{answer.status, answer.body};
            if (!call.on_piece(answer.body)) return fail(ErrorCode::cancelled, "");
            return WireAnswer{200, {}};
        };
    }
    OpenAiEndpoint endpoint(std::string key = "nyckel-123") {
        EndpointSettings settings;
        settings.name = "lokal";
        settings.url = "http://127.0.0.1:8080/v1";
        settings.model = "gemma";
        return {settings, wire(), [key = std::move(key)] { return Result<std::string>(key); }};
    }
};

ChatRequest question() {
    ChatRequest request;
    request.messages = {{Speaker::system, "Svara."}, {Speaker::user, "Hur \"hög\"?"}};
    json::Value schema = json::Value::object();
    schema["type"] = "object";
    request.schema = std::move(schema);
    return request;
}

}  // namespace

TEST_CASE("a stream and a whole answer are read alike, however their bytes come") {
    for (const auto& bytes : {streamed, whole}) {
        for (const std::size_t piece : {1U, 2U, 7U, 4096U}) {
            const auto reply = read(bytes, piece).value();
            CHECK(reply.text == "Höjden räknas.");
            CHECK(reply.model == "m-1");
            CHECK(reply.prompt_tokens == 12);
            CHECK(reply.completion_tokens == 3);
        }
    }
}

TEST_CASE("what is not a whole answer is none") {
    const auto cut = streamed.substr(0, streamed.find("räknas"));
    CHECK(read(cut.substr(0, cut.rfind("data:"))).error().code == ErrorCode::unavailable);
    CHECK(read("").error().code == ErrorCode::unavailable);
    CHECK(read("<html>Bad gateway</html>").error().code == ErrorCode::corrupt);
    CHECK(read("data: nonsense\n\n").error().code == ErrorCode::corrupt);
    CHECK(read("data: 3\n\n").error().code == ErrorCode::corrupt);
    CHECK(read("{\"choices\":").error().code == ErrorCode::corrupt);
    CHECK(read("{\"choices\":[{\"message\":{\"content\":\"halv\"},\"finish_reason\":\"length\"}]}")
              .error()
              .code == ErrorCode::corrupt);
    CHECK(read("data: {\"error\":{\"message\":\"out of memory\"}}\n\n").error().code == ErrorCode::busy);
    // A model that wants to use tools has not answered.
    CHECK(
        read(
            "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"function\":{\"name\":\"rm\"}}]},"
            "\"finish_reason\":\"tool_calls\"}]}")
            .error()
            .code == ErrorCode::corrupt);
    CHECK(read(std::string(3'000'000, 'a')).error().code == ErrorCode::corrupt);
}

TEST_CASE("any bytes give an answer or a failure, and nothing else") {
    CHECK(rc::check([](const std::string& bytes) {
        (void)read("data: " + bytes + "\n\n" + bytes);
        (void)read("{" + bytes);
    }));
}

TEST_CASE("a call follows the protocol, with the key in its header alone") {
    Server server{.answers = {{200, std::string(streamed)}}};
    auto endpoint = server.endpoint();
    CHECK(endpoint.chat(question()).value().text == "Höjden räknas.");
    REQUIRE(server.calls.size() == 1);
    const auto& call = server.calls[0];
    CHECK(call.address == "http://127.0.0.1:8080/v1/chat/completions");
    CHECK(call.authorization == "Bearer nyckel-123");
    CHECK(call.json.find("nyckel") == std::string::npos);
    const auto body = json::parse(call.json).value();
    CHECK(*body.at("/model")->as_string() == "gemma");
    CHECK(*body.at("/messages/1/content")->as_string() == "Hur \"hög\"?");
    CHECK(*body.at("/response_format/type")->as_string() == "json_schema");
    CHECK(body.at("/stream")->as_bool() == true);
    CHECK(body.find("tools") == nullptr);
}

TEST_CASE("a server that knows no schemas is asked for JSON, and then always") {
    Server server{
        .answers = {{400, "{\"error\":{\"message\":\"response_format\"}}"}, {200, std::string(whole)}}};
    auto endpoint = server.endpoint();
    CHECK(endpoint.chat(question()).has_value());
    CHECK(endpoint.chat(question()).has_value());
    REQUIRE(server.calls.size() == 3);
    CHECK(server.calls[1].json.find("json_object") != std::string::npos);
    CHECK(server.calls[2].json.find("json_schema") == std::string::npos);
}

TEST_CASE("a failure says what to do, and neither the key nor what the server said") {
    for (const auto& [status, code] :
         {std::pair(401, ErrorCode::forbidden), std::pair(404, ErrorCode::not_found),
          std::pair(429, ErrorCode::busy), std::pair(500, ErrorCode::unavailable),
          std::pair(302, ErrorCode::unavailable), std::pair(0, ErrorCode::unavailable)}) {
        Server server{.answers = {{status, "{\"error\":{\"message\":\"you sent: nyckel-123 Rut\"}}"}}};
        auto endpoint = server.endpoint();
        const auto reply = endpoint.chat(question());
        REQUIRE_FALSE(reply.has_value());
        CHECK(reply.error().code == code);
        CHECK_FALSE(reply.error().advice.empty());
        const auto line = to_line(reply.error());
        CHECK(line.find("nyckel-123") == std::string::npos);
        CHECK(line.find("Rut") == std::string::npos);
        CHECK(line.find("lokal") != std::string::npos);
    }
}

TEST_CASE("tokens that the server has not counted are estimated, and said to be") {
    Server server{
        .answers = {{200, "{\"choices\":[{\"message\":{\"content\":\"Ja.\"},\"finish_reason\":\"stop\"}]}"}}};
    auto endpoint = server.endpoint();
    const auto reply = endpoint.chat(question()).value();
    CHECK(reply.tokens_are_estimates);
    CHECK(reply.prompt_tokens > 10);
    CHECK(reply.completion_tokens >= 1);
}
