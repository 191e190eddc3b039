#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/detail/event_source.hpp"
#include "http/message.hpp"

namespace kansli::http {

// Hands events, such as a job's progress, to everybody who follows their topic. A follower is a queue that
// the server's I/O thread empties: a thousand open streams take no thread. The last events of each topic are
// remembered, so that a browser that lost its connection gets what it missed (Last-Event-ID). Followers that
// do not keep up lose their oldest events, those named "progress" first. Threads: any. Must outlive the
// servers that answer with Response::hub.
class EventHub {
  public:
    struct Limits {
        std::size_t remembered = 64;  // events of a topic
        std::size_t waiting = 256;    // events of a follower
        std::size_t topics = 1024;  // beyond: those without followers are forgotten, the longest silent first
    };

    EventHub();
    explicit EventHub(Limits limits);
    ~EventHub();
    EventHub(const EventHub&) = delete;
    EventHub& operator=(const EventHub&) = delete;

    // `event.id` is given by the hub, whatever stands there.
    void publish(std::string_view topic, const Event& event);

    // Drops what is remembered of a topic that is over. Its followers stay.
    void forget(std::string_view topic);

    [[nodiscard]] std::size_t followers(std::string_view topic) const;

    // For the server: a source of the topic's events from the one after `last_event_id`. An empty id begins with the last
    // event there was, so that a new follower sees how things stand; an id that the hub does not know (from before a
    // restart) with all that is remembered. `wake` is called, from any thread, when there is something to take; never again
    // after the source has been closed.
    [[nodiscard]] std::shared_ptr<detail::EventSource> follow(std::string_view topic,
                                                              std::string_view last_event_id,
                                                              std::function<void()> wake);

  private:
    class Follower;
    struct Sent;
    struct Topic;
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kansli::http
