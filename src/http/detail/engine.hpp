#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <set>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include "http/detail/prepare.hpp"
#include "http/detail/traffic.hpp"
#include "http/router.hpp"
#include "http/server.hpp"

namespace kansli::http::detail {

using Clock = std::chrono::steady_clock;

class Session;

// What all connections of a server share.
// Threads: `sessions`, `turned_away`, `acceptor`, `ticker` and `stopping` belong to the I/O thread; the rest does not change after start().
struct Engine {
    explicit Engine(ServerSettings given)
        : settings(std::move(given)),
          requests(static_cast<std::size_t>(settings.request_threads)),
          streams(static_cast<std::size_t>(settings.stream_threads)) {}

    ServerSettings settings;
    Router router{};
    Router::Route fallback{};
    Renderer renderer{};
    Traffic traffic{};

    std::set<Session*> sessions{};
    std::size_t turned_away = 0;  // of these: answered with 503 only
    bool stopping = false;

    std::mutex mutex{};
    std::condition_variable all_gone{};
    std::size_t open = 0;  // sessions, for stop(); guarded by mutex

    // Destroyed in reverse: the pools end before the context that their work reports to.
    boost::asio::io_context io{1};
    boost::asio::ip::tcp::acceptor acceptor{io};
    boost::asio::steady_timer ticker{io};
    boost::asio::thread_pool requests;  // handlers
    boost::asio::thread_pool streams;   // writers of event streams
    boost::asio::thread_pool files{1};  // reading and writing of large files
};

}  // namespace kansli::http::detail
