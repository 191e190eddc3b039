#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "core/metrics.hpp"
#include "http/router.hpp"

namespace kansli::http::detail {

// What logs and figures call the paths that no route takes: the files of the interface, and what is not there at all.
inline constexpr std::string_view fallback_route = "(file)";
inline constexpr std::string_view no_route = "(none)";

// A request that has been answered, in words that are all ours: neither its path nor its query, headers or body.
struct Answered {
    std::string request_id{};
    std::string_view method = "(none)";
    std::string_view route = no_route;  // the pattern; lives as long as the server
    bool quiet = false;
    int status = 0;  // 0: no answer has begun
    double seconds =
        0;  // from the request's first byte to the answer's last, or to its first for streams of a hub

    void reset() { *this = {}; }
    // `route` may be null.
    void begin(const Request& request, const Router::Route* route);
};

// Tells of answered requests: a log line each, and figures once there is somewhere to count.
// Threads: count_in() before the server starts; the rest from any.
class Traffic {
  public:
    void count_in(Metrics& metrics);
    void tell(const Answered& answered);
    void stream_changed(int by);

  private:
    Metrics* metrics_ = nullptr;
    std::atomic<int> streams_{0};
};

// Counts an event stream as long as it is open.
class OpenStream {
  public:
    explicit OpenStream(Traffic& traffic) : traffic_(traffic) { traffic_.stream_changed(1); }
    ~OpenStream() { traffic_.stream_changed(-1); }
    OpenStream(const OpenStream&) = delete;
    OpenStream& operator=(const OpenStream&) = delete;

  private:
    Traffic& traffic_;
};

}  // namespace kansli::http::detail
