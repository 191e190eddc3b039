#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/metrics.hpp"
#include "core/result.hpp"
#include "http/message.hpp"

namespace kansli::http {

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8480;  // 0: any free port
    int request_threads = 4;
    int stream_threads =
        16;  // event streams that compute at the same time; further ones wait, hub streams need none
    int max_connections = 1000;
    std::size_t header_limit = std::size_t{16} << 10U;
    std::chrono::seconds idle_timeout{60};
    std::chrono::seconds header_timeout{10};  // from the first byte of a request to the end of its head
    std::chrono::seconds body_timeout{
        30};  // without a byte arriving; after it at least 1 KiB a second on average
    std::chrono::seconds write_timeout{30};  // without the client taking a byte
    std::chrono::seconds heartbeat{15};      // between signs of life on a silent event stream
    std::filesystem::path
        upload_folder{};  // uploads are streamed to files here; what a crash left there is removed
    std::vector<std::string> trusted_proxies{};  // addresses whose X-Forwarded-For is believed
};

// An HTTP/1.1 server: one I/O thread runs coroutines, handlers run on a pool of their own, event streams hold
// no pool thread that plain requests need. Serves behind a reverse proxy for TLS. Threads: routes are added
// before start(); stop() may be called from any thread or signal watcher.
class Server {
  public:
    explicit Server(ServerSettings settings);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // `pattern`: "/api/documents/{id}/versions"; `{rest*}` at the end takes everything that is left.
    void route(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});
    // Answers what no route takes (static files).
    void fallback(Handler handler);
    // Headers added to every response, such as the content security policy.
    void add_header(std::string name, std::string value);
    // The response to an error before or inside a handler (too large, malformed, not found, an exception). The status is set
    // by the server where HTTP has one of its own for the case (405, 408, 431, 501).
    void on_error(std::function<Response(const Error&, const std::string& request_id)> render);
    // Counts requests by route, method and class of status, how long they take, and streams and connections that are open.
    // `metrics` outlives the server.
    void count_in(Metrics& metrics);

    // Listens and returns; the port is then known.
    [[nodiscard]] Result<void> start();
    [[nodiscard]] std::uint16_t port() const;
    // Takes no new connections, ends streams, lets running requests finish for at most `patience`, then asks them to stop
    // and returns when they have. Not to be called from a handler.
    void stop(std::chrono::milliseconds patience = std::chrono::seconds{5});

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kansli::http
