#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "endpoints/chat.hpp"

namespace kansli::endpoints::detail {

// Puts a model's answer together of the bytes of a response as they come: events of a stream (WHATWG HTML, section 9.2) with a JSON object
// each, or one JSON object alone. Foreign bytes: bounded, and wrong ones are a failure.
// Threads: one instance, one thread.
class ReplyReader {
  public:
    // `on_text` may be empty; outlives the reader.
    explicit ReplyReader(const std::function<void(std::string_view)>& on_text) : on_text_(on_text) {}

    // False when nothing good can come any more.
    bool feed(std::string_view bytes);
    // The whole answer. unavailable when it was cut off, corrupt when it is not what the protocol says, or was stopped by the limit of
    // tokens; busy when the server has told of a failure.
    [[nodiscard]] Result<ChatReply> finish();

  private:
    bool take_line(std::string_view line);
    bool take_event();
    bool take_object(const json::Value& object, std::string_view part);
    bool refuse(Error error);

    const std::function<void(std::string_view)>& on_text_;
    ChatReply reply_{};
    std::string pending_{};  // an unfinished line, or the one object
    std::string data_{};     // of the event that is being read
    std::string finish_reason_{};
    bool begun_ = false;
    bool is_stream_ = false;
    bool done_ = false;
    std::optional<Error> failure_{};
};

}  // namespace kansli::endpoints::detail
