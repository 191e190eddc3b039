#pragma once

#include <string>

#include "http/message.hpp"

namespace kansli::http::detail {

// The reading end of an event stream, emptied by the I/O thread.
class EventSource {
  public:
    virtual ~EventSource() = default;
    // Adds what is ready, in the form in which it is sent. False when nothing more will come.
    virtual bool take(std::string& out) = 0;
    // The client has gone; the writing end is told.
    virtual void close() = 0;
};

// An event in the text/event-stream format (WHATWG HTML, section 9.2.5).
[[nodiscard]] std::string format_event(const Event& event);

}  // namespace kansli::http::detail
