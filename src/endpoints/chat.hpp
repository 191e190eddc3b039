#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "json/describe.hpp"
#include "json/value.hpp"

namespace kansli::endpoints {

enum class Speaker : std::uint8_t { system, user, assistant };
KANSLI_DESCRIBE_ENUM(Speaker, system, user, assistant)

struct Message {
    Speaker role = Speaker::user;
    std::string content{};
};
KANSLI_DESCRIBE(Message, role, content)

// What a language model is asked. It never gets tools: a model writes text and does nothing.
struct ChatRequest {
    std::vector<Message> messages{};
    std::optional<json::Value> schema{};  // JSON Schema that the answer must follow; none: free text
    int most_tokens = 100'000;            // of the answer; the endpoint's own limit when that is lower
    double temperature = 0;
    // For everything together, tries again included; the endpoint's own limit when that is lower.
    std::chrono::milliseconds patience = std::chrono::hours(1);
    std::stop_token stop{};
    std::function<void(std::string_view)> on_text{};  // each piece of the answer as it is written
    // What a server says of a failure may repeat what it was sent, so it is told only where that is known to be harmless.
    bool tell_failures = false;
};

struct ChatReply {
    std::string text{};
    std::string model{};  // as the server calls it
    std::int64_t prompt_tokens = 0;
    std::int64_t completion_tokens = 0;
    bool tokens_are_estimates = false;  // the server has not counted: four bytes are taken for a token
};

// One place where a model can be asked.
// Threads: any. chat() blocks; a stop is heard within a second.
// Errors: unavailable, busy and corrupt may pass, so another try makes sense; forbidden (the host or the key), not_found (the address or
// the model), invalid_input, too_large do not; cancelled.
class ChatEndpoint {
  public:
    virtual ~ChatEndpoint() = default;
    [[nodiscard]] virtual Result<ChatReply> chat(const ChatRequest& request) = 0;
};

}  // namespace kansli::endpoints
