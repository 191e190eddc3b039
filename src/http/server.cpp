#include "http/server.hpp"

#include <cstdint>
#include <exception>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "core/log.hpp"
#include "http/detail/engine.hpp"
#include "http/detail/session.hpp"

namespace kansli::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using detail::Engine;
using detail::Session;

namespace {

// Connections above the limit that are still told so; beyond these they are just closed.
constexpr std::size_t told_over_capacity = 64;

asio::awaitable<void> accept_all(Engine& engine) {
    using namespace std::chrono_literals;
    const auto limit = static_cast<std::size_t>(engine.settings.max_connections);
    while (engine.acceptor.is_open()) {
        auto [code, socket] = co_await engine.acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
        if (code == asio::error::operation_aborted || engine.stopping) co_return;
        if (code) {
            // Out of file descriptors, most likely: those that are open must go first.
            log::warning("a connection cannot be taken: {}", code.message());
            asio::steady_timer pause(engine.io, 100ms);
            co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
            continue;
        }
        const bool over = engine.sessions.size() - engine.turned_away >= limit;
        if (over && engine.turned_away >= told_over_capacity) continue;
        auto session = std::make_shared<Session>(engine, std::move(socket), over);
        auto* const served = session.get();
        asio::co_spawn(engine.io, served->run(std::move(session)), asio::detached);
    }
}

asio::awaitable<void> tick_all(Engine& engine) {
    using namespace std::chrono_literals;
    while (true) {
        engine.ticker.expires_after(250ms);
        const auto [code] = co_await engine.ticker.async_wait(asio::as_tuple(asio::use_awaitable));
        if (code) co_return;
        const auto now = detail::Clock::now();
        for (auto* const session : engine.sessions)
            session->tick(now);
    }
}

Failure cannot_listen(const ServerSettings& settings, const boost::system::error_code& code) {
    if (code == asio::error::address_in_use) {
        return fail(ErrorCode::conflict, fmt::format("Porten {} är upptagen.", settings.port), {},
                    "Välj en annan port, eller stoppa programmet som använder den.");
    }
    if (code == asio::error::access_denied) {
        return fail(ErrorCode::forbidden, fmt::format("Porten {} kräver särskild behörighet.", settings.port),
                    {}, "Välj en port över 1023.");
    }
    return fail(ErrorCode::unavailable,
                fmt::format("Servern kan inte lyssna på {}:{} ({}).", settings.address, settings.port,
                            code.message()),
                {}, "Kontrollera adressen i inställningarna.");
}

// Makes the folder, and removes what a crash has left in it.
Result<void> prepare_uploads(const std::filesystem::path& folder) {
    if (folder.empty()) return {};
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return fail(ErrorCode::unavailable, "Mappen för uppladdade filer kan inte skapas.", folder.string());
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        std::error_code ignored;
        if (entry.path().filename().string().starts_with("upload-"))
            std::filesystem::remove(entry.path(), ignored);
    }
    return {};
}

}  // namespace

struct Server::State {
    explicit State(ServerSettings settings) : engine(std::move(settings)) {}

    Engine engine;
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> guard{};
    std::thread io_thread{};
    std::uint16_t port = 0;

    Result<void> listen() {
        boost::system::error_code code;
        const auto& settings = engine.settings;
        const auto address = asio::ip::make_address(settings.address, code);
        if (code) return cannot_listen(settings, code);
        const tcp::endpoint endpoint(address, settings.port);
        auto& acceptor = engine.acceptor;
        acceptor.open(endpoint.protocol(), code);
        if (!code) acceptor.set_option(tcp::acceptor::reuse_address(true), code);
        if (!code) acceptor.bind(endpoint, code);
        if (!code) acceptor.listen(asio::socket_base::max_listen_connections, code);
        if (code) {
            boost::system::error_code ignored;
            acceptor.close(ignored);
            return cannot_listen(settings, code);
        }
        port = acceptor.local_endpoint().port();
        return {};
    }

    void run_io() {
        while (true) {
            try {
                engine.io.run();
                return;
            } catch (const std::exception& error) {
                log::error("the I/O thread goes on after: {}", error.what());
            }
        }
    }

    // Runs on the I/O thread; a session may go while the set is walked, so it is copied.
    void for_all(void (Session::*action)()) {
        const std::vector<Session*> all(engine.sessions.begin(), engine.sessions.end());
        for (auto* const session : all)
            (session->*action)();
    }

    bool wait_until_gone(std::chrono::milliseconds patience) {
        std::unique_lock lock(engine.mutex);
        return engine.all_gone.wait_for(lock, patience, [this] { return engine.open == 0; });
    }
};

Server::Server(ServerSettings settings) : state_(std::make_unique<State>(std::move(settings))) {
}

// NOLINTNEXTLINE(bugprone-exception-escape): when there is no memory left to stop with, ending the program is right.
Server::~Server() {
    stop(std::chrono::milliseconds{0});
}

void Server::route(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
    state_->engine.router.add(method, pattern, std::move(handler), options);
}

void Server::fallback(Handler handler) {
    auto& fallback = state_->engine.fallback;
    fallback = {std::move(handler), {.quiet = true}, std::string(detail::fallback_route)};
}

void Server::add_header(std::string name, std::string value) {
    state_->engine.renderer.headers.emplace_back(std::move(name), std::move(value));
}

void Server::on_error(std::function<Response(const Error&, const std::string&)> render) {
    state_->engine.renderer.on_error = std::move(render);
}

void Server::count_in(Metrics& metrics) {
    state_->engine.traffic.count_in(metrics);
}

Result<void> Server::start() {
    auto& state = *state_;
    TRY(prepare_uploads(state.engine.settings.upload_folder));
    TRY(state.listen());
    state.guard.emplace(state.engine.io.get_executor());
    asio::co_spawn(state.engine.io, accept_all(state.engine), asio::detached);
    asio::co_spawn(state.engine.io, tick_all(state.engine), asio::detached);
    state.io_thread = std::thread([&state] { state.run_io(); });
    return {};
}

std::uint16_t Server::port() const {
    return state_->port;
}

void Server::stop(std::chrono::milliseconds patience) {
    auto& state = *state_;
    if (!state.io_thread.joinable()) return;
    auto& engine = state.engine;
    asio::post(engine.io, [&state, &engine] {
        engine.stopping = true;
        boost::system::error_code ignored;
        engine.acceptor.close(ignored);
        state.for_all(&Session::end_softly);
    });
    state.wait_until_gone(patience);
    asio::post(engine.io, [&state] { state.for_all(&Session::end_now); });
    engine.requests.join();
    engine.streams.join();
    engine.files.join();
    state.wait_until_gone(std::chrono::seconds{1});
    state.guard.reset();
    engine.io.stop();
    state.io_thread.join();
}

}  // namespace kansli::http
