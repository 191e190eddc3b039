#include "http/detail/session.hpp"

#include <cerrno>
#include <exception>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <sys/socket.h>

#include "core/log.hpp"

namespace kansli::http::detail {

namespace asio = boost::asio;

namespace {

// True when the other side has closed; bytes that wait stay where they are.
bool has_closed(int socket) {
    char byte = 0;
    const auto got = ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

std::string list_of(const std::vector<Method>& methods) {
    std::string text;
    for (const auto method : methods) {
        if (!text.empty()) text += ", ";
        text += method_name(method);
    }
    return text;
}

// Inside a coroutine g++ 12 destroys braced temporaries twice, so refusals are made by
// plain functions and responses are passed by reference.
Refusal too_many_connections() {
    return {503,
            {ErrorCode::busy, "Servern har för många anslutningar just nu.", {}, "Försök igen om en stund."},
            {{"Retry-After", "5"}}};
}

Refusal head_too_late() {
    return {408, {ErrorCode::cancelled, "Förfrågan kom inte fram i tid."}, {}};
}

}  // namespace

Session::Session(Engine& engine, Socket socket, bool over_capacity)
    : engine_(engine), socket_(std::move(socket)), wake_(engine.io), over_capacity_(over_capacity) {
    boost::system::error_code failed;
    const auto endpoint = socket_.remote_endpoint(failed);
    if (!failed) peer_ = endpoint.address().to_string();
    socket_.set_option(asio::ip::tcp::no_delay(true), failed);
    engine_.sessions.insert(this);
    if (over_capacity_) ++engine_.turned_away;
    const std::scoped_lock lock(engine_.mutex);
    ++engine_.open;
}

Session::~Session() {
    if (source_) source_->close();
    stop_.request_stop();
    engine_.sessions.erase(this);
    if (over_capacity_) --engine_.turned_away;
    const std::scoped_lock lock(engine_.mutex);
    if (--engine_.open == 0) engine_.all_gone.notify_all();
}

Session::Awaitable<void> Session::run(std::shared_ptr<Session> self) {
    try {
        while (!ending_ && !engine_.stopping && co_await serve_one()) {
        }
    } catch (const std::exception& error) {
        log::error("a connection failed: {}", error.what());
    }
    boost::system::error_code ignored;
    self->socket_.close(ignored);
}

void Session::tick(Clock::time_point now) {
    if (now < deadline_) return;
    timed_out_ = true;
    deadline_ = Clock::time_point::max();
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Session::end_softly() {
    ending_ = true;
    boost::system::error_code ignored;
    if (idle_) socket_.cancel(ignored);
    if (source_) {
        stop_.request_stop();
        wake_.cancel();
    }
}

void Session::end_now() {
    ending_ = true;
    stop_.request_stop();
    wake_.cancel();
    boost::system::error_code ignored;
    socket_.close(ignored);
}

Session::Awaitable<bool> Session::serve_one() {
    RequestParser parser(engine_.settings.header_limit);
    refusal_.reset();
    answered_.reset();
    bool go_on = co_await read_head(parser);
    if (go_on && over_capacity_) go_on = refuse(too_many_connections());
    if (go_on) go_on = co_await dispatch(parser);
    if (refusal_) co_await send_refusal();
    if (answered_.status != 0) engine_.traffic.tell(answered_);
    // A large upload takes time to remove.
    if (form_) asio::post(engine_.files, [form = std::exchange(form_, nullptr)] {});
    // An idle connection keeps no more than a head needs.
    if (buffer_.capacity() > 2 * engine_.settings.header_limit) buffer_.shrink_to_fit();
    co_return go_on && !ending_;
}

Session::Awaitable<bool> Session::read_head(RequestParser& parser) {
    using namespace std::chrono_literals;
    idle_ = true;
    bool begun = false;
    deadline_ = Clock::now() + (over_capacity_ ? 2s : engine_.settings.idle_timeout);
    while (true) {
        if (!buffer_.empty()) {
            idle_ = false;
            if (!std::exchange(begun, true)) {
                begin_ = Clock::now();
                deadline_ = begin_ + engine_.settings.header_timeout;
            }
            const auto used = parser.head(buffer_);
            if (!used) co_return refuse(used.error());
            buffer_.erase(0, *used);
            if (*used > 0) break;
        }
        if (co_await read_more(8192)) continue;
        if (timed_out_ && begun) refuse(head_too_late());
        co_return false;
    }
    deadline_ = Clock::time_point::max();
    co_return true;
}

const Router::Route* Session::find_route(Request& request, const std::vector<std::string>& segments) {
    auto match = engine_.router.find(request.method, segments);
    if (match.route != nullptr) {
        request.path_values = std::move(match.path_values);
        return match.route;
    }
    if (!match.allowed.empty()) {
        refuse({405,
                {ErrorCode::invalid_input,
                 fmt::format("Metoden {} går inte att använda här.", method_name(request.method))},
                {{"Allow", list_of(match.allowed)}}});
        return nullptr;
    }
    if (engine_.fallback.handler) return &engine_.fallback;
    refuse({404, {ErrorCode::not_found, "Sidan finns inte."}, {}});
    return nullptr;
}

Session::Awaitable<bool> Session::dispatch(RequestParser& parser) {
    std::vector<std::string> segments;
    auto made = make_request(parser.head(), segments);
    if (!made) co_return refuse(made.error());
    Request& request = *made;
    request.peer_address = peer_;
    request.remote_address = client_address(peer_, request, engine_.settings.trusted_proxies);
    request.id = request_id(request);
    const auto* route = find_route(request, segments);
    answered_.begin(request, route);
    if (route == nullptr) {
        // Without a body there is nothing that could be taken for the next request.
        if (parser.head().has_body || !parser.head().keep_alive) co_return false;
        Prepared prepared;
        prepared.response = engine_.renderer.refusal(*refusal_, request.id);
        refusal_.reset();
        co_return co_await reply(request, prepared, true, parser.head().http_1_0);
    }
    if (!co_await read_body(parser, request, route->options)) co_return false;

    stop_ = std::stop_source();
    request.stop = stop_.get_token();
    Prepared prepared;
    const std::function<void()> work = [&] { prepared = prepare(route->handler, request, engine_.renderer); };
    watch();
    co_await run_on(engine_.requests, work);
    const bool keep_alive = parser.head().keep_alive && !ending_;
    const bool sent = co_await reply(request, prepared, keep_alive, parser.head().http_1_0);
    co_return sent&& keep_alive;
}

Session::Awaitable<void> Session::run_on(asio::thread_pool& pool, const std::function<void()>& work) {
    auto start = [&pool, &work, io = engine_.io.get_executor()](auto handler) {
        // Only pointers go to the pool: the coroutine's frame, which holds `work`, stays until the handler has run.
        asio::post(pool, [work = &work, io, handler = std::move(handler)]() mutable {
            (*work)();
            asio::post(io, std::move(handler));
        });
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(start, asio::use_awaitable);
}

// Notices a client that goes away while its request is being worked on.
void Session::watch() {
    socket_.async_wait(Socket::wait_read, [self = shared_from_this(), stop = stop_](auto code) mutable {
        if (code || !has_closed(self->socket_.native_handle())) return;
        self->peer_gone_ = true;
        stop.request_stop();
        self->wake_.cancel();
    });
}

void Session::unwatch() {
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

}  // namespace kansli::http::detail
