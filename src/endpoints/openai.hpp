#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>

#include "core/result.hpp"
#include "endpoints/chat.hpp"
#include "endpoints/settings.hpp"
#include "endpoints/wire.hpp"

namespace kansli::endpoints {

// An endpoint that speaks the protocol of OpenAI's "chat completions" (API reference, 2024-08 and later), as llama-server, vLLM, Ollama,
// LiteLLM and most clouds do: streamed as server-sent events or given as one JSON object, whichever the server chooses. A schema is sent as
// `response_format` of type json_schema; a server that refuses that is asked once more for a json_object, and from then on always.
// The answer counts only when it is whole: one that is cut off is unavailable, one that ran into the limit of tokens is corrupt.
// Threads: any.
class OpenAiEndpoint final : public ChatEndpoint {
  public:
    using Key = std::function<Result<std::string>()>;

    // `key` is asked at every call; what it gives stands in no message and no log.
    OpenAiEndpoint(EndpointSettings settings, Wire wire, Key key);

    Result<ChatReply> chat(const ChatRequest& request) override;

  private:
    [[nodiscard]] Result<ChatReply> call(const ChatRequest& request, bool by_schema);

    EndpointSettings settings_;
    Wire wire_;
    Key key_;
    std::atomic<bool> knows_schemas_ = true;  // until it has refused one
};

}  // namespace kansli::endpoints
