#include <array>
#include <chrono>
#include <ctime>
#include <exception>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/hash.hpp"
#include "core/log.hpp"
#include "http/detail/response_head.hpp"
#include "http/detail/session.hpp"
#include "http/detail/stream_channel.hpp"
#include "http/event_hub.hpp"

namespace kansli::http::detail {

namespace asio = boost::asio;

namespace {

void declare_stream(Response& response) {
    response.with("Content-Type", "text/event-stream")
        .with("Cache-Control", "no-store")
        .with("X-Accel-Buffering", "no");
}

bool has_no_body(int status) {
    return status == 204 || status == 304;
}

}  // namespace

void Session::note_answer(int status) {
    answered_.status = status;
    answered_.seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
}

Session::Awaitable<bool> Session::write(std::string_view head, std::string_view body) {
    while (!head.empty() || !body.empty()) {
        const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(body)};
        deadline_ = Clock::now() + engine_.settings.write_timeout;
        const auto [code, sent] =
            co_await socket_.async_write_some(buffers, asio::as_tuple(asio::use_awaitable));
        deadline_ = Clock::time_point::max();
        if (code) co_return false;
        const auto from_head = std::min(sent, head.size());
        head.remove_prefix(from_head);
        body.remove_prefix(sent - from_head);
    }
    co_return true;
}

Session::Awaitable<bool> Session::reply(const Request& request, Prepared& prepared, bool keep_alive,
                                        bool http_1_0) {
    auto& response = prepared.response;
    engine_.renderer.complete(response, answered_.request_id);
    note_answer(response.status);
    Framing framing{.content_length = {}, .chunked = false, .keep_alive = keep_alive, .http_1_0 = http_1_0};
    const bool without_body = request.method == Method::head || has_no_body(response.status);
    const auto* text = std::get_if<std::string>(&response.body);
    if (text == nullptr) {
        declare_stream(response);
        framing.chunked = !http_1_0;
        framing.keep_alive = keep_alive && framing.chunked;
    } else if (!has_no_body(response.status)) {
        framing.content_length = prepared.file ? prepared.file->span.size : text->size();
    }
    const auto head = response_head(response, framing, std::time(nullptr));
    const bool plain = text != nullptr && !prepared.file;
    if (plain || without_body) unwatch();
    std::string_view body;
    if (plain && !without_body) body = *text;
    if (!co_await write(head, body)) co_return false;
    if (plain || without_body) co_return true;
    bool good = false;
    if (prepared.file) {
        good = co_await send_file(*prepared.file);
    } else {
        good = co_await send_events(response, framing.chunked);
    }
    // A stream of a hub lasts as long as somebody follows it, which says nothing about how fast we are.
    if (!std::holds_alternative<HubBody>(response.body)) note_answer(response.status);
    unwatch();
    co_return good&& framing.keep_alive;
}

Session::Awaitable<bool> Session::send_file(const FileAnswer& answer) {
    Result<std::string> piece;
    auto offset = answer.span.first;
    auto left = answer.span.size;
    const std::function<void()> work = [&] {
        piece =
            read_at(answer.file, offset, static_cast<std::size_t>(std::min<std::uint64_t>(left, piece_size)));
    };
    while (left > 0) {
        co_await run_on(engine_.files, work);
        // A file that shrank cannot be told any more: the client sees that the length is wrong.
        if (!piece || piece->empty()) co_return false;
        if (!co_await write(*piece)) co_return false;
        offset += piece->size();
        left -= piece->size();
    }
    co_return true;
}

std::shared_ptr<EventSource> Session::open_source(Response& response) {
    std::function<void()> wake = [weak = weak_from_this(), io = engine_.io.get_executor()] {
        asio::post(io, [weak] {
            if (const auto session = weak.lock()) session->wake_.cancel();
        });
    };
    if (const auto* hub = std::get_if<HubBody>(&response.body)) {
        return hub->hub->follow(hub->topic, hub->last_event_id, std::move(wake));
    }
    auto channel = std::make_shared<StreamChannel>(std::move(wake));
    asio::post(engine_.streams, [channel, stop = stop_.get_token(), id = answered_.request_id,
                                 body = std::get<StreamBody>(std::move(response.body))] {
        const log::RequestScope scope(id);
        try {
            if (!stop.stop_requested()) body(*channel, stop);
        } catch (const std::exception& error) {
            log::error("an event stream failed: {}", error.what());
        }
        channel->finish();
    });
    return channel;
}

Session::Awaitable<bool> Session::send_events(Response& response, bool chunked) {
    const OpenStream counted(engine_.traffic);
    source_ = open_source(response);
    bool good = true;
    bool more = true;
    while (good && more && !ending_ && !peer_gone_) {
        std::string text;
        more = source_->take(text);
        if (text.empty() && more) {
            wake_.expires_after(engine_.settings.heartbeat);
            const auto [woken] = co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
            if (!woken) text = ":\n\n";  // a comment, as a sign of life
        }
        if (text.empty()) continue;
        if (chunked) text = chunk(text);
        good = co_await write(text);
    }
    source_->close();
    source_.reset();
    stop_.request_stop();
    const auto last = chunk({});
    if (good && chunked && !peer_gone_) good = co_await write(last);
    co_return good && !peer_gone_;
}

Session::Awaitable<void> Session::send_refusal() {
    using namespace std::chrono_literals;
    if (answered_.request_id.empty()) answered_.request_id = random_token();
    auto response = engine_.renderer.refusal(*refusal_, answered_.request_id);
    engine_.renderer.complete(response, answered_.request_id);
    note_answer(response.status);
    const auto& text = std::get<std::string>(response.body);
    const Framing framing{
        .content_length = text.size(), .chunked = false, .keep_alive = false, .http_1_0 = false};
    const auto head = response_head(response, framing, std::time(nullptr));
    timed_out_ = false;
    if (!co_await write(head, text)) co_return;
    // A connection closed over unread bytes is reset, and the client may never see the answer: take some of what still comes.
    boost::system::error_code failed;
    socket_.shutdown(Socket::shutdown_send, failed);
    constexpr std::size_t most = std::size_t{64} << 20U;
    deadline_ = Clock::now() + 3s;
    for (std::size_t drained = 0; drained < most && !timed_out_ && !failed; drained += buffer_.size()) {
        buffer_.clear();
        if (!co_await read_more(piece_size)) break;
    }
    deadline_ = Clock::time_point::max();
}

}  // namespace kansli::http::detail
