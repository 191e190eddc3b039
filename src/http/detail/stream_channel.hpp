#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "http/detail/event_source.hpp"
#include "http/message.hpp"

namespace kansli::http::detail {

// A pipe for events from a handler's thread to the I/O thread. The writer waits while the client has not taken what was
// written before.
// Threads: send() and finish() from the writer's, take() and close() from the I/O thread.
class StreamChannel : public EventSink, public EventSource {
  public:
    // `wake` is called when there is something to take; never again after close().
    explicit StreamChannel(std::function<void()> wake) : wake_(std::move(wake)) {}

    bool send(const Event& event) override;
    void finish();

    bool take(std::string& out) override;
    void close() override;

  private:
    static constexpr std::size_t room = std::size_t{64} << 10U;  // bytes that may wait

    std::mutex mutex_;
    std::condition_variable taken_;
    std::function<void()> wake_;  // empty: closed
    std::string waiting_;
    bool finished_ = false;
};

}  // namespace kansli::http::detail
