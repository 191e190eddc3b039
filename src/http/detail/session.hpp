#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "http/detail/engine.hpp"
#include "http/detail/event_source.hpp"
#include "http/detail/prepare.hpp"
#include "http/detail/request_parser.hpp"
#include "http/detail/uploads.hpp"

namespace kansli::http::detail {

// What is read or written at a time.
inline constexpr std::size_t piece_size = std::size_t{256} << 10U;

// One connection: takes requests one after the other, hands each to a pool, sends what comes back.
// Threads: the I/O thread, but for the work that run_on() gives to a pool while the coroutine waits.
class Session : public std::enable_shared_from_this<Session> {
  public:
    using Socket = boost::asio::ip::tcp::socket;

    // `over_capacity`: the first request is answered with 503 and nothing else is done.
    Session(Engine& engine, Socket socket, bool over_capacity);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Serves until the connection ends. `self` keeps the session alive meanwhile.
    boost::asio::awaitable<void> run(std::shared_ptr<Session> self);

    // Ends what has been waiting longer than it may.
    void tick(Clock::time_point now);
    // Ends an idle connection or an event stream now and any other after its response.
    void end_softly();
    // Ends at once; a running handler is asked to stop.
    void end_now();

  private:
    template <typename T>
    using Awaitable = boost::asio::awaitable<T>;

    // session.cpp: one request from head to response. False: the connection ends.
    Awaitable<bool> serve_one();
    Awaitable<bool> read_head(RequestParser& parser);
    Awaitable<bool> dispatch(RequestParser& parser);
    // Runs `work` on a pool while this coroutine waits. `work` must not throw.
    Awaitable<void> run_on(boost::asio::thread_pool& pool, const std::function<void()>& work);
    void watch();
    void unwatch();
    const Router::Route* find_route(Request& request, const std::vector<std::string>& segments);

    // session_body.cpp: what comes in. False: refusal_ is set, or the client has gone.
    Awaitable<bool> read_more(std::size_t size);
    Awaitable<bool> read_body(RequestParser& parser, Request& request, const RouteOptions& options);
    Awaitable<bool> read_plain(RequestParser& parser, Request& request, std::uint64_t limit);
    Awaitable<bool> read_form(RequestParser& parser, Request& request);
    Awaitable<bool> await_body(Clock::time_point begin, std::uint64_t received);
    bool open_form(const Request& request, const RouteOptions& options);
    bool refuse(Refusal refusal);

    // session_reply.cpp: what goes out. False: the client has gone.
    Awaitable<bool> write(std::string_view head, std::string_view body = {});
    Awaitable<bool> reply(const Request& request, Prepared& prepared, bool keep_alive, bool http_1_0);
    Awaitable<bool> send_file(const FileAnswer& answer);
    Awaitable<bool> send_events(Response& response, bool chunked);
    Awaitable<void> send_refusal();
    void note_answer(int status);
    std::shared_ptr<EventSource> open_source(Response& response);

    Engine& engine_;
    Socket socket_;
    boost::asio::steady_timer wake_;  // ends early when an event stream has something to send
    std::string peer_;
    std::string buffer_;  // received and not yet used
    Clock::time_point deadline_ = Clock::time_point::max();
    std::optional<Refusal> refusal_;
    std::stop_source stop_;
    std::shared_ptr<EventSource> source_;
    std::shared_ptr<FormReader> form_;
    Answered answered_;                       // what there is to tell of the request that is served
    Clock::time_point begin_ = Clock::now();  // of the request
    bool over_capacity_;
    bool idle_ = true;     // no request has begun
    bool ending_ = false;  // no further request
    bool timed_out_ = false;
    bool peer_gone_ = false;
};

}  // namespace kansli::http::detail
